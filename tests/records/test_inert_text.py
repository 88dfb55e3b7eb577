"""Texts lose what acts on the program that shows them, and nothing else."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records.inert_text import inert, inert_line

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
OTHERS = (
    "\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\xad\u200b\u200d\u2028\u2029\u2060\ufeff\uffff\ud800\udfff\U000e0041"
)


@pytest.mark.parametrize("character", [*BIDIRECTIONAL, *OTHERS], ids=ascii)
def test_active_characters_become_question_marks(character: str) -> None:
    assert inert(f"a{character}b") == inert_line(f"a{character}b") == "a?b"


@pytest.mark.parametrize("text", ["", "x = [1]", "Łukasz", "山", "é", "שלום", "a\u00a0b", "🎓", "1 ≤ ∞"])
def test_texts_of_all_languages_stay_as_they_are(text: str) -> None:
    assert inert(text) == inert_line(text) == text


def test_lines_and_tabs_stay_where_a_text_may_have_them() -> None:
    assert inert("a\r\n\tb\n") == "a\n\tb\n"
    assert inert("50%\r100%") == "50%?100%"
    assert inert_line("a\n\tb") == "a??b"


@given(st.text(st.characters(max_codepoint=sys.maxunicode)))
def test_what_is_inert_can_be_encoded_and_stays_so(text: str) -> None:
    once = inert(text)
    assert once.encode().decode() == once == inert(once)
