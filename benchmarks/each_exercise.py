"""Time of `pytest assignments --only NAME` for each solved exercise, as a multiple of `import torch`.

If an answer itself imports more (pandas, torchvision with matplotlib, or PyTorch's compiler, which PyTorch
imports for an optimizer), the time is also compared with these imports. Training is included. Takes ten
minutes.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from timing import compare, script, seconds_of, solved

from grader.course.course import SHIPPED, load

NEEDED: Final = {
    "data_preprocessing": "import pandas",
    "image_classification_dataset": (
        "from grader.datasets.torchvision_import import import_torchvision; import_torchvision(); "
        "import matplotlib.pyplot"
    ),
    "Classifier": "torch.optim.SGD([torch.zeros(1)], lr=1)",
}
"""The imports of the answers to a section, or to an exercise, besides torch."""


def main() -> None:
    """Print the measurements; arguments select exercises."""
    exercises = {exercise.name: section.module for section, exercise in load(SHIPPED).exercises()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        solved(folder)
        for exercise in sys.argv[1:] or exercises:
            asked = [script("pytest"), "assignments", "-q", "--only", exercise]
            measure = partial(seconds_of, asked, folder)
            compare(exercise, measure, 2, rounds=3)
            more = NEEDED.get(exercise) or NEEDED.get(exercises[exercise])
            if more:
                needed = [sys.executable, "-c", f"import torch\n{more}"]
                base = partial(seconds_of, needed, folder)
                compare(exercise, measure, 2, rounds=3, to=base, called="what the answer imports")


if __name__ == "__main__":
    main()
