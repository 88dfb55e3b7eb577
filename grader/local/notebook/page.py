"""The output of `%check` in a notebook, as HTML and as the same text without markup."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from grader.local.terminal_summary import next_row, note, points_text
from grader.reporting.feedback import MARKS, pieces, terminal_text
from grader.reporting.pages.pieces import with_marks
from grader.reporting.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from grader.local.notebook.checking import CheckedExercise
    from grader.local.terminal_summary import Row
    from grader.reporting.feedback import FailureDetails


@dataclass(frozen=True)
class Page:
    """The results of some exercises; with `overview`, grouped by their sections."""

    results: Sequence[CheckedExercise]
    overview: bool = False

    def __repr__(self) -> str:
        return "\n\n".join(self._blocks())

    def _repr_html_(self) -> str:
        return _template().render(page=self, MARKS=MARKS)

    @property
    def rows(self) -> list[Row]:
        """The rows of the overview."""
        return [result.row for result in self.results]

    @property
    def sections(self) -> list[tuple[str, str, list[Row]]]:
        """The sections: title with due date, points, and rows."""
        titles = dict.fromkeys(row.section for row in self.rows)
        members = [(title, [row for row in self.rows if row.section == title]) for title in titles]
        return [
            (f"{title}, {rows[0].due}" if rows[0].due else title, points_text(rows), rows)
            for title, rows in members
        ]

    @property
    def total(self) -> str:
        """The sum of all points, and the number of exercises that are solved."""
        solved = sum(row.is_solved for row in self.rows)
        return f"{points_text(self.rows)} points, {solved} of {len(self.rows)} exercises solved"

    @property
    def next_step(self) -> str:
        """What to do next."""
        row = next_row(self.rows)
        if row is not None:
            return f"Next: {'fix' if row.state == 'wrong' else 'write'} {row.name}, then %check {row.name}"
        return "Everything that was checked is correct." if all(row.is_solved for row in self.rows) else ""

    def failures(self, result: CheckedExercise) -> list[FailureDetails]:
        """Return the failures to explain; in an overview, none of an exercise that is still to do."""
        return [] if self.overview and result.row.state == "to do" else result.failures

    def bonuses(self, result: CheckedExercise) -> list[FailureDetails]:
        """Return the open bonuses to mention, only if a solved exercise is shown by itself."""
        return result.open_bonuses if result.row.is_solved and not self.overview else []

    def _blocks(self) -> list[str]:
        blocks = ["\n".join(self._summary())] if self.overview else []
        for result in self.results:
            row = result.row
            if not self.overview:
                blocks.append("\n".join(self._lines(result)))
            blocks += [f"{title(one, row)}\n{terminal_text(one)}" for one in self.failures(result)]
            blocks += [f"{row.name}: {name}\n{text.rstrip()}" for name, text in result.faults]
            if result.output and row.state == "wrong":
                blocks.append(f"Output of {row.name}:\n{result.output.rstrip()}")
            bonuses = self.bonuses(result)
            if bonuses:
                blocks.append(f"Optional, beyond the book: {', '.join(names_of(bonuses))}")
        return blocks

    def _lines(self, result: CheckedExercise) -> list[str]:
        lines = [line_of(result.row)]
        return lines + [f"Skipped: {name}: {reason}" for name, reason in result.skipped]

    def _summary(self) -> list[str]:
        lines = []
        for section, points, rows in self.sections:
            lines.append(f"{section}  {points}")
            lines += [f"  {line_of(row)}" for row in rows]
        return [line for line in (*lines, self.total, self.next_step) if line]


def data_url(png: bytes) -> str:
    """Return a `data:` URL that contains the image."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def title(details: FailureDetails, row: Row) -> str:
    """Return the heading of a failure."""
    return row.name if details.advice else f"{row.name}: {details.verdict.name}"


def names_of(failures: Sequence[FailureDetails]) -> list[str]:
    """Return the names of the checks that did not pass."""
    return [details.verdict.name for details in failures]


def line_of(row: Row) -> str:
    """Return a row as one line: symbol, name, points and note."""
    return f"{MARKS[row.state][0]} {row.name}  {row.points:g} of {row.max_points:g}  {note(row)}".rstrip()


@cache
def _template() -> Template:
    return pages().get_template(
        "notebook.html",
        globals={
            "pieces": lambda details: with_marks(pieces(details)),
            "data_url": data_url,
            "title": title,
            "note": note,
            "names_of": names_of,
        },
    )
