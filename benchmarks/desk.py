"""How long a student waits: `pytest assignments`, against `import torch` in the same run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from timing import compare, script, seconds_of, solved


def main() -> None:
    """Print both figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        solved(folder)
        pytest = [script("pytest"), "assignments", "-q"]
        compare(
            "pytest assignments --only softmax", lambda: seconds_of([*pytest, "--only", "softmax"], folder), 2
        )
        compare("pytest assignments, all sections", lambda: seconds_of(pytest, folder), 8)


if __name__ == "__main__":
    main()
