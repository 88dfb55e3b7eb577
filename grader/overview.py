"""At a glance: sections, exercises with their points and state, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pytest
    from _pytest.terminal import TerminalReporter

MARKS: Final = {"right": ("✓", "+"), "wrong": ("✗", "x"), "to do": ("○", "-")}
COLOURS: Final = {"right": "green", "wrong": "red", "to do": "yellow"}
BAR: Final = 24


@dataclass
class Row:
    """What was found of one exercise."""

    section: str
    file: str
    name: str
    points: float = 0.0
    max_points: float = 0.0
    bonus: float = 0.0
    wrong: list[str] = field(default_factory=list)
    todo: bool = False
    told: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Return "right", "wrong" or "to do"."""
        if self.todo:
            return "to do"
        return "wrong" if self.wrong else "right"


class Overview:
    """Gathers the reports on checks, wherever they were run, and writes a summary of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rows: dict[tuple[str, str], Row] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take up a report on a check."""
        told: dict[str, Any] = dict(report.user_properties)
        if report.when != "call" or "exercise" not in told:
            return
        key = (told["section"], told["exercise"])
        row = self.rows.setdefault(key, Row(told["section"], told["file"], told["exercise"]))
        if told["status"] == "todo":
            row.todo = True
        if told["bonus"]:
            row.bonus += told["points"]
            return
        row.points += told["points"]
        row.max_points += told["max_points"]
        if told["status"] not in {"passed", "todo", "blocked"} or (
            told["status"] == "blocked" and not row.wrong
        ):
            row.wrong.append(told["check"])

    def write(self, terminal: TerminalReporter) -> None:
        """Write the overview; nothing, where no check was run."""
        if not self.rows:
            return
        plain = not _can_print(terminal, "✓✗○█░")
        terminal.section("Gradbook")
        rows = sorted(self.rows.values(), key=lambda row: [int(n) for n in row.section.split()[0].split(".")])
        for section in dict.fromkeys(row.section for row in rows):
            self._write_section(
                terminal, section, [row for row in rows if row.section == section], plain=plain
            )
        self._write_total(terminal, rows, plain=plain)

    def _write_section(
        self, terminal: TerminalReporter, section: str, rows: list[Row], *, plain: bool
    ) -> None:
        got, most = sum(row.points for row in rows), sum(row.max_points for row in rows)
        terminal.write_line(f"{section:<44} {got:5g} of {most:g}", bold=True)
        for row in rows:
            mark = MARKS[row.state][plain]
            terminal.write(f"  {mark} {row.name:<26}", **{COLOURS[row.state]: True})
            note = ", ".join(row.wrong[:2]) if row.state == "wrong" else row.state if row.todo else ""
            bonus = f"  +{row.bonus:g} beyond the book" if row.bonus else ""
            terminal.write_line(f" {row.points:5g} of {row.max_points:<3g} {note}{bonus}".rstrip())

    def _write_total(self, terminal: TerminalReporter, rows: list[Row], *, plain: bool) -> None:
        got, most = sum(row.points for row in rows), sum(row.max_points for row in rows)
        filled = round(BAR * got / most) if most else 0
        full, empty = ("#", ".") if plain else ("█", "░")
        done = sum(row.state == "right" for row in rows)
        terminal.write_line("")
        terminal.write_line(
            f"{full * filled}{empty * (BAR - filled)}  {got:g} of {most:g} points, "
            f"{done} of {len(rows)} exercises solved"
        )
        following = next((row for row in rows if row.state == "wrong"), None)
        following = following or next((row for row in rows if row.todo), None)
        if following is None:
            terminal.write_line("Everything that was checked is right.", green=True)
            return
        verb = "mend" if following.state == "wrong" else "write"
        terminal.write_line(f"Next: {verb} {following.name} in {following.file}, then run")
        terminal.write_line(f"      pytest assignments --only {following.name}")


def _can_print(terminal: TerminalReporter, text: str) -> bool:
    file = getattr(terminal, "_tw")._file  # noqa: SLF001, B009 - pytest has no public way to its stream
    try:
        text.encode(getattr(file, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
