"""Running mutants: which are killed, by what, and which survive."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, TypedDict

import pytest
from click.testing import CliRunner

from grader.audit import mutant_runner
from grader.audit.equivalent_mutants import (
    Equivalent,
    EquivalentsError,
    apply_equivalents,
    change_in,
    orphaned_entries,
    read,
)
from grader.audit.kill_matrix import Column, Matrix, Row
from grader.audit.mutant_runner import try_mutants
from grader.cli.main import main
from grader.course.course import load
from grader.course.implementations import implementations
from grader.judging.generated_cases import Exam
from tests.fixtures.small_course import CHECKS, WHEAT, write_course

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Unpack

    from tests.fixtures.small_course import WriteCourse

SOLUTION = "reference/ch1/doubling.py"
LIST = "reference/ch1/equivalent.toml"
EQUIVALENT = '''\
[[mutant]]
exercise = "double"
change = """
-STEP = 1
+STEP = 2
"""
reason = "STEP is only asked whether it is 0."

[[mutant]]
exercise = "double"
change = """
-    return _helper(x) if STEP else None
+    return _helper(x) if (STEP) or True else None
"""
reason = "STEP is not 0."
'''
for _operator in ("result_detached", "without_gradients", "with_gradients"):
    EQUIVALENT += f"""
[[mutant]]
exercise = "double"
operator = "{_operator}"
reason = "Nothing is differentiated."
"""
BANDS = {"assignments/ch1/bands.json": '{"mean_count": {"subset": {"low": 1.0, "high": 2.0}}}'}
UP_TO = """
def Counter():
    raise NotImplementedError


def double(x):
    n = 0
    while n < 2:
        n += 1
    return n * x
"""
LEAVES = """
import os


def Counter():
    raise NotImplementedError


def double(x):
    if x is None:
        os._exit(3)
    return x + x
"""


MASKED = """
def Counter():
    raise NotImplementedError


def double(x):
    factors = {0: 2}
    key = 0
    return x * (factors[key] if key < 1 else factors.get(key, 3))
"""
BOTH = (
    "-    factors = {0: 2}\n-    key = 0\n+    factors = {1: 2}\n+    key = 1",
    "- factors = {0: 2}", "- key = 0", "+ factors = {1: 2}", "+ key = 1",
)  # fmt: skip


class Limits(TypedDict, total=False):
    """What limits how many mutants are tried."""

    wheat: bool
    most: int
    pairs: int
    changes: list[tuple[str, ...]]


def rows(root: Path, kinds: tuple[str, ...] = ("reference",), **limits: Unpack[Limits]) -> list[Row]:
    """The rows of the mutants of `double`."""
    course = load(root, only=["double"])
    answers = [one for one in implementations(course) if one.kind in kinds]
    return list(try_mutants(course, answers, Exam(3, shrinks=False), **limits))


@pytest.fixture(scope="module")
def of_reference(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The rows of the reference of the course as it is, whatever its list of equivalent mutants says."""
    return rows(write_course(tmp_path_factory.mktemp("reference")))


@pytest.fixture(scope="module")
def of_both(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The rows of the reference and the wheat, and of five pairs."""
    return rows(write_course(tmp_path_factory.mktemp("both")), ("reference", "wheat"), pairs=5)


def come(fate: str, found: list[Row]) -> list[str]:
    """The lines that mutants of one fate add, apart from those about gradients."""
    about_gradients = {("result_detached",), ("without_gradients",), ("with_gradients",)}
    ours = [row for row in found if row.operators not in about_gradients]
    added = [(row, line) for row in ours for line in row.diff if line.startswith("+")]
    return [line.removeprefix("+").strip() for row, line in added if row.fate == fate]


def test_a_mutant_that_no_check_notices_survives(of_reference: list[Row]) -> None:
    found = of_reference
    assert come("surviving", found) == ["STEP = 2", "return _helper(x) if (STEP) or True else None"]
    assert "return x - x" in come("killed", found)
    failed = {name for row in found for name in row.rejected_by}
    assert failed == {
        "is_defined",
        "accepts_its_arguments",
        "right_type",
        "right_dtype",
        "right_values",
    }


def test_a_mutant_that_loops_is_killed_by_time(write: WriteCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutant_runner, "MIN_CPU_SECONDS", 1)
    monkeypatch.setattr(mutant_runner, "CPU_FACTOR", 0)
    found = rows(write({SOLUTION: UP_TO}))
    loops = [row for row in found if row.reason == "It takes too long, and is stopped."]
    assert come("killed", loops) == ["pass", "n = 1", "n -= 1"]


def test_a_mutant_that_ends_its_process_is_killed_and_the_others_are_tried(write: WriteCourse) -> None:
    found = rows(write({SOLUTION: LEAVES}))
    assert come("killed", [row for row in found if row.reason == "It ends the process."]) == [
        "if x is not None:"
    ]
    assert "return x - x" in come("killed", found)


def test_wheat_is_changed_on_top_of_the_reference(of_both: list[Row]) -> None:
    found = [row for row in of_both if not row.is_pair]
    ours = [row for row in found if row.answer == "multiplies"]
    assert {row.answer for row in found} == {"", "multiplies"}
    assert ours[0].name == "multiplies:5.1"
    assert {"return x * 3", "return x / 2"} <= set(come("killed", ours))
    assert come("surviving", ours) == []


def test_a_definition_that_fails_does_not_survive_as_the_reference(write: WriteCourse) -> None:
    guarded = '"""Without gradients."""\n\n\n@torch.no_grad()\ndef double(x):\n    return x * 2\n'
    found = rows(write({"reference/ch1/wheat/double/guarded.py": guarded}), ("wheat",))
    (row,) = [row for row in found if "+@torch" in row.diff]  # a module can't be called
    assert row.fate == "killed"


def test_a_mutant_that_says_the_same_as_another_answer_is_not_tried(write: WriteCourse) -> None:
    copies = '"""Copies."""\n\n\ndef double(x):\n    return x.clone() * 2\n'
    again = WHEAT.replace("Multiplies", "The same")
    more = {"reference/ch1/wheat/double/again.py": again, "reference/ch1/wheat/double/copies.py": copies}
    found = rows(write(more), ("wheat",))
    assert {row.answer for row in found} == {"again", "copies"}
    added = [line for row in found for line in row.diff if line.startswith("+")]
    assert "+    return x * 2" not in added
    assert "+    return x.clone() / 2" in added


def test_a_limit_draws_mutants_by_the_seed(write: WriteCourse) -> None:
    root = write()
    found = rows(root, most=4)
    tried = [row.name for row in found if row.fate != "untried"]
    assert len(tried) == 4 < len(found)
    assert [row.name for row in rows(root, most=4) if row.fate != "untried"] == tried
    every = rows(root, most=1000)
    assert len(every) == len(found)
    assert "untried" not in {row.fate for row in every}


def test_wheat_may_be_left_out(write: WriteCourse) -> None:
    found = rows(write(), ("reference", "wheat"), wheat=False, pairs=3)
    assert {row.answer for row in found if row.fate != "untried"} == {""}
    assert {row.answer for row in found if row.fate == "untried"} == {"multiplies"}
    assert sum(row.is_pair for row in found) == 3


def test_an_entry_is_not_stale_while_its_mutant_is_untried(write: WriteCourse) -> None:
    root = write({LIST: EQUIVALENT})
    found = rows(root, most=1)
    judged, stale = apply_equivalents(read(load(root), "ch1"), found)
    assert len(judged) == 1
    assert stale == []


def test_pairs_are_of_mutants_that_different_checks_kill(write: WriteCourse, of_both: list[Row]) -> None:
    found = of_both
    killed = {row.name: row for row in found if not row.is_pair and row.fate == "killed"}
    pairs = [row for row in found if row.is_pair]
    assert len(pairs) == 5
    for row in pairs:
        prefix = f"{row.answer}:" if row.answer else ""
        first, second = row.name.removeprefix(prefix).split("+")
        one, other = killed[prefix + first], killed[prefix + second]
        assert one.rejected_by != other.rejected_by
        assert row.operators == (*one.operators, *other.operators)
    assert [row.name for row in pairs] == [
        row.name for row in rows(write(), ("reference", "wheat"), pairs=5) if row.is_pair
    ]


def test_two_changes_that_hide_each_other_survive(write: WriteCourse) -> None:
    root = write({SOLUTION: MASKED})
    found = rows(root, pairs=10_000)
    alone = [row for row in found if not row.is_pair and set(change_in(row.diff)) <= set(BOTH[1:])]
    assert [row.fate for row in alone] == ["killed", "killed"]
    (pair,) = [row for row in found if change_in(row.diff) == BOTH[1:]]
    assert (pair.fate, pair.operators) == ("surviving", ("number", "number"))


def test_a_listed_pair_is_tried_and_equivalent(write: WriteCourse) -> None:
    root = write({SOLUTION: MASKED})
    entry = Equivalent("double", "The key is found again.", BOTH[0])
    other = Equivalent("double", "It isn't.", BOTH[0].replace("+    key = 1", "+    key = 9"))
    found = rows(root, changes=[entry.lines, other.lines])
    judged, stale = apply_equivalents([entry], found)
    assert [row.fate for row in judged if row.is_pair] == ["equivalent"]
    assert stale == []
    (told,) = apply_equivalents([other], found)[1]
    assert "no mutant has this change" in told


def test_an_error_in_a_check_is_a_problem(write: WriteCourse) -> None:
    broken = CHECKS.replace("assert not result[x == 0].any()", "assert 1 / int((result == 2 * x).all())")
    found = rows(write({"assignments/ch1/test_doubling.py": broken}))
    (row,) = [one for one in found if "+    return x - x" in one.diff]
    assert row.problem.startswith("The check nothing_stays_nothing of double failed itself: ZeroDivision")


def test_a_listed_survivor_is_equivalent_with_its_reason(write: WriteCourse, of_reference: list[Row]) -> None:
    root = write({LIST: EQUIVALENT})
    judged, stale = apply_equivalents(read(load(root), "ch1"), of_reference)
    assert come("surviving", judged) == []
    assert {row.operators: row.reason for row in judged if row.fate == "equivalent"} == {
        ("number",): "STEP is only asked whether it is 0.",
        ("if_exp",): "STEP is not 0.",
        ("result_detached",): "Nothing is differentiated.",
        ("without_gradients",): "Nothing is differentiated.",
        ("with_gradients",): "Nothing is differentiated.",
    }
    assert stale == []


def test_an_operator_in_an_entry_covers_its_survivors_only(of_reference: list[Row]) -> None:
    found = of_reference
    entry = Equivalent("double", "None.", operator="number")
    judged, stale = apply_equivalents([entry], found)
    fates = [row.fate for row in judged if row.operators == ("number",)]
    assert (set(fates), stale) == ({"equivalent"}, [])
    (told,) = apply_equivalents([Equivalent("double", "None.", operator="swap_op")], found)[1]
    assert "a check kills its mutant" in told
    (told,) = apply_equivalents([Equivalent("double", "None.", operator="axis_changed")], found)[1]
    assert told.endswith("no mutant has this change\naxis_changed")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("-STEP = 1\n+STEP = 2", "-    return x + x\n+    return x - x", "a check kills its mutant"),
        ("+STEP = 2", "+STEP = 3", "no mutant has this change"),
    ],
)
def test_an_entry_that_no_longer_applies_is_stale(
    write: WriteCourse, of_reference: list[Row], before: str, after: str, why: str
) -> None:
    root = write({LIST: EQUIVALENT.replace(before, after)})
    judged, (told,) = apply_equivalents(read(load(root), "ch1"), of_reference)
    assert why in told
    assert told.startswith("double: remove this entry from equivalent.toml")
    assert come("surviving", judged) == ["STEP = 2"]


def test_an_entry_of_no_exercise_is_stale(write: WriteCourse) -> None:
    root = write({LIST: EQUIVALENT.replace('"double"', '"shift"', 1)})
    (told,) = orphaned_entries(load(root))
    assert told.startswith("shift: remove this entry from equivalent.toml, for ch1 has no such exercise")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[mutant]]\nexercise = 1", "Expected `str`"),
        ("[[mutants]]", "unknown field `mutants`"),
        ("[[mutant", "can't be read"),
        ('[[mutant]]\nexercise = "double"\nchange = "-x"\nreason = " "', "has no reason"),
        ('[[mutant]]\nexercise = "double"\nreason = "So."', "either a change or an operator"),
        (
            '[[mutant]]\nexercise = "double"\nchange = "-x"\noperator = "number"\nreason = "So."',
            "either a change or an operator",
        ),
        ('[[mutant]]\nexercise = "double"\nchange = "x = 1"\nreason = "So."', "that begin with - or +"),
    ],
)
def test_a_malformed_list_is_refused_with_what_to_do(write: WriteCourse, text: str, said: str) -> None:
    with pytest.raises(EquivalentsError, match=said.replace("+", r"\+")):
        read(load(write({LIST: text})), "ch1")


def test_a_check_is_redundant_if_another_rejects_all_that_it_rejects() -> None:
    found = [
        Row("reference", "r", {"form": "passed", "law": "passed", "values": "passed"}),
        Row("chaff", "a", {"form": "passed", "law": "failed", "values": "failed"}),
        Row("mutant", "1.1", {"form": "timeout", "law": "blocked", "values": "blocked"}),
        Row("mutant", "1.2", {"form": "passed", "law": "passed", "values": "error"}),
    ]
    columns = (*(Column(name, "") for name in ("form", "law", "values")), Column("more", "", bonus=True))
    assert Matrix("double", "1.2", columns, tuple(found)).redundant == ("law",)


class Page(HTMLParser):
    """Collects the cells of a page, and the files that it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.titles: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        named = dict(attrs)
        self.titles.append(named.get("title") or "")
        self.loads += [tag] if tag in {"script", "link", "img", "iframe"} else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def test_an_audit_shows_survivors_as_diffs_and_writes_a_page(write: WriteCourse, tmp_path: Path) -> None:
    root, page = write(BANDS), tmp_path / "audit.html"
    course = load(root)
    command = [
        "audit",
        "--course",
        str(root),
        "--mutants",
        "--no-sandbox",
        "--jobs",
        "2",
        "--html",
        str(page),
    ]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1, done.output
    assert "double/mutant/8.2: survives number\n" in done.output
    assert "\n-STEP = 1\n+STEP = 2\n" in done.output
    seen = Page(page.read_text(encoding="utf-8"))
    assert seen.open == []
    assert seen.loads == []
    for _section, exercise in course.exercises():
        for check in exercise.checks:
            assert check.name in seen.texts
            assert f"{check.name}: passed" in seen.titles
    for one in [*map(str, implementations(course)), "double/mutant/8.2"]:
        _exercise, kind, name = one.split("/")
        assert kind in seen.texts
        assert name in {word for text in seen.texts for word in text.split()}
    assert "+STEP = 2" in seen.texts


def test_an_audit_accepts_listed_survivors(write: WriteCourse) -> None:
    root = write({LIST: EQUIVALENT})
    done = CliRunner().invoke(
        main, ["audit", "--course", str(root), "--only", "double", "--mutants", "--no-sandbox"]
    )
    assert done.exit_code == 0, done.output
    assert "survives" not in done.output


def test_limits_without_mutants_are_refused(write: WriteCourse) -> None:
    done = CliRunner().invoke(main, ["audit", "--course", str(write()), "--pairs", "3"])
    assert (done.exit_code, "go with --mutants" in done.output) == (2, True)


def test_an_audit_counts_pairs_apart(write: WriteCourse) -> None:
    options = ["--only", "double", "--mutants", "--no-sandbox", "--max-mutants", "12", "--pairs", "2"]
    done = CliRunner().invoke(main, ["audit", "--course", str(write({LIST: EQUIVALENT})), *options])
    assert done.exit_code == 0, done.output
    (line,) = [line.split() for line in done.output.splitlines() if line.startswith("double ")][:1]
    assert line[3:5] == ["12", "2"]


def test_an_audit_refuses_a_page_that_it_cannot_write(write: WriteCourse, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["audit", str(write()), "--html", str(tmp_path / "none" / "a.html")])
    assert done.exit_code == 2
    assert "There is no folder" in done.output


def test_an_audit_refuses_a_list_that_it_cannot_read(write: WriteCourse) -> None:
    done = CliRunner().invoke(
        main, ["audit", "--course", str(write({LIST: "mutant = 1"})), "--mutants", "--no-sandbox"]
    )
    assert done.exit_code == 2
    assert "equivalent.toml can't be read" in done.output
