"""No regular expression of the package takes more time than in proportion to the text's length.

Many run over what students wrote: messages of exceptions, cells of notebooks, names. A pattern such as
`Expected .* on .*cuda` takes the cube of the length.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

import grader
from grader.judging.exception_hints import HINTS
from grader.judging.observation_equality import COMPLAINTS
from tests.project.backtracking import is_superlinear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FUNCTIONS: Final = frozenset(
    {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
)
MADE_AT_RUN_TIME: Final = {"judging/exception_hints.py", "judging/observation_equality.py"}
"""Modules whose patterns are not in their calls of `re`; a test of its own looks at them."""
TO_BE_REWRITTEN: Final = {"submissions/decoding.py"}


class Expression(NamedTuple):
    """A regular expression in the source code, and the methods by which it is used."""

    where: str
    pattern: str
    flags: int
    methods: frozenset[str]


def sources() -> dict[Path, ast.Module]:
    """Return the syntax trees of the package."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in grader.PACKAGE.rglob("*.py")}


def text_of(node: ast.expr, names: dict[str, str]) -> str | None:
    """Return the pattern that an expression stands for, with X for what is filled in; None if unknown."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=bytes() as data):
            return data.decode("latin-1")
        case ast.JoinedStr(values=values):
            return "".join(text_of(one, names) or "X" for one in values)
        case ast.BinOp(left=left, right=right):
            sides = [text_of(left, names), text_of(right, names)]
            return "".join(side for side in sides if side is not None) if None not in sides else None
        case ast.Name(id=name):
            return names.get(name)
    return None


def flags_of(call: ast.Call) -> int:
    """Return the flags among a call's arguments, such as `re.VERBOSE`."""
    found = 0
    for node in [*call.args[1:], *(keyword.value for keyword in call.keywords)]:
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and isinstance(getattr(re, one.attr, None), re.RegexFlag):
                found |= getattr(re, one.attr)
    return found


def compiled_names(tree: ast.Module) -> dict[int, str]:
    """Return the names to which compiled patterns are assigned, by the number of the call's line."""
    return {
        statement.value.lineno: target.id
        for statement in tree.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(statement.value, ast.Call)
        for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
        if isinstance(target, ast.Name)
    }


def methods_by_name(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """Return the methods that are called on each name anywhere in the package."""
    found: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
                    found.setdefault(name, set()).add(method)
    return found


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls of functions of `re` that take a pattern."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)) if name in FUNCTIONS:
                yield node


@cache
def expressions() -> tuple[list[Expression], set[str]]:
    """Return the regular expressions of the package, and the modules with some that only a run makes.

    They are found when a test needs them, since each worker collects the tests.
    """
    trees = sources()
    methods_of = methods_by_name(trees.values())
    found, unknown = [], set()
    for path, tree in trees.items():
        module, names = path.relative_to(grader.PACKAGE).as_posix(), compiled_names(tree)
        constants = {
            statement.targets[0].id: text
            for statement in tree.body
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
            if (text := text_of(statement.value, {})) is not None
        }
        for call in calls(tree):
            pattern = text_of(call.args[0], constants)
            function = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            name = names.get(call.lineno, "") if function == "compile" else ""
            methods = frozenset(methods_of.get(name, ()) if name else {function})
            if pattern is None:
                unknown.add(module)
            else:
                found.append(Expression(f"{module}:{call.lineno}", pattern, flags_of(call), methods))
    return found, unknown


def is_slow(one: Expression) -> bool:
    """Return whether an expression takes more than linear time, in the way in which it is used."""
    anchored, whole = one.methods <= {"match", "fullmatch"}, one.methods == {"fullmatch"}
    return is_superlinear(one.pattern, one.flags, anchored=anchored, whole=whole)


def test_no_regular_expression_takes_more_than_linear_time() -> None:
    """All of those that are to be rewritten do: else they are off the list."""
    found, _unknown = expressions()
    assert {one.where for one in found if is_slow(one)} == {
        one.where for one in found if one.where.partition(":")[0] in TO_BE_REWRITTEN
    }


@pytest.mark.parametrize("pattern", [*HINTS, *COMPLAINTS.values()], ids=lambda one: one.pattern)
def test_no_pattern_of_a_hint_or_a_complaint_takes_more_than_linear_time(pattern: re.Pattern[str]) -> None:
    assert not is_superlinear(pattern.pattern, pattern.flags)


def test_the_patterns_that_a_run_makes_are_known() -> None:
    _found, unknown = expressions()
    assert unknown == MADE_AT_RUN_TIME


def test_patterns_in_all_forms_are_found() -> None:
    found, _unknown = expressions()
    modules = {expression.where.partition(":")[0] for expression in found}
    assert {
        "reporting/feedback.py",  # an f-string in re.sub
        "execution/loading/cells.py",  # several literals in re.compile, with flags
        "submissions/contents.py",  # re.match
        "judging/observation_equality.py",  # a name
    } <= modules
    (magic,) = (one for one in found if "nvidia-smi" in one.pattern)
    assert magic.where.startswith("execution/loading/cells.py")
    assert magic.methods == {"fullmatch"}
    assert magic.flags == re.VERBOSE


@pytest.mark.parametrize(
    "pattern",
    [
        r"on the same device|either on cpu|Expected .* on .*cuda",
        r"expected .* to have the same dtype",
        r"(a*)*b",
        r"(a|a)*b",
        r"(\w|\d)+!",
        r"^\s*\s*x",
        r"a+b",
        r'"(?:[^"\\]|\\.)*"',
        r"(?m)^a.*\n?.*b\s",
    ],
)
def test_patterns_that_take_longer_are_rejected(pattern: str) -> None:
    assert is_superlinear(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"'\w+'",
        r"`+",
        r"\bclass\b",
        r"(?m)^a\w+, line",
        r"^a.*b",
        r"Expected .{0,100} on .{0,100}cuda",
        r"^(ab|ac)*d",
        r"a.*",
    ],
)
def test_patterns_in_linear_time_are_not(pattern: str) -> None:
    assert not is_superlinear(pattern)


def test_how_a_pattern_is_used_counts() -> None:
    assert is_superlinear("a+b")
    assert not is_superlinear("a+b", anchored=True)
    assert is_superlinear("a*.*", whole=True)
    assert not is_superlinear("a*.*", anchored=True)
