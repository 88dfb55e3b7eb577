"""What drive files may import: `from grader.drive import minibatches, moved`.

Drive files (`assignments/<chapter>/drive_<section>.py`) run beside the student's code, in the sandbox. They
see neither checks nor references, and no module of `grader` but this one is meant for them. Like
`grader.laws`, this module is public: names stay as they are within a major version, and CHANGELOG lists
what is added.
"""

from __future__ import annotations

from grader.datasets.idx import idx_bytes
from grader.datasets.torchvision_import import import_torchvision
from grader.datasets.training_data import minibatches, training_images
from grader.execution.moving import moved
from grader.execution.parameters import assign, kept_rate

__all__ = [
    "assign",
    "idx_bytes",
    "import_torchvision",
    "kept_rate",
    "minibatches",
    "moved",
    "training_images",
]
