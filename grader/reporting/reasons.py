"""The reason for a failure in a few words, for summaries: "TypeError, line 25", "shape (2,) for (3, 2)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.records.check_names import IS_DEFINED, RIGHT_VALUES

if TYPE_CHECKING:
    from grader.records.verdict import Verdict

MAX_SIDE: Final = 20
"""The longest literals that are worth showing in a summary."""
_LINE: Final = re.compile(r", line (\d{1,6})")
_KIND: Final = re.compile(r"(?m)^(?:on \w{1,10}: )?([A-Za-z_]\w{1,60})(?::|$)")
"""The exception, on the first line that isn't one of the student's. (A drive of Windows has one letter.)"""
_SHAPE: Final = re.compile(r"the shape is (\([\d, ]{0,60}\)), expected (\([\d, ]{0,60}\))")
_DTYPE: Final = re.compile(r"the dtype is (?:torch\.)?(\w{1,20}), expected (?:torch\.)?(\w{1,20})")
_TYPE: Final = re.compile(r"^(an? [\w. ]{1,40}) was expected, (.{1,60}?)(?: \(.{0,60}\))? came back")
_LITERAL: Final = re.compile(r"^torch\.tensor\((.*)\)$")


def short_reason(verdict: Verdict) -> str:
    """Return why a check failed, in a few words; where it has no better ones, the name of the check."""
    message = verdict.message
    kind = _KIND.search(message) if verdict.status == "error" else None
    above = message[: kind.start() if kind else None].splitlines()
    places = [_LINE.search(line) for line in above if line[:1] != " "]  # the code of a place is indented
    lines = [place[1] for place in places if place]
    where = f", line {lines[-1]}" if lines else ""
    stopped = "endless loop" if "does a loop never end?" in message else "out of time"
    words = kind[1] if kind else ""
    words = {"timeout": stopped, "out_of_memory": "out of memory", "crashed": "crashed"}.get(
        verdict.status, words
    )
    if words:
        return f"{words}{where}"
    if verdict.name == IS_DEFINED:
        return "not defined"
    return _difference(message) or (_values(verdict) if verdict.name == RIGHT_VALUES else verdict.name)


def exception_of(verdict: Verdict) -> str:
    """Return the kind of the exception that an answer raised: "TypeError"; "" if the message names none."""
    kind = _KIND.search(verdict.message)
    return kind[1] if kind else ""


def _difference(message: str) -> str:
    """Return which shape, dtype or type came back for which, from the messages of the standard checks."""
    for pattern, words in ((_SHAPE, "shape {} for {}"), (_DTYPE, "{} for {}"), (_TYPE, "{1} for {0}")):
        found = pattern.search(message)
        if found:
            return words.format(*found.groups())
    return ""


def _values(verdict: Verdict) -> str:
    got, expected = (_without_call(literal) for literal in (verdict.got, verdict.expected))
    is_short = got and expected and got != expected and max(len(got), len(expected)) <= MAX_SIDE
    return f"{got} for {expected}" if is_short else "wrong values"


def _without_call(literal: str) -> str:
    """Return "1." of the literal "torch.tensor(1.)"; others unchanged."""
    found = _LITERAL.match(literal)
    return found[1] if found and "," not in found[1] else literal
