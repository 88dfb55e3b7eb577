"""The message about a failure with its labels in colour, where the terminal shows colours."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from _pytest._code.code import TerminalRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _pytest._io import TerminalWriter

COLOURS: Final[dict[str, dict[str, bool]]] = {
    "try": {"bold": True},
    "got": {"red": True},
    "expected": {"green": True},
    "hint": {"cyan": True},
    "perhaps": {"cyan": True},
}
"""The markup of each label, as `TerminalWriter.write` takes it."""
BOOK: Final = "book: "
KNOW_LINKS: Final = {
    "TERM_PROGRAM": {"iTerm.app", "vscode", "WezTerm", "Hyper", "ghostty", "mintty"},
    "TERM": {"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm"},
}
"""By variable, what terminals that know OSC 8 say of themselves."""
SET_BY_TERMINALS_THAT_DO: Final = ("WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "DOMTERM")
FIRST_VTE_WITH_LINKS: Final = 5000
_LABEL: Final = re.compile(r"(?:^|(?<=   ))(try|got|expected|hint|perhaps):(?= |$)")


class ColouredText(TerminalRepr):
    """A failure's text, as pytest's reports hold it.

    Args:
        text: the text.
        book: the address of the page in the book, to which the line about the book is a link.
    """

    def __init__(self, text: str, book: str = "") -> None:
        self.text = text
        self.book = book

    def toterminal(self, tw: TerminalWriter) -> None:
        """Write the text. pytest leaves the colours out where there are none."""
        for line in self.text.splitlines():
            end = 0
            for label in _LABEL.finditer(line):
                tw.write(line[end : label.start()])
                tw.write(label[0], **COLOURS[label[1]])
                end = label.end()
            is_link = self.book and line.startswith(BOOK) and tw.hasmarkup and shows_links(os.environ)
            tw.line(hyperlink(self.book, line[end:]) if is_link else line[end:])

    def __str__(self) -> str:
        """Return the text as it is."""
        return self.text


def shows_links(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal shows links that are written as OSC 8; others might show the characters.

    FORCE_HYPERLINK overrides, as in other programs: 0 for no, anything else for yes.
    """
    forced = environment.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced != "0"
    if any(environment.get(name) in known for name, known in KNOW_LINKS.items()):
        return True
    version = environment.get("VTE_VERSION", "")
    return any(name in environment for name in SET_BY_TERMINALS_THAT_DO) or (
        version.isdecimal() and int(version) >= FIRST_VTE_WITH_LINKS
    )


def hyperlink(address: str, text: str) -> str:
    """Return a text that is a link in a terminal."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
