"""Marks are filled in: the right ones for the right students, whatever their names; the rest stays as it
was."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exchange.errors import ExchangeError
from grader.exchange.export import Choices, export
from grader.exchange.systems import SYSTEMS
from grader.exchange.template import parsed
from grader.gradebook.marks import Mark, Part
from grader.reporting.gradebook import Row
from grader.students import Identity
from tests.exchange.conftest import mark, row
from tests.fixtures import exports
from tests.fixtures.downloads import Person, people
from tests.fixtures.exports import COLUMN, EXPORTS, OPTIONS, Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.exchange.conftest import FillIn

LOCALES: Mapping[str, tuple[str, dict[str, object]]] = {
    "canvas": ("canvas", {}),
    "canvas, German": ("canvas", {"separator": ";", "mark": ","}),
    "canvas, Swedish": ("canvas", {"mark": ","}),
    "moodle": ("moodle", {}),
    "moodle, German": (
        "moodle",
        {"titles": exports.GERMAN, "word": "Teilnehmer/in ", "mark": ",", "yes": "Ja"},
    ),
    "moodle, Japanese": ("moodle", {"titles": exports.JAPANESE, "word": "参加者", "yes": "はい"}),
    "gradescope": ("gradescope", {}),
    "brightspace": ("brightspace", {}),
    "brightspace, French": ("brightspace", {"mark": ",", "separator": "\t"}),
    "blackboard": ("blackboard", {}),
    "blackboard, German": ("blackboard", {"mark": ","}),
    "blackboard, CSV": ("blackboard", {"separator": ",", "codec": "utf-8"}),
    "csv": ("csv", {}),
    "csv, German": ("csv", {"mark": ","}),
    "csv, UTF-8": ("csv", {"codec": "utf-8"}),
}
"""What a system exports, by the language and the form that were chosen there."""
NAMES = st.text(
    alphabet=st.one_of(
        st.sampled_from(",;\"'=+-@ \täÖñ李김"), st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])
    ),
    max_size=8,
)


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=40)
@given(
    names=st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=4),
    values=st.lists(st.integers(0, 300), min_size=4, max_size=4),
    before=st.lists(st.sampled_from(["", "", "1", "2"]), min_size=4, max_size=4),
)
def test_what_is_written_is_read_as_the_same_marks_of_the_same_students(
    locale: str, names: list[tuple[str, str]], values: list[int], before: list[str]
) -> None:
    """The first two have the same name."""
    name, options = LOCALES[locale]
    system = SYSTEMS[name]
    group = [Named(number, names=one) for number, one in enumerate([names[0], *names])][:4]
    now = {one.number: text for one, text in zip(group, before, strict=False)}
    data = EXPORTS[name](group, now, **options)
    sheet = system.sheet(parsed(data, "t.csv", system.separators), OPTIONS[name])
    marks = {one: Fraction(value, 100) for one, value in zip(group, values, strict=False)}
    found = export(
        system, sheet, [row(one) for one in group],
        {f"student-{one.number}": mark(one, value) for one, value in marks.items()}, Choices(),
    )  # fmt: skip
    assert not found.left_out
    assert not found.by_name
    changed = {change.entry.identity.canvas or change.entry.key: change.value for change in found.changes}
    assert len(changed) + found.same == len(group)
    if found.content:
        read_back = system.imported(found.content, sheet)
        assert read_back.items() >= {change.entry.key: change.value for change in found.changes}.items()
        keys = {"canvas": 7000, "moodle": 3000}
        for one in group:
            key = {
                "canvas": str(keys["canvas"] + one.number), "moodle": str(keys["moodle"] + one.number),
                "gradescope": one.email, "brightspace": one.id, "blackboard": one.login,
                "csv": str(one.number + 1),
            }[name]  # fmt: skip
            assert read_back.get(key, marks[one]) == marks[one]


@pytest.mark.parametrize("name", EXPORTS)
def test_only_the_marks_that_change_are_other_bytes(fill_in: FillIn, name: str) -> None:
    group = people(6)
    system = SYSTEMS[name]
    data = EXPORTS[name](group, {one.number: "1" for one in group})
    marks: dict[Person, Fraction | Mark | None] = dict.fromkeys(group, Fraction(1))
    assert fill_in(name, data, marks, OPTIONS[name]).content == b""
    (change,) = (found := fill_in(name, data, marks | {group[2]: Fraction("2.75")}, OPTIONS[name])).changes
    assert (change.entry.now, found.same) == ("1", 5)
    before, after = (parsed(one, "t.csv", system.separators) for one in (data, found.content))
    sheet = system.sheet(before, OPTIONS[name])
    expected = [
        record.changed(sheet.column, change.text, before.separator)
        if number == change.entry.record
        else record
        for number, record in enumerate(before.records)
        if number < sheet.head or number == change.entry.record or not system.takes_part
    ]
    columns = range(len(before.titles)) if sheet.kept is None else sheet.kept
    assert [one.cells for one in after.records] == [
        tuple(one.cells[column] for column in columns) for one in expected
    ]
    assert [one.end for one in after.records] == [one.end for one in expected]
    assert (after.encoding, after.separator) == (before.encoding, before.separator)


def test_a_blank_never_takes_the_place_of_a_mark(fill_in: FillIn) -> None:
    group = people(3)
    data = exports.canvas(group, {0: "2", 1: "2", 2: "2"})
    found = fill_in("canvas", data, {group[0]: None, group[1]: Fraction(1), group[2]: None}, COLUMN)
    assert [change.entry.key for change in found.changes] == ["7001"]
    assert found.unmarked == ("student-0", "student-2")
    assert b"7000" not in found.content
    assert found.notes == ("1 mark in Homework 1 (5001) will be replaced.",)


class TestMatching:
    def test_without_ids_a_name_that_nobody_else_has_is_enough_and_said(self, fill_in: FillIn) -> None:
        group = people(3)
        named = Row("sub", Identity(name=group[2].name), "", None)
        data = exports.canvas(group, {})
        system = SYSTEMS["canvas"]
        sheet = system.sheet(parsed(data, "t.csv", ","), COLUMN)
        marks = {"student-0": mark(group[0], Fraction(1)), "student-1": mark(group[1], Fraction(1))}
        marks["sub"] = Mark("sub", Fraction(2), Fraction(3))
        found = export(system, sheet, [row(group[0]), row(group[1]), named], marks, Choices())
        assert found.by_name == ("sub",)
        assert system.imported(found.content, sheet)["7002"] == 2

    def test_namesakes_without_ids_are_not_guessed(self, fill_in: FillIn) -> None:
        one, other = Named(1, names=("Ada", "Kim")), Named(2, names=("Ada", "Kim"))
        system = SYSTEMS["canvas"]
        sheet = system.sheet(parsed(exports.canvas([one, other], {}), "t.csv", ","), COLUMN)
        rows = [Row("a", Identity(name="Ada Kim"), "", None), row(other)]
        marks = {"a": Mark("a", Fraction(1), Fraction(3)), "student-2": mark(other, Fraction(2))}
        found = export(system, sheet, rows, marks, Choices(skip_unmatched=True))
        assert system.imported(found.content, sheet) == {"7002": Fraction(2)}
        assert ("a", "not in t.csv") in found.left_out

    def test_two_submissions_of_one_student_are_not_guessed(self, fill_in: FillIn) -> None:
        (one, other) = people(2)
        twice = Row("again", Identity(canvas="7000"), "", None)
        system = SYSTEMS["canvas"]
        sheet = system.sheet(parsed(exports.canvas([one, other], {}), "t.csv", ","), COLUMN)
        marks = {name: Mark(name, Fraction(1), Fraction(3)) for name in ("student-0", "student-1", "again")}
        rows = [row(one), row(other), twice]
        found = export(system, sheet, rows, marks, Choices(skip_unmatched=True))
        assert [name for name, _ in found.left_out] == ["student-0", "again", one.last + ", " + one.first]

    def test_ids_that_contradict_each_other_are_not_guessed(self, fill_in: FillIn) -> None:
        group = people(2)
        both = Row("x", Identity(canvas="7000", id=group[1].id), "", None)
        sheet = SYSTEMS["canvas"].sheet(parsed(exports.canvas(group, {}), "t.csv", ","), COLUMN)
        with pytest.raises(ExchangeError, match=r"Nobody in t.csv is in the gradebook"):
            export(SYSTEMS["canvas"], sheet, [both], {"x": Mark("x", Fraction(1), Fraction(3))}, Choices())


class TestBadTemplates:
    @pytest.mark.parametrize("name", EXPORTS)
    def test_that_of_another_course(self, fill_in: FillIn, name: str) -> None:
        others = [Named(one.number + 500, names=("No", "Body")) for one in people(3)]
        with pytest.raises(ExchangeError, match=r"Nobody in grades.csv is in the gradebook: it is another"):
            fill_in(name, EXPORTS[name](others, {}), {people(1)[0]: Fraction(1)}, OPTIONS[name])

    @pytest.mark.parametrize("name", EXPORTS)
    def test_with_a_student_too_many(self, fill_in: FillIn, name: str) -> None:
        group = people(3)
        marks: dict[Person, Fraction | Mark | None] = dict.fromkeys(group[:2], Fraction(1))
        data = EXPORTS[name](group, {})
        with pytest.raises(ExchangeError, match="1 student in it is not in the gradebook"):
            fill_in(name, data, marks, OPTIONS[name])
        found = fill_in(name, data, marks, OPTIONS[name], skip_unmatched=True)
        assert [reason for _, reason in found.left_out] == ["not in the gradebook"]
        assert len(found.changes) == 2

    @pytest.mark.parametrize("name", EXPORTS)
    def test_with_a_student_too_few(self, fill_in: FillIn, name: str) -> None:
        group = people(3)
        marks: dict[Person, Fraction | Mark | None] = dict.fromkeys(group, Fraction(1))
        data = EXPORTS[name](group[1:], {})
        with pytest.raises(ExchangeError, match="1 student of the gradebook is not in it: student-0"):
            fill_in(name, data, marks, OPTIONS[name])
        found = fill_in(name, data, marks, OPTIONS[name], skip_unmatched=True)
        assert found.left_out == (("student-0", "not in grades.csv"),)

    def test_a_submission_that_is_not_graded_yet_is_missed_too(self, fill_in: FillIn) -> None:
        group = people(2)
        marks = {group[0]: Fraction(1), group[1]: Mark("student-1", None, Fraction(3), ungraded="sha256:1")}
        with pytest.raises(ExchangeError, match="is not in it: student-1"):
            fill_in("canvas", exports.canvas(group[:1], {}), marks, COLUMN)

    def test_who_handed_nothing_in_may_be_missing_from_it(self, fill_in: FillIn) -> None:
        group = people(2)
        marks = {group[0]: Fraction(1), group[1]: None}
        assert len(fill_in("canvas", exports.canvas(group[:1], {}), marks, COLUMN).changes) == 1

    @pytest.mark.parametrize("name", ["canvas", "moodle", "gradescope", "brightspace"])
    def test_saved_in_an_encoding_that_the_system_does_not_read(self, fill_in: FillIn, name: str) -> None:
        group = [Named(1, names=("Jürgen", "Müller"))]
        data = EXPORTS[name](group, {}).removeprefix(b"\xef\xbb\xbf").decode().encode("cp1252")
        with pytest.raises(ExchangeError, match=r"is in cp1252, which .* doesn't read"):
            fill_in(name, data, {group[0]: Fraction(1)}, OPTIONS[name])

    @pytest.mark.parametrize("name", ["canvas", "gradescope", "brightspace", "blackboard"])
    def test_whose_ids_a_spreadsheet_made_numbers_of(self, fill_in: FillIn, name: str) -> None:
        group = people(2)
        data = EXPORTS[name](group, {})
        codec = "utf-16" if name == "blackboard" else "utf-8"
        old = {"canvas": "004001", "gradescope": "004001", "brightspace": "#004001"}.get(name, "st.udent-001")
        broken = data.decode(codec).replace(old, "1.23457E+11").encode(codec)
        with pytest.raises(ExchangeError, match=r"line \d+: a spreadsheet made the number 1.23457E\+11 of"):
            fill_in(name, broken, dict.fromkeys(group, Fraction(1)), OPTIONS[name])

    @pytest.mark.parametrize("name", EXPORTS)
    def test_of_another_system(self, fill_in: FillIn, name: str) -> None:
        with pytest.raises(ExchangeError, match=r"t.csv|grades.csv"):
            fill_in(name, b"a,b,c,d,e\n1,2,3,4,5\n", {people(1)[0]: Fraction(1)}, OPTIONS[name])

    @pytest.mark.parametrize("name", EXPORTS)
    def test_without_students(self, fill_in: FillIn, name: str) -> None:
        with pytest.raises(ExchangeError, match=r"has no students|is no grading worksheet"):
            fill_in(name, EXPORTS[name]([], {}), {people(1)[0]: Fraction(1)}, OPTIONS[name])

    def test_with_the_same_student_twice(self, fill_in: FillIn) -> None:
        (one,) = people(1)
        with pytest.raises(ExchangeError, match="could not tell who the lines 4 and 5 are about"):
            fill_in("canvas", exports.canvas([one, one], {}), {one: Fraction(1)}, COLUMN)


class TestOpenMarks:
    def test_they_are_refused_until_somebody_decides(self, fill_in: FillIn) -> None:
        group = people(2)
        part = Part("mlp", Fraction(1), Fraction(3), is_open=True)
        still_open = Mark("student-1", None, Fraction(3), (part,))
        marks = {group[0]: Fraction(1), group[1]: still_open}
        data = exports.canvas(group, {})
        with pytest.raises(ExchangeError, match="Points of 1 mark are open: student-1"):
            fill_in("canvas", data, marks, COLUMN)
        found = fill_in("canvas", data, marks, COLUMN, skip_open=True)
        assert found.left_out == (("student-1", "points of the mark are open"),)
        assert len(found.changes) == 1
        assert found.unmarked == ()


class TestPoints:
    def test_marks_out_of_other_points_are_refused_or_scaled(self, fill_in: FillIn) -> None:
        group = people(2)
        data = exports.canvas(group, {}, of="10")
        marks = dict.fromkeys(group, Fraction(2))
        with pytest.raises(ExchangeError, match=r"Marks are out of 3 points, and the column .* has 10"):
            fill_in("canvas", data, marks, COLUMN)
        found = fill_in("canvas", data, marks, COLUMN, scale=True)
        assert {change.text for change in found.changes} == {"6.67"}
        assert found.notes == ("Marks are scaled to 10 points, then rounded to 0.01, halves upwards.",)

    def test_a_mark_is_rounded_once(self, fill_in: FillIn) -> None:
        """1.00449 is 1.0045 to four decimals, and 1.01 if that is rounded again to two."""
        (one,) = people(1)
        exact = mark(one, Fraction("1.0050"), unrounded=Fraction("1.00449"))
        found = fill_in("canvas", exports.canvas([one], {}), {one: exact}, COLUMN)
        assert [change.text for change in found.changes] == ["1"]
        assert found.notes == ("Marks are rounded to 0.01, halves upwards.",)

    def test_a_mark_that_the_policy_rounded_stays_as_it_is(self, fill_in: FillIn) -> None:
        (one,) = people(1)
        whole = mark(one, Fraction(2), unrounded=Fraction("1.6"))
        found = fill_in("canvas", exports.canvas([one], {}), {one: whole}, COLUMN)
        assert [change.text for change in found.changes] == ["2"]
        assert found.notes == ()

    def test_a_mark_that_is_out_of_nothing_cannot_be_scaled(self, fill_in: FillIn) -> None:
        """A person set it, for somebody who handed nothing in."""
        (one,) = people(1)
        given = mark(one, Fraction(2), out_of=0)
        with pytest.raises(ExchangeError, match="The mark of student-0 is out of no points"):
            fill_in("canvas", exports.canvas([one], {}), {one: given}, COLUMN, scale=True)
        assert len(fill_in("canvas", exports.canvas([one], {}), {one: given}, COLUMN).changes) == 1

    def test_a_table_that_does_not_say_its_points_cannot_be_scaled_to(self, fill_in: FillIn) -> None:
        (one,) = people(1)
        with pytest.raises(ExchangeError, match="doesn't say how many points it has"):
            fill_in("csv", exports.plain([one], {}), {one: Fraction(1)}, "Note", scale=True)

    @pytest.mark.parametrize("name", ["moodle", "brightspace"])
    def test_marks_above_the_maximum_are_refused_where_they_would_be_changed(
        self, fill_in: FillIn, name: str
    ) -> None:
        group = people(2)
        marks = dict(zip(group, (Fraction(3), Fraction(4)), strict=True))
        with pytest.raises(ExchangeError, match=r"above it: .*\(4\)"):
            fill_in(name, EXPORTS[name](group, {}), marks, OPTIONS[name])
        assert len(fill_in("canvas", exports.canvas(group, {}), marks, COLUMN).changes) == 2
