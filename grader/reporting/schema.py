"""The JSON Schema of `report.json`, made from the records that are written to it.

`python -m grader.reporting.schema` writes it to `docs/report.schema.json`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import msgspec

from grader.reporting.report import Report

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
TITLE: Final = "Gradbook: the report on one submission (report.json)"
FILE: Final = Path(__file__).parents[2] / "docs" / "report.schema.json"
CONTINUED: Final = "\n" + " " * 12
ARGUMENT: Final = re.compile(r"(?m)^ {8}(?P<name>\w+): (?P<text>.*)")
"""A field in the `Args` section of a record's docstring, after its continuation lines are joined."""


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of `report.json`; its descriptions come from the records' docstrings.

    Readers must ignore fields that they don't know, so the schema allows them.
    """
    schema = msgspec.json.schema(Report)
    for record in schema["$defs"].values():
        _describe_fields(record)
    return {"$schema": DIALECT, "title": TITLE, **schema}


def as_text(schema: dict[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _describe_fields(record: dict[str, Any]) -> None:
    """Move the `Args` section of a record's description into the descriptions of its properties."""
    summary, _, arguments = record.get("description", "").partition("\n\n    Args:\n")
    if summary:
        record["description"] = " ".join(summary.split())
    for found in ARGUMENT.finditer(arguments.replace(CONTINUED, " ")):
        record["properties"][found["name"]]["description"] = " ".join(found["text"].split())


if __name__ == "__main__":
    FILE.write_text(as_text(report_schema()), encoding="utf-8")
