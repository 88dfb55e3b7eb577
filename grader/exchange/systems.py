"""The systems that take marks back. To add one, write a module with a `System`, and add it to `SYSTEMS`."""

from __future__ import annotations

from typing import Final

from grader.exchange import blackboard, brightspace, canvas, gradescope, moodle, table

SYSTEMS: Final = {
    one.name: one
    for one in (
        canvas.SYSTEM,
        moodle.SYSTEM,
        gradescope.SYSTEM,
        brightspace.SYSTEM,
        blackboard.SYSTEM,
        table.SYSTEM,
    )
}
"""All systems, by their names for `--to`."""
