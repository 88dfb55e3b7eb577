"""What students wrote in words, as records."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from grader.records.sources import SourcePath

MAX_TEXT: Final = 20_000
MAX_ANSWERS: Final = 200
MAX_NUMBER: Final = 20
CUT: Final = "\n…"
"""The end of a text that is longer than that."""


class WrittenAnswer(msgspec.Struct, frozen=True):
    """What a student wrote about a section of the book: the text below headings with its number.

    Args:
        section: the number of the section: "4.4".
        text: the text, in Markdown, with the headings.
        path: the file, for display; where it goes on in another one, the first.
    """

    section: Annotated[str, Meta(max_length=MAX_NUMBER)]
    text: Annotated[str, Meta(max_length=MAX_TEXT + len(CUT))]
    path: SourcePath


WrittenAnswers = Annotated[tuple[WrittenAnswer, ...], Meta(max_length=MAX_ANSWERS)]
