"""The message about a failure with its labels in colour, where the terminal shows colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from _pytest._code.code import TerminalRepr

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter

COLOURS: Final[dict[str, dict[str, bool]]] = {
    "try": {"bold": True},
    "got": {"red": True},
    "expected": {"green": True},
    "hint": {"cyan": True},
    "perhaps": {"cyan": True},
}
"""The markup of each label, as `TerminalWriter.write` takes it."""
_LABEL: Final = re.compile(r"(?:^|(?<=   ))(try|got|expected|hint|perhaps):(?= |$)")


class ColouredText(TerminalRepr):
    """A failure's text, as pytest's reports hold it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def toterminal(self, tw: TerminalWriter) -> None:
        """Write the text. pytest leaves the colours out where there are none."""
        for line in self.text.splitlines():
            end = 0
            for label in _LABEL.finditer(line):
                tw.write(line[end : label.start()])
                tw.write(label[0], **COLOURS[label[1]])
                end = label.end()
            tw.line(line[end:])

    def __str__(self) -> str:
        """Return the text as it is."""
        return self.text
