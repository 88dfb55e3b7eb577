"""The overview after a run: each section and exercise with its points and state, and what to do next."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from grader.course.course_toml import root_of
from grader.course.watch_targets import next_stub
from grader.local import hidden_imports
from grader.local.check_record import from_report
from grader.local.coloured_text import ColouredText
from grader.reporting.feedback import MARKS, encodable, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _pytest.terminal import TerminalReporter

    from grader.local.check_record import CheckRecord
    from grader.reporting.feedback import State

COLOURS: Final = {"right": "green", "wrong": "red", "to do": "yellow"}
LEGEND: Final = {
    "blocked": "b blocked (waits for a check that failed)",
    "todo": "- to do",
    "bonus": "o bonus open (beyond the book)",
}
"""What the letters stand for that pytest itself doesn't have, by the status of a check."""
BAR_WIDTH: Final = 24
POINTS_WIDTH: Final = 14
MANY_PICTURES: Final = 3
"""From this number on, pictures are listed without their folder, which is named once."""
IS_WATCHED: Final = pytest.StashKey[bool]()
"""Set in a run of `grader watch`, which says itself what to do next."""
OTHER_LINES: Final = 7
"""Lines of a screen that aren't about sections: heading, total, next step (three), totals, prompt."""
CACHE_KEY: Final = "gradbook/points"
"""Where pytest's cache stores each exercise's points when it was last checked."""
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass
class Row:
    """The results of one exercise, so far."""

    section: str
    name: str
    file: Path
    line: int
    worth: float
    checks: int
    due: str = ""
    ran: int = 0
    points: float = 0.0
    skipped_points: float = 0.0
    bonus: float = 0.0
    todo: bool = False
    picture: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    open_bonus: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state(self) -> State:
        """The state of the exercise, judged by the checks that ran."""
        if self.todo:
            return "to do"
        return "wrong" if self.wrong else "right"

    @property
    def max_points(self) -> float:
        """The points that can be reached, without those of checks that are skipped on this machine."""
        return self.worth - self.skipped_points

    @property
    def file_is_broken(self) -> bool:
        """Whether the exercise failed because its file can't be run."""
        return "file" in self.wrong.values()

    @property
    def is_fully_checked(self) -> bool:
        """Whether all checks ran and none failed by itself, so that the points are final."""
        return self.ran == self.checks and "fault" not in self.wrong.values()

    @property
    def is_solved(self) -> bool:
        """Whether all checks ran and passed."""
        return self.state == "right" and self.ran == self.checks

    def add(self, record: CheckRecord, explanation: str = "") -> None:
        """Add the record of one check; for a bonus that was missed, with its explanation."""
        self.todo = self.todo or record.status == "todo"
        self.picture = self.picture or record.picture
        if record.bonus:
            self.bonus += record.points
            if record.status not in {"passed", "skipped", "todo"}:
                self.open_bonus.append((record.check, explanation))
            return
        self.ran += 1
        self.points += record.points
        self.skipped_points += record.max_points if record.status == "skipped" else 0.0
        if record.status not in {"passed", "skipped", "todo"}:
            self.wrong[record.root] = "file" if record.cause == record.file else record.status
            self.reasons[record.root] = record.reason


def row_for(record: CheckRecord, rows: dict[tuple[str, str], Row]) -> Row:
    """Return the row of a record's exercise; add a new one to `rows` if there is none."""
    key = (record.section, record.exercise)
    if key not in rows:
        rows[key] = Row(*key, Path(record.file), record.line, record.worth, record.checks, record.due)
    return rows[key]


def in_book_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows sorted by section number, then by their order in the section."""
    return sorted(
        rows, key=lambda row: ([int(number) for number in row.section.split()[0].split(".")], row.line)
    )


class Overview:
    """Collects the records of all checks, from all worker processes, and writes the overview."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.rows: dict[tuple[str, str], Row] = {}
        self.causes: dict[str, str] = {}
        self.statuses: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a check's record, and make its report printable on this terminal."""
        record = from_report(report)
        if record is None:
            return
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        row_for(record, self.rows).add(record, reason.removeprefix("Skipped: "))
        is_open = record.bonus and not report.passed and record.status != "todo"
        self.statuses.add("bonus" if is_open else record.status)
        if isinstance(report.longrepr, str):
            text = encodable(report.longrepr, self._encoding())
            # What a worker of pytest-xdist sends is serialized, and has to be text.
            report.longrepr = text if hasattr(self.config, "workerinput") else ColouredText(text, record.book)
        report.sections = [(name, encodable(text, self._encoding())) for name, text in report.sections]

    def is_first(self, cause: str, nodeid: str) -> bool:
        """Return whether a check is the first that failed for this cause: only that one is explained."""
        return self.causes.setdefault(cause, nodeid) == nodeid

    def write(self, terminal: TerminalReporter, *, pictures: bool = True) -> None:
        """Write the overview, unless no check was run. With `pictures`, name the files that will be drawn."""
        if not self.rows:
            return
        rows = self.sorted_rows()
        changes = self._changes(rows)
        if terminal.verbosity > -2:  # noqa: PLR2004 - pytest -qq wants no summary
            if terminal.hasopt("s"):
                self._write_open_bonus(terminal)
            files = dict.fromkeys(row.file for row in rows)
            versions = map(hidden_imports.other_versions, dict.fromkeys(map(root_of, files)))
            notes = [
                self._legend(terminal), changes, _pictures(rows) if pictures else "",
                hidden_imports.warning(files), *versions,
            ]  # fmt: skip
            _Page(terminal, self.config, self._encoding()).write(rows, [one for one in notes if one])

    def _changes(self, rows: Sequence[Row]) -> str:
        """Return how points changed since the last check of the same exercises, and store the new ones."""
        cache = getattr(self.config, "cache", None)  # None with -p no:cacheprovider
        if cache is None:
            return ""
        before: dict[str, float] = cache.get(CACHE_KEY, {})
        now = {f"{row.section.split()[0]} {row.name}": row for row in rows if row.is_fully_checked}
        cache.set(CACHE_KEY, before | {key: row.points + row.bonus for key, row in now.items()})
        changed = [
            f"{row.name} {row.points + row.bonus - before[key]:+g}" + (" (right)" if row.is_solved else "")
            for key, row in now.items()
            if key in before and before[key] != row.points + row.bonus
        ]
        return f"Since the last run: {', '.join(changed)}" if changed else ""

    def _legend(self, terminal: TerminalReporter) -> str:
        """Return what the letters mean that stand for checks and are not pytest's own.

        Where nothing is done yet, and "-" is the only one, the rest of the screen says so.
        """
        seen = self.statuses & LEGEND.keys()
        is_shown = terminal.verbosity == 0 and terminal.config.getoption("capture") != "no"
        if not is_shown or seen <= {"todo"}:
            return ""
        return f"Letters above: {', '.join(text for status, text in LEGEND.items() if status in seen)}"

    def sorted_rows(self) -> list[Row]:
        """Return the rows in the order of the book; worker processes report in any order."""
        return in_book_order(self.rows.values())

    def _write_open_bonus(self, terminal: TerminalReporter) -> None:
        for row in self.sorted_rows():
            for check, explanation in row.open_bonus if row.is_solved else ():
                terminal.section(f"beyond the book: {row.name}: {check}")
                for line in encodable(explanation, self._encoding()).splitlines():
                    terminal.write_line(line)

    def _encoding(self) -> str:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        # pytest has no public access to its stream. A worker of pytest-xdist has no terminal.
        file = getattr(getattr(reporter, "_tw", None), "_file", None)
        return getattr(file, "encoding", None) or ("ascii" if reporter else "utf-8")


class _Page:
    """Writes the overview for one terminal, with its width, height and encoding."""

    def __init__(self, terminal: TerminalReporter, config: pytest.Config, encoding: str) -> None:
        self.terminal = terminal
        self.is_watched = config.stash.get(IS_WATCHED, False)
        self.folder = config.invocation_params.dir
        self.width = min(config.get_terminal_writer().fullwidth, 80)
        self.lines = shutil.get_terminal_size().lines
        self.encoding = encoding
        self.plain = encodable("✓✗○█░", encoding) != "✓✗○█░"

    def write(self, rows: Sequence[Row], notes: Sequence[str]) -> None:
        self.terminal.ensure_newline()
        self.terminal.section("Gradbook")
        sections = {row.section: [one for one in rows if one.section == row.section] for row in rows}
        below = [line for one in notes for line in self._wrapped(one)]
        room = self.lines - OTHER_LINES - len(below)
        folded = self._folded(list(sections.values()), next_row(rows), room)
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
        """Return the sections that get a single line each, so that the overview fits on the screen.

        None if all exercises fit in `room` lines; else the sections in which all exercises are right or all
        are to do, except the one with the exercise `following`, if that still fits.
        """
        alike = {rows[0].section: len(self._together(rows)) for rows in sections if _are_alike(rows)}
        other = sum(1 + len(rows) for rows in sections if rows[0].section not in alike)
        if len(sections) == 1 or other + len(alike) + sum(alike.values()) <= room:
            return set()
        unfolded = following.section if following and following.section in alike else None
        if unfolded is not None and other + len(alike) + alike[unfolded] > room:
            unfolded = None
        return set(alike) - {unfolded}

    def _write_title(self, section: str, rows: Sequence[Row], note: str = "") -> None:
        note += f", {rows[0].due}" if rows[0].due else ""
        room = self.width - POINTS_WIDTH - 2
        title = textwrap.shorten(encodable(section, self.encoding), room - len(note), placeholder="...")
        self.terminal.write_line(
            f"{title + note:<{room}}  {points_text(rows):>{POINTS_WIDTH}}".rstrip(), bold=True
        )

    def _together(self, rows: Sequence[Row]) -> list[str]:
        """Return the lines that list exercises of one state, each with its points."""
        items = [f"{row.name} {row.max_points:g}" + (f" +{row.bonus:g}" if row.bonus else "") for row in rows]
        text = textwrap.fill(
            ", ".join(item.replace(" ", NO_BREAK) for item in items),
            self.width,
            initial_indent=f"  {self._symbol(rows[0])} ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        return text.replace(NO_BREAK, " ").splitlines()

    def _write_row(self, row: Row, longest: int) -> None:
        self.terminal.write(f"  {self._symbol(row)} {row.name:<{longest}}", **{COLOURS[row.state]: True})
        points = f"  {row.points:g} of {row.max_points:g}"
        left = self.width - 4 - longest - max(len(points), 12) - 2
        text = textwrap.shorten(note(row), max(left, 10), placeholder="...")
        self.terminal.write_line(f"{points:<12}  {text}".rstrip())

    def _symbol(self, row: Row) -> str:
        return MARKS[row.state][self.plain]

    def _write_total(self, rows: Sequence[Row]) -> None:
        got, maximum = sum(row.points for row in rows), sum(row.max_points for row in rows)
        solved = sum(row.is_solved for row in rows)
        text = f"{points_text(rows)} points, {solved} of {len(rows)} exercises solved"
        length = min(BAR_WIDTH, max(0, self.width - len(text) - 2))
        filled = int(length * got / maximum) if maximum else 0
        full, empty = ("#", ".") if self.plain else ("█", "░")
        self.terminal.write_line(f"{full * filled}{empty * (length - filled)}  {text}")

    def _write_next(self, rows: Sequence[Row]) -> None:
        row = next_row(rows)
        if row is None:
            self._write_success(rows)
            return
        verb = "fix" if row.state == "wrong" else "write"
        self._write_step(verb, "" if row.file_is_broken else row.name, row.file)

    def _write_step(self, verb: str, name: str, file: Path) -> None:
        """Write what to do next with an exercise, or with a file if there is no name, and how to check it."""
        shown = shown_path(file, self.folder)
        self._write_prose(f"Next: {verb} {f'{name}, in {shown}' if name else shown}")
        again = file.parent.parent if name else file.with_name(f"test_{file.name}")
        only = f" --only {name}" if name else ""
        self.terminal.write_line(f"Then: pytest {_quoted(shown_path(again, self.folder))}{only}")

    def _write_stub_after(self, rows: Sequence[Row]) -> None:
        """Name the next exercise of the book that is to do, where only a part of the course was checked."""
        found = next_stub(root_of(rows[0].file), [row.name for row in rows])
        if found is not None:
            self._write_step("write", *found)

    def _write_success(self, rows: Sequence[Row]) -> None:
        if all(row.is_solved for row in rows):
            self.terminal.write_line("Everything that was checked is correct.", green=True)
        elif all(row.state == "right" for row in rows):
            self.terminal.write_line("All checks that ran passed, but not all checks ran.")
        further = [f"{check} ({row.name})" for row in rows for check, _explanation in row.open_bonus]
        if further:
            self._write_prose(f"Optional, beyond the book: {', '.join(further)}. Details: pytest -rs")
        if all(row.is_solved for row in rows) and not self.is_watched:
            self._write_stub_after(rows)

    def _write_prose(self, text: str) -> None:
        for line in self._wrapped(text):
            self.terminal.write_line(line)

    def _wrapped(self, text: str) -> list[str]:
        return textwrap.wrap(
            text, self.width, subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
        )


def _pictures(rows: Sequence[Row]) -> str:
    """Return the line that says where the pictures are; empty without any."""
    files = [row.picture for row in rows if row.picture]
    if len(files) < MANY_PICTURES:
        return f"Pictures: {', '.join(files)}" if files else ""
    names = ", ".join(Path(file).stem for file in files)
    return f"Pictures: {names}, in {Path(files[0]).parent}"


def next_row(rows: Sequence[Row]) -> Row | None:
    """Return the exercise to work on next: the first wrong one, else the first that is to do."""
    wrong = next((row for row in rows if {*row.wrong.values()} - {"fault"} and not row.todo), None)
    return wrong or next((row for row in rows if row.state == "to do"), None)


def _are_alike(rows: Sequence[Row]) -> bool:
    return all(row.is_solved for row in rows) or all(row.todo for row in rows)


def points_text(rows: Sequence[Row]) -> str:
    """Return the points of some exercises as text: "4 of 6 +1"."""
    got, maximum = sum(row.points for row in rows), sum(row.max_points for row in rows)
    bonus = sum(row.bonus for row in rows)
    return f"{got:g} of {maximum:g}" + (f" +{bonus:g}" if bonus else "")


def note(row: Row) -> str:
    """Return the note beside an exercise's points: what failed first, and what was left out."""
    notes = []
    if row.state == "to do":
        notes.append("to do")
    elif row.file_is_broken:
        notes.append("the file can't be run")
    elif "fault" in row.wrong.values():
        notes.append("not your fault: see above")
    elif row.wrong:
        first, *others = row.reasons.values()
        notes.append(f"{first}, and {len(others)} more" if others else first)
    if row.bonus:
        notes.append(f"+{row.bonus:g} beyond the book")
    if row.ran < row.checks and not row.todo:
        notes.append(f"{row.ran} of {row.checks} checks ran")
    return "; ".join(notes)


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
