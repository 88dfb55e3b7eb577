"""What a checks file is written with: `from grader.laws import exercise, like, logits, ulps`."""

from __future__ import annotations

from grader.assets import minibatches, training_images, validation_images, validation_labels
from grader.closeness import EXACT, Tolerance, assert_close, ulps
from grader.exercise import DeclarationError, Exercise, exercise
from grader.specs import boolean, like, list_of, number, scalar, series, several, table, tensor, text
from grader.strategies import any_of, dtypes, logits, predictions, tensors
from grader.values import TextFile
from grader.verdict import Broken

__all__ = [
    "EXACT", "Broken", "DeclarationError", "Exercise", "TextFile", "Tolerance", "any_of", "assert_close",
    "boolean", "dtypes", "exercise", "like", "list_of", "logits", "minibatches", "number", "predictions", "scalar",
    "series", "several", "table", "tensor", "tensors", "text", "training_images", "ulps", "validation_images",
    "validation_labels",
]  # fmt: skip
