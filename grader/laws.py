"""What a checks file is written with: `from grader.laws import exercise, like, logits, ulps`."""

from __future__ import annotations

from grader.assets import minibatches, training_images, validation_images, validation_labels
from grader.closeness import EXACT, Tolerance, assert_close, assert_normal, ulps
from grader.exercise import DeclarationError, Exercise, exercise
from grader.pictures import beside, by_epoch, curve, gallery
from grader.sameness import assert_same_column, assert_same_table
from grader.specs import array, boolean, like, list_of, number, scalar, series, several, table, tensor, text
from grader.strategies import any_of, dtypes, logits, predictions, tensors
from grader.tables import csv_file, encoded_tables, inputs_and_targets, table_of, tables_with_gaps
from grader.values import TextFile
from grader.verdict import Broken

__all__ = [
    "EXACT", "Broken", "DeclarationError", "Exercise", "TextFile", "Tolerance", "any_of", "array",
    "assert_close", "assert_normal", "assert_same_column", "assert_same_table", "beside", "boolean",
    "by_epoch", "csv_file", "curve", "dtypes", "encoded_tables", "exercise", "gallery",
    "inputs_and_targets", "like", "list_of", "logits", "minibatches", "number", "predictions", "scalar",
    "series", "several", "table", "table_of", "tables_with_gaps", "tensor", "tensors", "text",
    "training_images", "ulps", "validation_images", "validation_labels",
]  # fmt: skip
