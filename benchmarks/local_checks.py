"""Time of `pytest assignments`, as a multiple of `import torch` in the same run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from timing import SECTIONS, compare, script, seconds_of, solved, unmodified


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        solved(folder)
        pytest = [script("pytest"), "assignments", "-q"]
        compare(
            "pytest assignments --only softmax", lambda: seconds_of([*pytest, "--only", "softmax"], folder), 2
        )
        measured = [next((folder / "assignments").glob(f"*/{module}.py")) for module in SECTIONS]
        four = [script("pytest"), *map(str, measured), "-q"]
        compare("pytest assignments, four sections", lambda: seconds_of(four, folder), 8)
        compare("pytest assignments, the whole course", lambda: seconds_of(pytest, folder))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unmodified(folder)
        compare("pytest assignments, unmodified stubs", lambda: seconds_of(pytest, folder, status=1), 2)


if __name__ == "__main__":
    main()
