"""Labels of a failure's message are coloured, and nothing else is."""

from __future__ import annotations

import io

from _pytest._io import TerminalWriter

from grader.local.coloured_text import ColouredText

TEXT = "try:      f(1)\ngot:      1   expected: 2\nhint: see\nexpected the hint: x\n  got: 3\n\nend"


def written(*, colours: bool) -> str:
    stream = io.StringIO()
    writer = TerminalWriter(stream)
    writer.hasmarkup = colours
    ColouredText(TEXT).toterminal(writer)
    return stream.getvalue()


def test_without_colours_the_text_stays_as_it_is() -> None:
    assert written(colours=False) == f"{TEXT}\n"
    assert str(ColouredText(TEXT)) == TEXT


def test_labels_are_coloured() -> None:
    bold, red, green, cyan, end = (f"\x1b[{number}m" for number in (1, 31, 32, 36, 0))
    assert written(colours=True).splitlines() == [
        f"{bold}try:{end}      f(1)",
        f"{red}got:{end}      1   {green}expected:{end} 2",
        f"{cyan}hint:{end} see",
        "expected the hint: x",
        "  got: 3",
        "",
        "end",
    ]
