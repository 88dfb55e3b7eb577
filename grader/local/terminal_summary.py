"""At a glance: sections, exercises with their points and state, and the one thing to do next."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.reporting.feedback import MARKS, printable, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _pytest.terminal import TerminalReporter

    from grader.reporting.feedback import State

COLOURS: Final = {"right": "green", "wrong": "red", "to do": "yellow"}
BAR: Final = 24
POINTS: Final = 14
MANY: Final = 3
"""So many files are named by their folder."""
BESIDES: Final = 7
"""Lines of a screen that aren't about sections: heading, total, what is next (three), totals, prompt."""
REMEMBERED: Final = "gradbook/points"
"""Where pytest's cache keeps the points of the exercises, as they were when last checked."""
MARK: Final = {"gradbook": "check"}
"""The property of a report by which it is known as one of ours."""
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass
class Row:
    """What was found of one exercise, so far."""

    section: str
    name: str
    file: Path
    line: int
    worth: float
    checks: int
    due: str = ""
    ran: int = 0
    points: float = 0.0
    out_of_reach: float = 0.0
    bonus: float = 0.0
    todo: bool = False
    picture: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    open_bonus: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state(self) -> State:
        """Whether the exercise is right, as far as it was checked."""
        if self.todo:
            return "to do"
        return "wrong" if self.wrong else "right"

    @property
    def most(self) -> float:
        """The points there are, without those of checks that can't be asked on this machine."""
        return self.worth - self.out_of_reach

    @property
    def file_is_broken(self) -> bool:
        """Whether the reason is the file as a whole."""
        return "file" in self.wrong.values()

    @property
    def is_known(self) -> bool:
        """Whether all of the exercise was checked, so that its points are what it is worth now."""
        return self.ran == self.checks and "fault" not in self.wrong.values()

    @property
    def is_solved(self) -> bool:
        """Whether all of the exercise was checked and is right."""
        return self.state == "right" and self.ran == self.checks

    def take(self, told: dict[str, Any], said: str) -> None:
        """Take up what a report tells of one check."""
        status = told["status"]
        self.todo = self.todo or status == "todo"
        self.picture = self.picture or told["picture"]
        if told["bonus"]:
            self.bonus += told["points"]
            if status not in {"passed", "skipped", "todo"}:
                self.open_bonus.append((told["check"], said))
            return
        self.ran += 1
        self.points += told["points"]
        self.out_of_reach += told["max_points"] if status == "skipped" else 0.0
        if status not in {"passed", "skipped", "todo"}:
            self.wrong[told["root"]] = "file" if told["cause"] == told["file"] else status


def told_by(report: pytest.TestReport | pytest.CollectReport) -> dict[str, Any] | None:
    """Return what a report tells of a check; None where it is about something else, or another phase."""
    properties = report.user_properties if isinstance(report, pytest.TestReport) else []
    return dict(properties) if report.when == "call" and [*MARK.items()] == properties[:1] else None


def row_of(told: dict[str, Any], rows: dict[tuple[str, str], Row]) -> Row:
    """Return the row of the exercise that a report tells of; a new one among `rows`, where there is none."""
    key = (told["section"], told["exercise"])
    if key not in rows:
        rows[key] = Row(*key, Path(told["file"]), told["line"], told["worth"], told["checks"], told["due"])
    return rows[key]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order of the book."""
    return sorted(
        rows, key=lambda row: ([int(number) for number in row.section.split()[0].split(".")], row.line)
    )


class Overview:
    """Gathers the reports on checks, wherever they were run, and writes a summary of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rows: dict[tuple[str, str], Row] = {}
        self.causes: dict[str, str] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take up a report on a check, before it is shown."""
        told = told_by(report)
        if told is None:
            return
        said = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
        row_of(told, self.rows).take(told, said)
        if isinstance(report.longrepr, str):
            report.longrepr = printable(report.longrepr, self._encoding())
        report.sections = [(name, printable(text, self._encoding())) for name, text in report.sections]

    def is_first(self, cause: str, nodeid: str) -> bool:
        """Return whether a check is the first that failed for a cause: the others need not say it again."""
        return self.causes.setdefault(cause, nodeid) == nodeid

    def write(self, terminal: TerminalReporter, *, pictures: bool = True) -> None:
        """Write the overview; nothing, where no check was run. Name the `pictures`, if they will be drawn."""
        if not self.rows:
            return
        rows = self.sorted_rows()
        changes = self._changes(rows)
        if terminal.verbosity > -2:  # noqa: PLR2004 - pytest -qq wants no summary
            if terminal.hasopt("s"):
                self._write_open_bonus(terminal)
            remarks = [changes, _pictures(rows) if pictures else ""]
            _Page(terminal, self.config, self._encoding()).write(rows, [one for one in remarks if one])

    def _changes(self, rows: Sequence[Row]) -> str:
        """Return what is other than when the same exercises were checked before, and remember what is now."""
        cache = getattr(self.config, "cache", None)  # there is none with -p no:cacheprovider
        if cache is None:
            return ""
        before: dict[str, float] = cache.get(REMEMBERED, {})
        now = {f"{row.section.split()[0]} {row.name}": row for row in rows if row.is_known}
        cache.set(REMEMBERED, before | {key: row.points + row.bonus for key, row in now.items()})
        changed = [
            f"{row.name} {row.points + row.bonus - before[key]:+g}" + (" (right)" if row.is_solved else "")
            for key, row in now.items()
            if key in before and before[key] != row.points + row.bonus
        ]
        return f"Since last time: {', '.join(changed)}" if changed else ""

    def sorted_rows(self) -> list[Row]:
        """Return the rows in the order of the book: workers report in any order."""
        return in_order(self.rows.values())

    def _write_open_bonus(self, terminal: TerminalReporter) -> None:
        for row in self.sorted_rows():
            for check, said in row.open_bonus if row.is_solved else ():
                terminal.section(f"beyond the book: {row.name}: {check}")
                for line in printable(said, self._encoding()).splitlines():
                    terminal.write_line(line)

    def _encoding(self) -> str:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        # pytest has no public way to its stream. A worker of xdist has no terminal.
        file = getattr(getattr(reporter, "_tw", None), "_file", None)
        return getattr(file, "encoding", None) or ("ascii" if reporter else "utf-8")


class _Page:
    """The summary, on a terminal of some width and encoding."""

    def __init__(self, terminal: TerminalReporter, config: pytest.Config, encoding: str) -> None:
        self.terminal = terminal
        self.folder = config.invocation_params.dir
        self.width = min(config.get_terminal_writer().fullwidth, 80)
        self.lines = shutil.get_terminal_size().lines
        self.encoding = encoding
        self.plain = printable("✓✗○█░", encoding) != "✓✗○█░"

    def write(self, rows: Sequence[Row], remarks: Sequence[str]) -> None:
        self.terminal.ensure_newline()
        self.terminal.section("Gradbook")
        sections = {row.section: [one for one in rows if one.section == row.section] for row in rows}
        below = [line for remark in remarks for line in self._wrapped(remark)]
        room = self.lines - BESIDES - len(below)
        folded = self._folded(list(sections.values()), next_of(rows), room)
        for section, members in sections.items():
            if section in folded:
                self._write_title(section, members, f", {len(members)} {members[0].state}")
                continue
            self._write_title(section, members)
            if len(sections) > 1 and _are_alike(members):
                for line in self._together(members):
                    self.terminal.write_line(line, **{COLOURS[members[0].state]: True})
            else:
                for row in members:
                    self._write_row(row, max(len(row.name) for row in rows))
        self._write_total(rows)
        for line in below:
            self.terminal.write_line(line)
        self._write_next(rows)

    def _folded(self, sections: Sequence[Sequence[Row]], following: Row | None, room: int) -> set[str]:
        """Return the sections that get a single line, so that all of them can be seen at a glance.

        None, where the screen has `room`, in lines, for more; otherwise those that are all right or all to
        do, but for the one with which to go on.
        """
        alike = {rows[0].section: len(self._together(rows)) for rows in sections if _are_alike(rows)}
        other = sum(1 + len(rows) for rows in sections if rows[0].section not in alike)
        if len(sections) == 1 or other + len(alike) + sum(alike.values()) <= room:
            return set()
        kept = following.section if following and following.section in alike else None
        if kept is not None and other + len(alike) + alike[kept] > room:
            kept = None
        return set(alike) - {kept}

    def _write_title(self, section: str, rows: Sequence[Row], remark: str = "") -> None:
        remark += f", {rows[0].due}" if rows[0].due else ""
        room = self.width - POINTS - 2
        title = textwrap.shorten(printable(section, self.encoding), room - len(remark), placeholder="...")
        self.terminal.write_line(f"{title + remark:<{room}}  {points_of(rows):>{POINTS}}".rstrip(), bold=True)

    def _together(self, rows: Sequence[Row]) -> list[str]:
        """Return the lines about exercises that are all right, or all to do, each with its points."""
        items = [f"{row.name} {row.most:g}" + (f" +{row.bonus:g}" if row.bonus else "") for row in rows]
        text = textwrap.fill(
            ", ".join(item.replace(" ", NO_BREAK) for item in items),
            self.width,
            initial_indent=f"  {self._mark(rows[0])} ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        return text.replace(NO_BREAK, " ").splitlines()

    def _write_row(self, row: Row, longest: int) -> None:
        self.terminal.write(f"  {self._mark(row)} {row.name:<{longest}}", **{COLOURS[row.state]: True})
        points = f"  {row.points:g} of {row.most:g}"
        left = self.width - 4 - longest - max(len(points), 12) - 2
        remark = textwrap.shorten(note(row), max(left, 10), placeholder="...")
        self.terminal.write_line(f"{points:<12}  {remark}".rstrip())

    def _mark(self, row: Row) -> str:
        return MARKS[row.state][self.plain]

    def _write_total(self, rows: Sequence[Row]) -> None:
        got, most = sum(row.points for row in rows), sum(row.most for row in rows)
        solved = sum(row.is_solved for row in rows)
        text = f"{points_of(rows)} points, {solved} of {len(rows)} exercises solved"
        length = min(BAR, max(0, self.width - len(text) - 2))
        filled = int(length * got / most) if most else 0
        full, empty = ("#", ".") if self.plain else ("█", "░")
        self.terminal.write_line(f"{full * filled}{empty * (length - filled)}  {text}")

    def _write_next(self, rows: Sequence[Row]) -> None:
        row = next_of(rows)
        if row is None:
            self._write_praise(rows)
            return
        file = shown_path(row.file, self.folder)
        what = file if row.file_is_broken else f"{row.name}, in {file}"
        verb = "mend" if row.state == "wrong" else "write"
        self._write_prose(f"Next: {verb} {what}")
        again = row.file.with_name(f"test_{row.file.name}") if row.file_is_broken else row.file.parent.parent
        only = "" if row.file_is_broken else f" --only {row.name}"
        self.terminal.write_line(f"Then: pytest {_quoted(shown_path(again, self.folder))}{only}")

    def _write_praise(self, rows: Sequence[Row]) -> None:
        if all(row.is_solved for row in rows):
            self.terminal.write_line("Everything that was checked is right.", green=True)
        elif all(row.state == "right" for row in rows):
            self.terminal.write_line("The checks that ran passed; not all of them ran.")
        further = [f"{check} ({row.name})" for row in rows for check, _said in row.open_bonus]
        if further:
            self._write_prose(f"Beyond the book, if you like: {', '.join(further)}. pytest -rs says more.")

    def _write_prose(self, text: str) -> None:
        for line in self._wrapped(text):
            self.terminal.write_line(line)

    def _wrapped(self, text: str) -> list[str]:
        return textwrap.wrap(
            text, self.width, subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
        )


def _pictures(rows: Sequence[Row]) -> str:
    """Return where to find the pictures."""
    files = [row.picture for row in rows if row.picture]
    if len(files) < MANY:
        return f"To see: {', '.join(files)}" if files else ""
    names = ", ".join(Path(file).stem for file in files)
    return f"To see: {names}, in {Path(files[0]).parent}"


def next_of(rows: Sequence[Row]) -> Row | None:
    """Return the exercise with which to go on: what is wrong comes before what is to do."""
    wrong = next((row for row in rows if {*row.wrong.values()} - {"fault"} and not row.todo), None)
    return wrong or next((row for row in rows if row.state == "to do"), None)


def _are_alike(rows: Sequence[Row]) -> bool:
    return all(row.is_solved for row in rows) or all(row.todo for row in rows)


def points_of(rows: Sequence[Row]) -> str:
    """Return the points of some exercises, out of how many."""
    got, most = sum(row.points for row in rows), sum(row.most for row in rows)
    bonus = sum(row.bonus for row in rows)
    return f"{got:g} of {most:g}" + (f" +{bonus:g}" if bonus else "")


def note(row: Row) -> str:
    """Return what a student should know of an exercise besides its points."""
    notes = []
    if row.state == "to do":
        notes.append("to do")
    elif row.file_is_broken:
        notes.append("its file can't be run")
    elif "fault" in row.wrong.values():
        notes.append("no fault of yours: see above")
    elif row.wrong:
        first, *others = row.wrong
        notes.append(f"{first} and {len(others)} more" if others else first)
    if row.bonus:
        notes.append(f"+{row.bonus:g} beyond the book")
    if row.ran < row.checks and not row.todo:
        notes.append(f"{row.ran} of {row.checks} checks ran")
    return "; ".join(notes)


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
