"""What a notebook shows of its checks: HTML, and the same words as plain text."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from grader.local.terminal_summary import next_of, note, points_of
from grader.reporting.feedback import MARKS, explained, pieces
from grader.reporting.pages.pieces import shown
from grader.reporting.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from grader.local.notebook.looking import Look
    from grader.local.terminal_summary import Row
    from grader.reporting.feedback import Finding


@dataclass(frozen=True)
class Page:
    """What was found of some exercises; `overview` shows their sections, too."""

    looks: Sequence[Look]
    overview: bool = False

    def __repr__(self) -> str:
        return "\n\n".join(self._blocks())

    def _repr_html_(self) -> str:
        return _template().render(page=self, MARKS=MARKS)

    @property
    def rows(self) -> list[Row]:
        """The lines of the overview."""
        return [look.row for look in self.looks]

    @property
    def sections(self) -> list[tuple[str, str, list[Row]]]:
        """The sections, with when they are due, their points and rows."""
        titles = dict.fromkeys(row.section for row in self.rows)
        members = [(title, [row for row in self.rows if row.section == title]) for title in titles]
        return [
            (f"{title}, {rows[0].due}" if rows[0].due else title, points_of(rows), rows)
            for title, rows in members
        ]

    @property
    def total(self) -> str:
        """The sum of all points, and the number of exercises that are solved."""
        solved = sum(row.is_solved for row in self.rows)
        return f"{points_of(self.rows)} points, {solved} of {len(self.rows)} exercises solved"

    @property
    def following(self) -> str:
        """What to do next."""
        row = next_of(self.rows)
        if row is not None:
            return f"Next: {'mend' if row.state == 'wrong' else 'write'} {row.name}, then %check {row.name}"
        return "Everything that was checked is right." if all(row.is_solved for row in self.rows) else ""

    def explained(self, look: Look) -> list[Finding]:
        """Return what is to be explained of an exercise: in an overview, nothing of what is still to do."""
        return [] if self.overview and look.row.state == "to do" else look.findings

    def further(self, look: Look) -> list[Finding]:
        """Return the bonuses to mention: not while there is something else to do."""
        return look.bonuses if look.row.is_solved and not self.overview else []

    def _blocks(self) -> list[str]:
        blocks = ["\n".join(self._summary())] if self.overview else []
        for look in self.looks:
            if not self.overview:
                blocks.append("\n".join(self._lines(look)))
            blocks += [f"{title(one, look.row)}\n{explained(one)}" for one in self.explained(look)]
            blocks += [f"{look.row.name}: {name}\n{text.rstrip()}" for name, text in look.faults]
            if look.printed and look.row.state == "wrong":
                blocks.append(f"What {look.row.name} printed:\n{look.printed.rstrip()}")
            further = self.further(look)
            if further:
                blocks.append(f"Beyond the book, if you like: {', '.join(names_of(further))}")
        return blocks

    def _lines(self, look: Look) -> list[str]:
        lines = [line_of(look.row)]
        return lines + [f"Can't be asked here: {name}: {why}" for name, why in look.skipped]

    def _summary(self) -> list[str]:
        lines = []
        for section, points, rows in self.sections:
            lines.append(f"{section}  {points}")
            lines += [f"  {line_of(row)}" for row in rows]
        return [line for line in (*lines, self.total, self.following) if line]


def address(png: bytes) -> str:
    """Return an address that holds the image itself."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def title(finding: Finding, row: Row) -> str:
    """Return the heading of a finding."""
    return row.name if finding.advice else f"{row.name}: {finding.verdict.name}"


def names_of(findings: Sequence[Finding]) -> list[str]:
    """Return the names of the checks that findings are about."""
    return [finding.verdict.name for finding in findings]


def line_of(row: Row) -> str:
    """Return mark, name, points and a remark, in a line."""
    return f"{MARKS[row.state][0]} {row.name}  {row.points:g} of {row.most:g}  {note(row)}".rstrip()


@cache
def _template() -> Template:
    return pages().get_template(
        "notebook.html",
        globals={
            "shown": lambda finding: shown(pieces(finding)),
            "address": address,
            "title": title,
            "note": note,
            "names_of": names_of,
        },
    )
