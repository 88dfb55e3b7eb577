"""A gradebook of synthetic students, without reports."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from grader.exchange.export import Choices, export
from grader.exchange.systems import SYSTEMS
from grader.exchange.template import parsed
from grader.gradebook.marks import Mark
from grader.reporting.gradebook import Row
from grader.students import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.exchange.export import Export
    from tests.fixtures.downloads import Person

    FillIn = Callable[..., Export]


def row(one: Person) -> Row:
    """The row of a student of whom all ids are known."""
    who = Identity(
        name=one.name, email=one.email, id=one.id, login=one.login,
        canvas=str(7000 + one.number), moodle=str(3000 + one.number),
    )  # fmt: skip
    return Row(f"student-{one.number}", who, "", None)


def mark(one: Person, value: Fraction | None, out_of: int = 3, *, unrounded: Fraction | None = None) -> Mark:
    """A student's mark; None: there is none."""
    return Mark(
        f"student-{one.number}", value, Fraction(out_of), unrounded=value if unrounded is None else unrounded
    )


@pytest.fixture
def fill_in() -> FillIn:
    """Fills marks in: the bytes of a system's export, and the mark of each student."""

    def run(
        system: str, data: bytes, marks: Mapping[Person, Fraction | Mark | None], column: str = "",
        rows: Sequence[Row] = (), **choices: bool,
    ) -> Export:  # fmt: skip
        known = SYSTEMS[system]
        sheet = known.sheet(parsed(data, "grades.csv", known.separators), column)
        own = [value if isinstance(value, Mark) else mark(one, value) for one, value in marks.items()]
        everybody = [*map(row, marks), *rows]
        by_name = {one.student: one for one in own}
        by_name |= {one.name: Mark(one.name, None, Fraction(0)) for one in rows}
        return export(known, sheet, everybody, by_name, Choices(**choices))

    return run
