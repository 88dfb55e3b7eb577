"""Hostile submissions: what a student may hand in to get points, answers or trouble without earning them.

Each file in `hostile/<aim>/` is a whole submission to a course of one exercise, `double(n)`; its first line
says what it is after, and whether the answer in it is right: then the points for that are its own. In the
sources, words like CLASS_FOLDER stand for what the test puts there: an attacker is supposed to know the
machine as well as its owner does. They are for the wall, and not to be run without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

RIGHT: Final = "def double(n):\n    return n + n\n"
CORPUS: Final = Path(__file__).with_name("hostile")


@dataclass(frozen=True)
class Attack:
    """One hostile submission; whether its answer `earns` points by itself."""

    source: str
    earns: bool


def attack(path: Path) -> Attack:
    """The attack in a file."""
    source = path.read_text(encoding="utf-8")
    return Attack(source, earns="Its answer is right." in source.partition("\n")[0])


ATTACKS: Final = {f"{path.parent.name}_{path.stem}": attack(path) for path in sorted(CORPUS.glob("*/*.py"))}
"""By what it is called in the class: `forge_equal_to_all`."""
