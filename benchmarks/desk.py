"""How long a student waits: `pytest assignments`, against `import torch` in the same run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from timing import CARD, compare, script, seconds_of, solved, untouched


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        solved(folder)
        pytest = [script("pytest"), "assignments", "-q"]
        compare(
            "pytest assignments --only softmax", lambda: seconds_of([*pytest, "--only", "softmax"], folder), 2
        )
        card = [next((folder / "assignments").glob(f"*/{module}.py")) for module in CARD]
        four = [script("pytest"), *map(str, card), "-q"]
        compare("pytest assignments, four sections", lambda: seconds_of(four, folder), 8)
        compare("pytest assignments, the whole course", lambda: seconds_of(pytest, folder))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        untouched(folder)
        compare("pytest assignments, untouched stubs", lambda: seconds_of(pytest, folder, status=1), 2)


if __name__ == "__main__":
    main()
