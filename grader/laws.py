"""The public interface for checks files: `from grader.laws import exercise, like, logits, ulps`.

Everything in `__all__` is public, and so are the decorators of an `Exercise`: `law`, `beyond_the_book`,
`trains` and `picture`. This module is versioned with Gradbook by semantic versioning: an incompatible change
comes only with a new major version (before 1.0, a new minor version), and CHANGELOG lists it. Import from
this module only; the modules that define these names may change in any release.

The examples below assume `from grader.laws import *` and `import torch`.
"""

from __future__ import annotations

from grader.checks.declaration import exercise
from grader.checks.exercise import DeclarationError, Exercise
from grader.checks.plot_specs import beside, by_epoch, curve, gallery
from grader.checks.return_specs import (
    array,
    boolean,
    like,
    list_of,
    number,
    scalar,
    series,
    several,
    table,
    tensor,
    text,
)
from grader.checks.spec_types import PlainSpec
from grader.checks.strategies import any_of, dtypes, logits, predictions, tensors
from grader.checks.table_equality import assert_same_column, assert_same_table
from grader.checks.table_strategies import (
    csv_file,
    encoded_tables,
    inputs_and_targets,
    table_of,
    tables_with_gaps,
)
from grader.checks.tolerance import EXACT, Tolerance, assert_close, assert_normal, ulps
from grader.datasets.training_data import minibatches, training_images, validation_images, validation_labels
from grader.records.values import TextFile
from grader.records.verdict import Broken

__all__ = [
    "EXACT", "Broken", "DeclarationError", "Exercise", "PlainSpec", "TextFile", "Tolerance", "any_of",
    "array",
    "assert_close", "assert_normal", "assert_same_column", "assert_same_table", "beside", "boolean",
    "by_epoch", "csv_file", "curve", "dtypes", "encoded_tables", "exercise", "gallery",
    "inputs_and_targets", "like", "list_of", "logits", "minibatches", "number", "predictions", "scalar",
    "series", "several", "table", "table_of", "tables_with_gaps", "tensor", "tensors", "text",
    "training_images", "ulps", "validation_images", "validation_labels",
]  # fmt: skip
