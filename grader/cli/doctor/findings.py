"""What `grader doctor` says of one thing."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

State = Literal["fine", "hint", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing; `mend` is what to do, where something is to be done.

    `broken` is what a student can't work without; `hint` is all else.
    """

    name: str
    state: State
    found: str
    mend: str = ""


def pip(what: str) -> str:
    """Return the command that installs something in the running Python."""
    return f'"{sys.executable}" -m pip install {what}'
