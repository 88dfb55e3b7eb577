"""A finding of `grader doctor`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Args:
        name: what was checked.
        state: "error" if students can't work like this, "warning" for any other problem, or "ok".
        detail: what was found.
        fix: what to do; empty if there is nothing to do.
    """

    name: str
    state: State
    detail: str
    fix: str = ""


def pip(arguments: str) -> str:
    """Return the command that installs something in the running Python."""
    return f'"{sys.executable}" -m pip install {arguments}'
