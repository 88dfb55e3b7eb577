"""Answers to 2.2 that pandas 3 made wrong: right with pandas 2; with pandas 3, a hint says why not."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from grader.audit.audit import run_locally
from grader.course.implementations import Implementation
from tests.fixtures.shipped import COURSE, exam

EXERCISES = {exercise.name: (section, exercise) for section, exercise in COURSE.exercises()}
EXAM = exam(shrinks=False)
IS_PANDAS_3 = int(version("pandas").partition(".")[0]) >= 3
SELECT = 'select_dtypes(include=["object", "string"])'
ASSIGN = "inputs[name] = inputs[name].fillna("
BY_COLUMN = """
    inputs = inputs.copy()
    for name in inputs.columns:
        {}
    return inputs
"""
IN_ONE_GO = """
    inputs = pd.read_csv(path)
    inputs, targets = inputs.iloc[:, :-1], inputs.iloc[:, -1]
    {}
    {}
    return torch.tensor(inputs.to_numpy(dtype=float)), torch.tensor(targets.to_numpy(dtype=float))
"""
ENCODE = "inputs = pd.get_dummies(inputs, dummy_na=True)"
WRONG_IN_PANDAS_3 = [
    ("encode_categories", f"return pd.get_dummies(inputs, columns={columns}, dummy_na=True)", SELECT)
    for columns in (
        "inputs.columns[inputs.dtypes == object]",
        "inputs.columns[inputs.dtypes == 'object']",
        "[name for name in inputs if inputs[name].dtype == 'O']",
        "[name for name in inputs if pd.api.types.is_object_dtype(inputs[name])]",
        "inputs.dtypes[inputs.dtypes == np.object_].index",
    )
] + [
    ("impute_with_mean", BY_COLUMN.format("inputs[name].fillna(inputs[name].mean(), inplace=True)"), ASSIGN),
    (
        "impute_with_mean",
        BY_COLUMN.format("column = inputs[name]; column.fillna(column.mean(), inplace=True)"),
        ASSIGN,
    ),
    (
        "impute_with_mean",
        BY_COLUMN.format("inputs[name][inputs[name].isna()] = inputs[name].mean()"),
        ASSIGN,
    ),
    (
        "preprocess",
        IN_ONE_GO.format(
            ENCODE, "for name in inputs: inputs[name].fillna(inputs[name].mean(), inplace=True)"
        ),
        ASSIGN,
    ),
    (
        "preprocess",
        IN_ONE_GO.format(
            "inputs = pd.get_dummies(inputs, columns=inputs.columns[inputs.dtypes == object], dummy_na=True)",
            "inputs = inputs.fillna(inputs.mean())",
        ),
        SELECT,
    ),
    (
        "preprocess",
        IN_ONE_GO.format(
            "inputs = pd.get_dummies(inputs, columns=inputs.columns[inputs.dtypes == object], dummy_na=True)",
            "inputs = inputs.fillna(inputs.mean(numeric_only=True))",
        ),
        SELECT,
    ),
]
RIGHT_IN_BOTH = [
    ("encode_categories", f"return pd.get_dummies(inputs, columns={columns}, dummy_na=True)")
    for columns in (
        f"list(inputs.{SELECT})",
        "list(inputs.select_dtypes('object'))",
        "[name for name in inputs if inputs[name].dtype.kind == 'O']",
    )
]


def answer(name: str, body: str) -> Implementation:
    """Return the reference with another answer to one exercise."""
    section, exercise = EXERCISES[name]
    (parameter,) = exercise.question.inputs
    path = COURSE.solution(section)
    base = path.read_text(encoding="utf-8")
    source = f"{base}\n\nimport numpy as np\n\n\ndef {name}({parameter}):\n    {body}\n"
    return Implementation("mutant", "pandas", section, exercise, path, source=source)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "body", "instead"), WRONG_IN_PANDAS_3)
def test_what_was_right_in_pandas_2_is_right_there_and_explained_in_pandas_3(
    name: str, body: str, instead: str
) -> None:
    result = run_locally(COURSE, answer(name, body), EXAM)
    if not IS_PANDAS_3:
        assert result.status == "correct"
        return
    assert result.points == 0
    first = next(check for check in result.checks if check.status in {"failed", "error"})
    assert "andas 3" in first.hint
    assert "right in pandas 2" in first.hint
    assert instead in first.hint


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "body"), RIGHT_IN_BOTH)
def test_what_the_hints_say_is_right_in_both(name: str, body: str) -> None:
    assert run_locally(COURSE, answer(name, body), EXAM).status == "correct"
