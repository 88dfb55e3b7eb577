"""Reading submissions from files and folders: what counts, and what is the student's fault."""

from __future__ import annotations

import codecs
import io
import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from grader.submissions import Cell, NoCode, Submission, Unreadable, alone, collect, limits, read

if TYPE_CHECKING:
    from pathlib import Path

MODULES = frozenset(["mlp", "softmax_regression_scratch"])


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reading(path: Path) -> Submission:
    return read(collect(alone("alice", path), MODULES))


def notebook(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


def code(source: str | list[str]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": [], "metadata": {}, "execution_count": None}


MARKDOWN = {"cell_type": "markdown", "source": "# 4.4", "metadata": {}}


def test_a_python_file_is_one_cell_without_number(tmp_path: Path) -> None:
    (file,) = reading(write(tmp_path / "alice.py", "def relu(X):\r\n    return X\r\n")).files
    assert file.path == "alice.py"
    assert file.cells == (Cell(None, "def relu(X):\n    return X\n"),)


def test_cells_are_counted_among_all_cells_of_the_notebook(tmp_path: Path) -> None:
    path = write(tmp_path / "alice.ipynb", notebook(MARKDOWN, code("a = 1"), MARKDOWN, code(["b\n", "c"])))
    assert reading(path).files[0].cells == (Cell(2, "a = 1"), Cell(4, "b\nc"))


def test_a_notebook_of_format_3_is_read(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "input": ["x = 1\n", "y = 2"], "language": "python"}
    content = json.dumps({"nbformat": 3, "worksheets": [{"cells": [MARKDOWN, cell]}]})
    assert reading(write(tmp_path / "old.ipynb", content)).files[0].cells == (Cell(2, "x = 1\ny = 2"),)


@pytest.mark.parametrize(
    "content",
    [
        '{"cells": [{"cell_type": "code", "source": "x"}]}',
        '{"metadata": 3, "nbformat": "four", "cells": [null, {"cell_type": "code", "source": "x", "id": 7}]}',
        '{"cells": [{"cell_type": "code", "source": "x", "outputs": [NaN, -Infinity, "\\ud83d"]}]}',
        '\ufeff{"cells": [{"cell_type": "code", "source": ["x", null]}]}',
    ],
)
def test_a_notebook_with_odd_metadata_is_read_all_the_same(tmp_path: Path, content: str) -> None:
    assert [cell.source for cell in reading(write(tmp_path / "a.ipynb", content)).files[0].cells] == ["x"]


def test_half_a_surrogate_in_a_cell_becomes_a_question_mark(tmp_path: Path) -> None:
    content = '{"cells": [{"cell_type": "code", "source": "x = \'\\ud83d\'"}]}'
    assert reading(write(tmp_path / "a.ipynb", content)).files[0].cells[0].source == "x = '?'"


@pytest.mark.parametrize(
    "data",
    [
        "# -*- coding: euc-kr -*-\nname = '민수'\n".encode("euc-kr"),
        codecs.BOM_UTF8 + "name = '민수'\n".encode(),
        "name = '민수'\n".encode(),
    ],
    ids=["declared", "byte order mark", "utf-8"],
)
def test_a_python_file_is_decoded_as_python_would(tmp_path: Path, data: bytes) -> None:
    assert reading(write(tmp_path / "a.py", data)).files[0].cells[0].source.endswith("name = '민수'\n")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.py", b"", "empty"),
        ("a.py", b"\xff\xfex\0", "UTF-16"),
        ("a.py", "name = '민수'".encode("cp949"), "Save it as UTF-8"),
        ("a.py", b"# coding: no-such-thing\n", "Save it as UTF-8"),
        ("a.py", b"# coding: punycode\nx-" + b"y" * 999, "punycode"),
        ("a.py", b"# coding: rot13\nk = 1", "Save it as UTF-8"),
        ("a.py", b"x = 1\0", "NUL"),
        ("a.py", b"#" * (limits.SOURCE + 1), "larger than 1 MB"),
        ("a.ipynb", b"[" * 200_000, "broken JSON"),
        ("a.ipynb", b"9" * 5000, "broken JSON"),
        ("a.ipynb", b"[{}", "broken JSON"),
        ("a.ipynb", b"[]", "no cells"),
        ("a.ipynb", b'{"cells": {}}', "no cells"),
        ("a.ipynb", notebook(MARKDOWN).encode(), "no code cells"),
        ("a.ipynb", notebook(code("x" * (limits.SOURCE + 1))).encode(), "1 MB of source"),
        ("a.ipynb", b'{"cells": [' + b"0," * limits.CELLS + b"0]}", "more than 10000 cells"),
        ("a.pdf", b"%PDF-1.7", "Hand in a .py file"),
        ("a", b"x = 1", "Hand in a .py file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        reading(write(tmp_path / name, data))


def test_a_notebook_may_be_large_through_its_outputs(tmp_path: Path) -> None:
    outputs = [{"text": "1, 2, 3, " * 1_000_000}]
    assert reading(write(tmp_path / "a.ipynb", notebook({**code("x"), "outputs": outputs}))).files


def test_the_source_of_all_cells_together_is_limited(tmp_path: Path) -> None:
    half = code("x" * (limits.SOURCE // 2 + 1))
    with pytest.raises(Unreadable, match="1 MB of source"):
        reading(write(tmp_path / "a.ipynb", notebook(half, half)))


def test_a_single_file_is_searched_for_every_section(tmp_path: Path) -> None:
    """Even where it is named like one section."""
    submission = reading(write(tmp_path / "mlp.py", "x = 1"))
    assert submission.program("softmax_regression_scratch") == submission.program("mlp") == submission.files


def test_section_modules_are_found_by_name_in_any_nesting(tmp_path: Path) -> None:
    for name in ("hw/ch5/mlp.py", "hw/softmax_regression_scratch.ipynb", "hw/other.py"):
        write(tmp_path / name, notebook(code("x")) if name.endswith("ipynb") else "x")
    submission = reading(tmp_path)
    assert submission.program("mlp")[0].path == "hw/ch5/mlp.py"
    assert submission.program("softmax_regression_scratch")[0].path == "hw/softmax_regression_scratch.ipynb"


def test_the_shallowest_file_of_a_section_wins_then_the_first_by_name(tmp_path: Path) -> None:
    for name in ("a/old/mlp.py", "b/mlp.py", "c/mlp.py"):
        write(tmp_path / name, "x")
    assert reading(tmp_path).program("mlp")[0].path == "b/mlp.py"


def test_without_section_modules_every_loose_file_counts(tmp_path: Path) -> None:
    for name in ("part2.py", "part1.py", "deep/part0.py", ".hidden.py", "__pycache__/x.py", "data.csv"):
        write(tmp_path / name, "x")
    assert [file.path for file in reading(tmp_path).program("mlp")] == [
        "part1.py",
        "part2.py",
        "deep/part0.py",
    ]


def summary(submission: Submission) -> list[tuple[str, str | None]]:
    return [(file.path, file.module) for file in submission.files]


def test_all_sources_are_read_a_sections_own_first(tmp_path: Path) -> None:
    for name in ("a.py", "old/mlp.py", "mlp.py", "deep/er/softmax_regression_scratch.py", "sofmax.ipynb"):
        write(tmp_path / name, notebook(code("x")) if name.endswith("ipynb") else "x")
    assert summary(reading(tmp_path)) == [
        ("mlp.py", "mlp"),
        ("deep/er/softmax_regression_scratch.py", "softmax_regression_scratch"),
        ("a.py", None),
        ("sofmax.ipynb", None),
        ("old/mlp.py", None),
    ]


def test_a_broken_file_costs_nothing_beyond_itself_and_is_named(tmp_path: Path) -> None:
    write(tmp_path / "mlp.py", b"\xff")
    write(tmp_path / "softmax_regression_scratch.py", "x")
    write(tmp_path / "z_reading.ipynb", notebook(MARKDOWN))
    submission = reading(tmp_path)
    assert summary(submission) == [
        ("mlp.py", "mlp"),
        ("softmax_regression_scratch.py", "softmax_regression_scratch"),
    ]
    broken, sound = submission.files
    assert (broken.cells, sound.problem) == ((), "")
    mlp, prose = submission.passed_over
    assert mlp == broken.problem
    assert mlp.startswith("mlp.py: Its encoding is broken")
    assert prose == "z_reading.ipynb: There is no Python in it: the notebook has no code cells."


def test_a_sections_file_that_can_be_read_is_preferred(tmp_path: Path) -> None:
    write(tmp_path / "mlp.ipynb", notebook(MARKDOWN))
    write(tmp_path / "deep" / "mlp.py", "x")
    submission = reading(tmp_path)
    assert summary(submission) == [("deep/mlp.py", "mlp")]
    assert submission.passed_over[0].startswith("mlp.ipynb: ")


def test_an_empty_file_needs_no_word_unless_it_is_a_sections_own_or_all_there_is(tmp_path: Path) -> None:
    write(tmp_path / "__init__.py", "")
    with pytest.raises(Unreadable, match=r"__init__\.py: There is no Python in it: the file is empty"):
        reading(tmp_path)
    write(tmp_path / "hw1.py", "x")
    assert (summary(reading(tmp_path)), reading(tmp_path).passed_over) == ([("hw1.py", None)], ())
    write(tmp_path / "mlp.py", "\n")
    submission = reading(tmp_path)
    assert summary(submission) == [("mlp.py", "mlp"), ("hw1.py", None)]
    assert submission.passed_over == ("mlp.py: There is no Python in it: the file is empty.",)


def test_a_folder_of_which_nothing_can_be_read_is_unreadable_and_says_why(tmp_path: Path) -> None:
    for name in ("mlp.py", "a.py", "b.py", "c.py", "d.py"):
        write(tmp_path / name, b"\xff")
    with pytest.raises(Unreadable, match=r"^mlp\.py: .* a\.py: .* b\.py: .* 2 more can't be read either\.$"):
        reading(tmp_path)


def test_what_exceeds_the_limit_of_all_source_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ALL_SOURCE", 1 << 20)
    write(tmp_path / "a.py", "#" * (1 << 19))
    write(tmp_path / "b.py", "#" * (1 << 20))
    write(tmp_path / "c.py", "x")
    submission = reading(tmp_path)
    assert [file.path for file in submission.files] == ["a.py", "c.py"]
    assert submission.passed_over == (
        "b.py: It was passed over: 1 MB of source code of one submission are read in total.",
    )


COURSE = (
    "assignments/ch5/test_mlp.py",
    "assignments/ch5/drive_mlp.py",
    "conftest.py",
    "d2l/__init__.py",
    "d2l/torch.py",
    "grader/pytest_plugin.py",
    "grader/cli/main.py",
)


def test_what_the_course_brings_with_it_is_no_answer(tmp_path: Path) -> None:
    """A checks file defines what students are asked for."""
    own = ("assignments/ch5/mlp.py", "test_mine.py", "tests/test_mlp.ipynb", "grader_notes/x.py")
    for name in (*own, *COURSE):
        write(tmp_path / name, notebook(code("x")) if name.endswith("ipynb") else "x")
    submission = reading(tmp_path)
    assert sorted(file.path for file in submission.files) == sorted(own)
    assert submission.passed_over == (
        "conftest.py and 6 other files are part of the course, not of the answers.",
    )


@pytest.mark.parametrize("name", COURSE)
def test_what_looks_like_the_courses_is_read_where_there_is_nothing_else(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, "x")
    assert [file.path for file in reading(tmp_path).files] == [name]


def test_a_folder_that_is_only_called_d2l_is_no_copy_of_the_package(tmp_path: Path) -> None:
    for name in ("hw.py", "d2l/mlp.py"):
        write(tmp_path / name, "x")
    assert [file.path for file in reading(tmp_path).files] == ["d2l/mlp.py", "hw.py"]


def test_a_folder_without_python_is_unreadable(tmp_path: Path) -> None:
    write(tmp_path / "essay.docx", b"PK")
    with pytest.raises(Unreadable, match="no Python in it"):
        reading(tmp_path)


def test_of_too_many_files_the_first_are_read(tmp_path: Path) -> None:
    for number in range(limits.FILES + 1):
        write(tmp_path / f"part{number:03}.py", "x")
    write(tmp_path / "deep" / "mlp.py", "x")
    submission = reading(tmp_path)
    assert [file.path for file in submission.files][:2] == ["deep/mlp.py", "part000.py"]
    assert len(submission.files) == limits.FILES
    assert submission.passed_over == (
        "part099.py and 1 other file are not read: only 100 files of a submission are.",
    )


def test_a_link_in_a_folder_leads_nowhere(tmp_path: Path) -> None:
    """Neither to the reference's file nor to its folder."""
    write(tmp_path / "reference" / "mlp.py", "answer = 42")
    own = write(tmp_path / "alice" / "part1.py", "x").parent
    (own / "mlp.py").symlink_to(tmp_path / "reference" / "mlp.py")
    (own / "deep").symlink_to(tmp_path / "reference")
    assert [file.path for file in reading(own).files] == ["part1.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.py")
    with pytest.raises(Unreadable, match="not a regular file"):
        reading(tmp_path / "a.py")


@pytest.mark.parametrize("name", ["gone.py", "gone.zip", "gone"])
def test_a_path_that_vanished_is_not_the_students_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        reading(tmp_path / name)


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.py", content)
    return packed.getvalue()


def test_an_archive_that_is_all_there_is_in_a_folder_is_read(tmp_path: Path) -> None:
    """Moodle gives a folder for each student, with what they uploaded in it."""
    folder = tmp_path / "Ada Lovelace_1234_assignsubmission_file_"
    write(folder / "students-2026-11-23.zip", zipped(mlp="def relu(X):\n    return X\n"))
    write(folder / "onlinetext.html", "<p>Here it is.</p>")
    (file,) = reading(folder).files
    assert (file.path, file.module) == ("mlp.py", "mlp")


def test_an_archive_beside_python_is_left_alone_and_of_several_none_counts(tmp_path: Path) -> None:
    write(tmp_path / "one" / "mlp.py", "a = 1\n")
    write(tmp_path / "one" / "old.zip", zipped(mlp="b = 2\n"))
    submission = reading(tmp_path / "one")
    assert submission.files[0].cells == (Cell(None, "a = 1\n"),)
    assert submission.passed_over == ("old.zip was not opened: it is an archive inside the submission.",)
    for name in ("a.zip", "b.zip"):
        write(tmp_path / "two" / name, zipped(mlp="b = 2\n"))
    with pytest.raises(Unreadable, match=r"It contains 2 archives \(a\.zip, b\.zip\) and no Python"):
        reading(tmp_path / "two")
    (tmp_path / "three").mkdir()
    (tmp_path / "three" / "link.zip").symlink_to(tmp_path / "one" / "old.zip")
    with pytest.raises(Unreadable, match="There is no Python in it"):
        reading(tmp_path / "three")


WRITTEN = "## 4.4.7 Exercises\n\nRows are examples."


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_what_is_written_in_words_comes_from_notebooks_and_from_answers_md(tmp_path: Path, form: str) -> None:
    files = {
        "hw/mlp.ipynb": notebook(code("x = 1"), {**MARKDOWN, "source": ["# 5.1 MLP\n", "It bends."]}),
        "hw/answers.md": WRITTEN,
        "hw/notes.md": "# 4.4\nNot meant.",
    }
    path = tmp_path / "alice"
    if form == "folder":
        for name, content in files.items():
            write(path / name, content)
    else:
        path = tmp_path / "alice.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    found = reading(path)
    assert sorted((one.section, one.path, one.text) for one in found.written) == [
        ("4.4", "hw/answers.md", WRITTEN),
        ("5.1", "hw/mlp.ipynb", "# 5.1 MLP\nIt bends."),
    ]
    assert [file.path for file in found.files] == ["hw/mlp.ipynb"]


def test_answers_in_words_alone_are_no_code(tmp_path: Path) -> None:
    write(tmp_path / "alice" / "answers.md", WRITTEN)
    with pytest.raises(NoCode):
        reading(tmp_path / "alice")


def test_what_is_written_is_part_of_what_was_handed_in(tmp_path: Path) -> None:
    write(tmp_path / "alice" / "mlp.py", "x = 1")
    before = collect(alone("alice", tmp_path / "alice"), MODULES).sha256
    write(tmp_path / "alice" / "answers.md", WRITTEN)
    assert collect(alone("alice", tmp_path / "alice"), MODULES).sha256 != before
