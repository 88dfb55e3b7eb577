"""How long a student waits for one exercise, for each of them: `pytest assignments --only NAME`, solved.

Against `import torch` in the same run. Training is part of it, where an exercise trains. Takes ten minutes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import compare, script, seconds_of, solved

from grader.course import SHIPPED, load


def main() -> None:
    """Print the figures; names on the command line choose exercises."""
    chosen = sys.argv[1:] or [exercise.name for _section, exercise in load(SHIPPED).exercises()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        solved(folder)
        for exercise in chosen:
            command = [script("pytest"), "assignments", "-q", "--only", exercise]
            compare(exercise, lambda command=command: seconds_of(command, folder), 2, rounds=3)  # type: ignore[misc]


if __name__ == "__main__":
    main()
