"""The reader's record: what it may hold, and where it says that an exercise is defined."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from grader.records.verdict import Attempt, Location
from grader.submissions import Cell, Definition, SourceFile, Submission

NOTEBOOK = Submission(
    (SourceFile("hw.ipynb", None, (Cell(2, "..."), Cell(4, "..."))),),
    (
        Definition("softmax", Location("hw.ipynb", 2, 3)),
        Definition("softmax", Location("hw.ipynb", 4, 1)),
        Definition("Trainer", Location("hw.ipynb", 4, 9)),
    ),
)


@pytest.mark.parametrize(
    ("where", "line"),
    [("cell 2", 3), ("hw.ipynb, cell 2", 3), ("cell 4", 1), ("somewhere else", 1), ("", 1)],
)
def test_the_place_of_the_attempt_that_counts_is_told_else_the_last_one(where: str, line: int) -> None:
    found = NOTEBOOK.location("mlp", ["softmax"], Attempt(where, 2))
    assert found is not None
    assert found.line == line


def test_a_method_is_where_its_class_is() -> None:
    assert NOTEBOOK.location("mlp", ["Trainer.fit"], None) == Location("hw.ipynb", 4, 9)


def test_a_section_has_all_files_its_own_first() -> None:
    files = (SourceFile("lr.py", "lr", ()), SourceFile("mlp.py", "mlp", ()), SourceFile("utils.py", None, ()))
    both = Submission(files)
    assert [file.path for file in both.program("mlp")] == ["mlp.py", "lr.py", "utils.py"]
    assert both.program("oo_design") == files


def test_a_file_that_can_not_be_read_concerns_only_its_own_section() -> None:
    broken, sound = SourceFile("lr.py", "lr", (), "It is broken."), SourceFile("mlp.py", "mlp", ())
    both = Submission((broken, sound))
    assert both.program("mlp") == (sound,)
    assert both.program("lr") == (broken, sound)


def test_the_place_in_the_sections_own_file_comes_before_others() -> None:
    assert NOTEBOOK.location("mlp", ["relu"], None) is None
    files = (SourceFile("lr.py", "lr", ()), SourceFile("mlp.py", "mlp", ()))
    places = {path: Location(path, None, 1) for path in ("mlp.py", "lr.py")}
    both = Submission(files, tuple(Definition("relu", place) for place in places.values()))
    assert both.location("mlp", ["relu"], None) == places["mlp.py"]
    assert both.location("lr", ["relu"], None) == places["lr.py"]
    assert both.location("mlp", ["relu"], Attempt("lr.py", 1)) == places["lr.py"]
    elsewhere = Submission(files, both.definitions[1:])
    assert elsewhere.location("mlp", ["relu"], None) == places["lr.py"]


FILE = {"path": "a.py", "module": None, "cells": [{"number": None, "source": "x"}]}


@pytest.mark.parametrize(
    "forged",
    [
        {"files": [FILE] * 101},
        {"files": [{**FILE, "path": "a" * 1001}]},
        {"files": [{**FILE, "cells": [{"number": 2**63, "source": "x"}]}]},
        {"files": [{**FILE, "cells": [{"number": 1, "source": "x" * (2**20 + 1)}]}]},
        {"files": [FILE], "definitions": [{"name": "f", "location": {"path": "", "cell": None, "line": 0}}]},
        {"files": [FILE], "passed_over": ["x"] * 21},
        {"files": [FILE], "passed_over": ["x" * 1001]},
    ],
)
def test_a_record_out_of_its_limits_is_no_record(forged: dict[str, Any]) -> None:
    sound = msgspec.msgpack.encode({"type": "Submission", "files": [FILE]})
    assert msgspec.msgpack.decode(sound, type=Submission).files[0].path == "a.py"
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode({"type": "Submission", **forged}), type=Submission)
