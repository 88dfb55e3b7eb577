"""The message about a check that did not pass, as the student reads it."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from grader.records.check_names import RIGHT_VALUES
from grader.reporting.side_by_side_diff import columns, in_rows

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section
    from grader.records.verdict import Verdict

State = Literal["right", "wrong", "to do"]
"""The state of an exercise."""
MARKS: Final[dict[State, tuple[str, str]]] = {"right": ("✓", "+"), "wrong": ("✗", "x"), "to do": ("○", "-")}
"""The symbol of each state; the second one is for terminals that have only ASCII."""
MAX_WIDTH: Final = 100
LABEL_WIDTH: Final = 10
PROSE_LABELS: Final = frozenset({"hint", "perhaps", "points", "before"})
"""Labels of texts that are prose, not code."""
SIDES: Final = ("got", "expected")
MAX_LINES: Final = 12
MAX_LINE: Final = 200
ASCII: Final = str.maketrans(
    {
        "…": "...",
        "²": "^2",
        "½": "1/2",
        "≤": "<=",
        "≥": ">=",
        "→": "->",
        "·": "*",
        "\N{MULTIPLICATION SIGN}": "*",
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    }
)
"""ASCII spellings of characters in the docstrings of laws, for terminals that have only ASCII."""


@dataclass(frozen=True, slots=True)
class FailureDetails:
    """A check that did not pass, with all that its message needs.

    Args:
        verdict: the verdict on the check.
        root: the verdict that gives the reason: of a blocked check, the verdict that blocks it.
        section: the check's section.
        suspects: failed exercises that the answer called, and may have failed because of.
        right_before: a sentence about an earlier attempt that is right; empty without one.
        printed: what the answer printed in the call that is shown.
        uncounted: checks that passed, and earn no points because of `root`.
        all_hints: whether to show all hints, not just the first one.
        advice: what to do if the exercise is still a stub or its file can't be run; the message is then only
            the root's message and this advice.
        picture: path of the picture of the result; empty without one.
        hints_option: the option that shows all hints.

    """

    verdict: Verdict
    root: Verdict
    section: Section
    suspects: tuple[str, ...] = ()
    right_before: str = ""
    printed: str = ""
    uncounted: tuple[str, ...] = ()
    all_hints: bool = False
    advice: str = ""
    picture: str = ""
    hints_option: str = "--hints"


def terminal_text(details: FailureDetails) -> str:
    """Return the message as a terminal shows it, wrapped to its width."""
    width = min(shutil.get_terminal_size().columns, MAX_WIDTH) - 1
    labelled = pieces(details)
    sides = [piece for piece in labelled if piece[0] in SIDES]
    lines = []
    for label, text in labelled:
        if len(sides) < len(SIDES) or label not in SIDES:
            lines.append(_laid_out(label, text, width))
        elif label == SIDES[0]:
            lines += columns((sides[0], sides[1]), width, LABEL_WIDTH)
    return "\n".join(lines)


def pieces(details: FailureDetails) -> list[tuple[str, str]]:
    """Return the pieces of the message in order, each with its label; prose has an empty label.

    The pieces are the law, the call that breaks it, the result, the expected one, the error, a hint, and the
    section of the book.
    """
    root, section = details.root, details.section
    message = _located(root.message, section)
    if details.advice:
        labelled = [("", message), ("", details.advice)]
        return [(label, text) for label, text in labelled if text]
    labelled = facts(root, message)
    if root is not details.verdict:
        labelled.insert(0, ("", f"{details.verdict.name} is blocked by {root.name}:"))
    labelled.append(("printed", shortened(details.printed)))
    labelled += _hints(root, "" if details.all_hints else details.hints_option)
    labelled.append(("before", details.right_before))
    labelled.append(("perhaps", _suspicion(details.suspects)))
    labelled.append(("points", _open_points(details.uncounted)))
    labelled.append(("picture", details.picture))
    labelled.append(("book", f"section {section.number}, {section.title}"))
    return [(label, text) for label, text in labelled if text]


def facts(verdict: Verdict, message: str) -> list[tuple[str, str]]:
    """Return the pieces that come from a verdict: law, call, result, expected result, error."""
    labelled = [("", verdict.statement), ("try", verdict.setup + verdict.counterexample)]
    labelled += [("got", in_rows(verdict.got)), ("expected", in_rows(verdict.expected)), ("", message)]
    return [(label, text) for label, text in labelled if text]


def shown_path(path: Path | str, folder: Path | None = None) -> str:
    """Return a path relative to a folder (default: the current one); absolute if it is on another drive."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def shortened(output: str, see_all: str = "pytest -s shows them all") -> str:
    """Return the beginning of a long output; `see_all` says how to see the rest."""
    lines = output.splitlines(keepends=True)
    kept = [line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}...\n" for line in lines[:MAX_LINES]]
    left = len(lines) - len(kept)
    more = f"... and {left} more lines; {see_all}\n" if left else ""
    return "".join(kept) + more


def encodable(text: str, encoding: str) -> str:
    """Return a text that an encoding can represent, with ASCII spellings where needed."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def _hints(root: Verdict, option: str) -> list[tuple[str, str]]:
    """Return the hints to show; where an option shows more than the first one, that says so."""
    hints = (root.hint, *root.further_hints)
    if not option or len(hints) == 1:
        return [("hint", hint) for hint in hints]
    return [("hint", f"{root.hint} (more with {option})")]


def _suspicion(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    listed = " and ".join(names)
    return (
        f"this may be caused by {listed}, which failed: fix {listed} first. When you hand in, this exercise "
        f"is also run with the reference solution of {listed}."
    )


def _open_points(names: tuple[str, ...]) -> str:
    """Return why checks that passed have no points."""
    if not names:
        return ""
    holds, earns = ("holds", "earns its") if len(names) == 1 else ("hold", "earn their")
    return f"{' and '.join(names)} {holds}, and {earns} points once {RIGHT_VALUES} passes"


def _laid_out(label: str, text: str, width: int) -> str:
    if not label:
        return _prose(text, width)
    if label == "try" and "\n" in text:  # only lines without indentation can be pasted
        return f"{label}:\n{text}"
    return _labelled(label, _prose(text, width - LABEL_WIDTH) if label in PROSE_LABELS else text)


def _prose(text: str, width: int) -> str:
    """Return a text wrapped to a width; indented lines are code and stay as they are."""
    return "\n".join(
        line
        if line.startswith("    ")
        else textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )


def _located(message: str, section: Section) -> str:
    """Return a message with the name of the student's file, not its path, and code on separate lines."""
    path, name = re.escape(str(section.stub)), section.stub.name
    split = re.sub(rf"(?m)^{path}(, in \w+)?, line (\d+): (.*)$", rf"{name}, line \2\1\n    \3", message)
    return split.replace(str(section.stub), name)


def _labelled(label: str, text: str) -> str:
    indent = " " * LABEL_WIDTH
    return f"{label + ':':<{LABEL_WIDTH}}" + f"\n{indent}".join(text.splitlines())
