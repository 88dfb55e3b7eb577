"""Labels of a failure's message are coloured, and nothing else is."""

from __future__ import annotations

import io

import pytest
from _pytest._io import TerminalWriter

from grader.local.coloured_text import ColouredText, shows_links

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


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "7200"}, True),
        ({"VTE_VERSION": "4602"}, False),
        ({"WT_SESSION": "1"}, True),
        ({"WT_SESSION": "1", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_a_terminal_that_knows_links_gets_one(variables: dict[str, str], *, shown: bool) -> None:
    assert shows_links(variables) is shown


def test_the_line_about_the_book_is_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    stream = io.StringIO()
    writer = TerminalWriter(stream)
    writer.hasmarkup = True
    ColouredText("got: 1\nbook:     section 5.1", "https://d2l.ai/mlp.html").toterminal(writer)
    line = stream.getvalue().splitlines()[1]
    assert line == "\x1b]8;;https://d2l.ai/mlp.html\x1b\\book:     section 5.1\x1b]8;;\x1b\\"
    assert str(ColouredText("book: x", "https://d2l.ai")) == "book: x"


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
