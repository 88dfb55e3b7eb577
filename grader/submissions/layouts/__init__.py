"""Layouts: how what a folder contains makes up the attempts of students, and which layout a folder has.

To add one, write a module with a `Layout` in this package, and add it to `LAYOUTS`: then
`grader grade --layout` accepts its name. A layout looks at names, and at small files that a system wrote
beside the hand-ins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.submissions.layouts import (
    blackboard,
    brightspace,
    canvas,
    github,
    gradescope,
    moodle,
    nbgrader,
    otter,
)
from grader.submissions.layouts.plain import PLAIN, SINGLE

if TYPE_CHECKING:
    from grader.submissions.layouts.layout import Layout

AUTO: Final = "auto"
"""Not a layout: the first one that claims a folder."""
LAYOUTS: Final[dict[str, Layout]] = {
    layout.name: layout
    for layout in (
        gradescope.LAYOUT,
        moodle.LAYOUT,
        blackboard.LAYOUT,
        brightspace.LAYOUT,
        canvas.LAYOUT,
        nbgrader.LAYOUT,
        otter.LAYOUT,
        github.LAYOUT,
        SINGLE,
        PLAIN,
    )
}
"""All layouts, in the order in which they may claim a folder: those of systems on strong evidence only."""
NAMED: Final = {name: layout for name, layout in LAYOUTS.items() if layout.help}
"""Those that `--layout` accepts."""

__all__ = ["AUTO", "LAYOUTS", "NAMED", "PLAIN", "SINGLE"]
