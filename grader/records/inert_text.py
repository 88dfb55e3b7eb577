"""Text that students wrote, without the characters by which it would act on whoever shows it.

Terminals, browsers, spreadsheets and editors take some characters as commands: control characters, marks that
change the direction of writing, characters without width. Reports hold none of them (see
`grader.reporting.report.Report`), so no page and no format has to look for them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

ACTIVE: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Categories of Unicode: control, format, surrogate, unassigned, separators of lines and of paragraphs.

What is unassigned may mean anything to a newer program, and XML forbids some of it.
"""
LAYOUT: Final = "\n\t"
"""Control characters that texts of several lines need."""
REPLACEMENT: Final = "?"


def inert(text: str) -> str:
    r"""Return a text of one or more lines with a question mark for each active character.

    Ends of lines become `\n`, and tabs are kept.
    """
    if text.isprintable():
        return text
    return "".join(
        REPLACEMENT if is_active(character) and character not in LAYOUT else character
        for character in text.replace("\r\n", "\n")
    )


def inert_line(text: str) -> str:
    """Return a text for one line with a question mark for each active character, ends of lines included."""
    return "".join(REPLACEMENT if is_active(character) else character for character in text)


def is_active(character: str) -> bool:
    """Return whether a character may act on the program that shows it."""
    return unicodedata.category(character) in ACTIVE
