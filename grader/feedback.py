"""What a student reads about a check that did not pass."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course import Section
    from grader.verdict import Verdict

WIDTH = 79


def explained(verdict: Verdict, section: Section) -> str:
    """Return the law, the call that breaks it, what came back, what was expected, a hint and the section."""
    parts = [("", verdict.statement), ("", verdict.message)]
    if verdict.status != "blocked":
        parts += [
            ("try", verdict.counterexample),
            ("got", verdict.got),
            ("expected", verdict.expected),
            ("hint", verdict.hint),
            ("book", f"section {section.number}, {section.title}"),
        ]
    return "\n".join(_part(label, text) for label, text in parts if text)


def _part(label: str, text: str) -> str:
    if not label:
        return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="    ") for line in text.splitlines())
    indent = " " * 10
    return f"{label + ':':<10}" + f"\n{indent}".join(text.splitlines())
