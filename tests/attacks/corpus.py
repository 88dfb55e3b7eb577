"""Hostile submissions: what a student may hand in to get points, answers or trouble without earning them.

Each file in `hostile/<aim>/` is a submission to a course of one exercise, `double(n)`. Its first line says
what it attempts, and whether its answer is correct: then it may have the points for that. In the sources, the
test replaces words like CLASS_FOLDER by paths of this machine: an attacker is assumed to know it as well as
its owner does. Never run these files outside the sandbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

RIGHT: Final = "def double(n):\n    return n + n\n"
CORPUS: Final = Path(__file__).with_name("hostile")


@dataclass(frozen=True)
class Attack:
    """One hostile submission; `earns` says whether its answer deserves points."""

    source: str
    earns: bool


def attack(path: Path) -> Attack:
    """Return the attack in a file."""
    source = path.read_text(encoding="utf-8")
    return Attack(source, earns="Its answer is right." in source.partition("\n")[0])


ATTACKS: Final = {f"{path.parent.name}_{path.stem}": attack(path) for path in sorted(CORPUS.glob("*/*.py"))}
"""By the name of the submission: `forge_equal_to_all`."""
