"""What a student reads about a check that did not pass."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from grader.reporting.side_by_side_diff import columns, in_rows

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section
    from grader.records.verdict import Verdict

State = Literal["right", "wrong", "to do"]
"""What an exercise is."""
MARKS: Final[dict[State, tuple[str, str]]] = {"right": ("✓", "+"), "wrong": ("✗", "x"), "to do": ("○", "-")}
"""The signs for it; the second one for terminals that have only ASCII."""
WIDEST: Final = 100
LABELS: Final = 10
SENTENCES: Final = frozenset({"hint", "perhaps"})
"""Labels of what is prose, and no code."""
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
"""How to write on a terminal that has no more what docstrings of laws hold."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that did not pass.

    `root` is the verdict that says why: of a check that waits for another one, that other one's. `suspects`
    are siblings that aren't right yet, and may be the reason. `all_hints` is for who wants more than the
    first. Where no law is at fault (the file as a whole can't be run, or nothing is written yet), `advice` is
    all that is said besides the root's message. `picture` is the file that shows the answer; `shell` opens a
    prompt that knows all names of the call, where Python alone doesn't.
    """

    verdict: Verdict
    root: Verdict
    section: Section
    suspects: tuple[str, ...] = ()
    all_hints: bool = False
    advice: str = ""
    picture: str = ""
    shell: str = ""


def explained(finding: Finding) -> str:
    """Return all that is said of a finding, as a terminal shows it."""
    width = min(shutil.get_terminal_size().columns, WIDEST) - 1
    said = pieces(finding)
    sides = [piece for piece in said if piece[0] in SIDES]
    lines = []
    for label, text in said:
        if len(sides) < len(SIDES) or label not in SIDES:
            lines.append(_laid_out(label, text, width))
        elif label == SIDES[0]:
            lines += columns((sides[0], sides[1]), width, LABELS)
    return "\n".join(lines)


def pieces(finding: Finding) -> list[tuple[str, str]]:
    """Return the pieces of what is said of a finding, in order, each with its label; prose has none.

    The law, the call that breaks it, what came back and was expected, how far off, a hint, the section.
    """
    root, section = finding.root, finding.section
    message = _located(root.message, section)
    if finding.advice:
        said = [("", message), ("", finding.advice)]
        return [(label, text) for label, text in said if text]
    prompt = f"# in: {finding.shell}\n" if finding.shell and root.counterexample else ""
    said = facts(root, message, prompt)
    if root is not finding.verdict:
        said.insert(0, ("", f"{finding.verdict.name} waits for {root.name}:"))
    said += [*_hints(root, all_of_them=finding.all_hints), ("perhaps", _suspicion(finding.suspects))]
    said.append(("picture", finding.picture))
    said.append(("book", f"section {section.number}, {section.title}"))
    return [(label, text) for label, text in said if text]


def facts(verdict: Verdict, message: str, prompt: str = "") -> list[tuple[str, str]]:
    """Return the pieces of what was found: the law, the call, what came back and was expected, how far off.

    `prompt` stands above the call.
    """
    said = [("", verdict.statement), ("try", prompt + verdict.counterexample)]
    said += [("got", in_rows(verdict.got)), ("expected", in_rows(verdict.expected)), ("", message)]
    return [(label, text) for label, text in said if text]


def shown_path(path: Path | str, folder: Path | None = None) -> str:
    """Return a path as it is typed in a folder (default: where we are); absolute, from another drive."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def shortened(output: str, all_of_it: str = "pytest -s shows them all") -> str:
    """Return the beginning of what a student's code printed: it was called dozens of times."""
    lines = output.splitlines(keepends=True)
    kept = [line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}...\n" for line in lines[:MAX_LINES]]
    left = len(lines) - len(kept)
    more = f"... and {left} more lines; {all_of_it}\n" if left else ""
    return "".join(kept) + more


def printable(text: str, encoding: str) -> str:
    """Return a text that can be written in an encoding, as close as may be."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def _hints(root: Verdict, *, all_of_them: bool) -> list[tuple[str, str]]:
    """Return the hints to show, and that there are more."""
    hints = (root.hint, *root.further_hints)
    if all_of_them or len(hints) == 1:
        return [("hint", hint) for hint in hints]
    return [("hint", f"{root.hint} (more with --hints)")]


def _suspicion(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    listed = " and ".join(names)
    return (
        f"it is the fault of {listed}, which it may call and which isn't right yet: mend that first. "
        "When you hand in, this is checked without that fault."
    )


def _laid_out(label: str, text: str, width: int) -> str:
    if not label:
        return _prose(text, width)
    if label == "try" and "\n" in text:  # several lines can be pasted only if they aren't indented
        return f"{label}:\n{text}"
    return _labelled(label, _prose(text, width - LABELS) if label in SENTENCES else text)


def _prose(text: str, width: int) -> str:
    """Return a text in lines of a width; a line that is indented is code, and stays."""
    return "\n".join(
        line
        if line.startswith("    ")
        else textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )


def _located(message: str, section: Section) -> str:
    """Return a message in which the student's file goes by its name, and code has lines of its own."""
    path, name = re.escape(str(section.stub)), section.stub.name
    split = re.sub(rf"(?m)^{path}(, in \w+)?, line (\d+): (.*)$", rf"{name}, line \2\1\n    \3", message)
    return split.replace(str(section.stub), name)


def _labelled(label: str, text: str) -> str:
    indent = " " * LABELS
    return f"{label + ':':<{LABELS}}" + f"\n{indent}".join(text.splitlines())
