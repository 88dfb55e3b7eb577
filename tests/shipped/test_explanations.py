"""An explanation begins with what is seen: that much is true of any answer that behaves like a chaff.

How an answer is written isn't known. So no first sentence may claim it; what follows may say how it usually
comes about. In blind measurements, most names that were wrong claimed a call, an order or a place.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import pytest

from tests.fixtures.shipped import IMPLEMENTATIONS

CHAFF: Final = [one for one in IMPLEMENTATIONS if one.kind == "chaff"]
LONGEST: Final = 120
SEES_CALLS: Final = frozenset({"from_scratch"})
"""The checks that look at how an answer is written."""

CLAIMS: Final = {
    "a step of the program": re.compile(
        r"\b[Yy]ou (?:call|assign|loop|convert|clone|reshape|stack|detach|import|bind|copy)\b"
    ),
    "an order of statements": re.compile(r"\b(?:inside|after|before) (?:the|your) loop\b|\bends without\b"),
    "a place": re.compile(r"\b(?:on|to) the class\b|\bdefault argument\b"),
    "code": re.compile(r"\w*\.\w+\(|\btorch\.\w|`[^`\s]*[(.=][^`]*`|\b(?:dim|keepdim)=|//|\+=|-="),
}
LEAVES_OPEN: Final = re.compile(r"\b(?:as|such|often|usually|perhaps|for example|may|if)\b")


def claims(sentence: str) -> list[str]:
    """Return what a first sentence claims of the code, which nobody has seen."""
    if LEAVES_OPEN.search(sentence):
        return []
    return [name for name, pattern in CLAIMS.items() if pattern.search(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You call .detach(), so no gradient flows back.", ["a step of the program", "code"]),
        ("You return X.clone() instead of X.", ["code"]),
        ("You zero the gradient inside the loop over parameters.", ["an order of statements"]),
        ("Your function ends without a return.", ["an order of statements"]),
        ("Your weights are kept on the class.", ["a place"]),
        ("The mean has dim=0.", ["code"]),
        ("Your result is cut off from the graph.", []),
        ("Your result is rounded, as .item() would round it.", []),
    ],
)
def test_claims_are_told_from_what_is_seen(sentence: str, expected: list[str]) -> None:
    assert claims(sentence) == expected


def test_the_first_sentence_claims_no_more_than_is_seen() -> None:
    found = {
        str(one): claims(first)
        for one in CHAFF
        if SEES_CALLS.isdisjoint(one.must_fail) and claims(first := one.explanation.partition("\n")[0])
    }
    assert found == {}


def test_it_stands_alone_on_one_line() -> None:
    """Tables show nothing else of an explanation."""
    for one in CHAFF:
        first, gap, _rest = one.explanation.partition("\n\n")
        assert gap, one
        assert "\n" not in first, one
        assert first.endswith("."), one
        assert len(first) <= LONGEST, one


def test_no_two_explanations_of_an_exercise_begin_alike() -> None:
    firsts = Counter((one.exercise.name, one.explanation.partition("\n")[0]) for one in CHAFF)
    assert [found for found, count in firsts.items() if count > 1] == []
