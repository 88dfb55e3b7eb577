"""The published JSON Schema is that of the records; `test_run.py` has the reports of a graded class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import msgspec
import pytest

from grader.reporting.report import not_graded, unreadable
from grader.reporting.schema import FILE, as_text, report_schema
from tests.fixtures.reports import COLUMNS, CONTEXT, report, result, wrong_softmax

if TYPE_CHECKING:
    from grader.reporting.report import Report


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    published = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    return jsonschema.Draft202012Validator(published)


def test_the_file_in_the_docs_is_up_to_date() -> None:
    """`python -m grader.reporting.schema` writes it."""
    assert FILE.read_text(encoding="utf-8") == as_text(report_schema())


def test_each_field_of_a_report_is_described() -> None:
    records = report_schema()["$defs"]
    for name in ("Report", "Versions", "Settings"):
        undescribed = [
            field for field, schema in records[name]["properties"].items() if "description" not in schema
        ]
        assert undescribed == [], name
    assert all("Args:" not in record.get("description", "") for record in records.values())


@pytest.mark.parametrize(
    "made",
    [
        report("alice", result("relu", 4.0, "correct"), wrong_softmax(misconception=COLUMNS)),
        unreadable("bob", CONTEXT, [wrong_softmax()], "It is no notebook."),
        not_graded("carol", CONTEXT, "The disk was full."),
    ],
    ids=["graded", "unreadable", "not graded"],
)
def test_a_report_of_each_status_is_valid(made: Report, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(msgspec.json.encode(made)))


def test_what_is_no_report_is_not_valid(validator: jsonschema.Draft202012Validator) -> None:
    fields = json.loads(msgspec.json.encode(report("alice", result("relu", 4.0))))
    changes: list[dict[str, object]] = [
        {"status": "fine"},
        {"points": "4"},
        {"exercises": [{}]},
        {"seed": None},
    ]
    for change in changes:
        assert not validator.is_valid({**fields, **change})
    del fields["versions"]
    assert not validator.is_valid(fields)
    assert not validator.is_valid([])
