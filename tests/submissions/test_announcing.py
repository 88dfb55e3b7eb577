"""The first lines of a run say what each path was taken for, why, and how to overrule it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.submissions import CourseNames, find
from grader.submissions.announcing import first_lines
from grader.submissions.layouts import AUTO

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

COURSE = CourseNames(frozenset(["mlp", "oo_design", "softmax_regression_scratch"]))


def lines(folder: Path, *names: str, layout: str = AUTO) -> list[str]:
    """The lines on a folder with such files, without the path to it."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    said = first_lines(find([folder], COURSE, layout))
    return [line.replace(f"{folder.parent}/", "") for line in said]


def test_an_ordinary_class_takes_few_words(tmp_path: Path) -> None:
    students = [f"{name}.py" for name in ("ada", "bob", "carol", "dave", "eve")]
    assert lines(tmp_path / "hw1", *students) == ["hw1: a class of 5 submissions."]


def test_one_submission_has_its_reason(tmp_path: Path) -> None:
    assert lines(tmp_path / "ada", "mlp.py") == [
        "ada: one submission (it contains mlp.py); use --layout plain if it is a class."
    ]
    (line,) = lines(tmp_path / "bob", "mlp.py", "src/oo_design.py", "softmax_regression_scratch.py", "x.py")
    assert line.startswith(
        "bob: one submission (it contains mlp.py and 2 other section files, besides x.py); "
    )


def test_a_class_has_its_reason_where_it_could_be_one_submission(tmp_path: Path) -> None:
    (line,) = lines(tmp_path / "few", "hw1.ipynb", "z_reading.ipynb")
    what, _, otherwise = line.partition("; ")
    assert what == "few: a class of 2 submissions (it contains no section's file by name)"
    assert otherwise == "use --single if it is one submission."
    (line,) = lines(tmp_path / "odd", "mlp.ipynb", "ada.py", "bob.py", "carol.zip")
    why = "it contains mlp.ipynb, but ada.py and 2 others may be students'"
    assert line == f"odd: a class of 4 submissions ({why}); {otherwise}"


def test_what_the_instructor_said_is_repeated(tmp_path: Path) -> None:
    assert lines(tmp_path / "ada", "x.py", layout="single") == ["ada: one submission (--single)."]
    assert lines(tmp_path / "ada", "mlp.py", layout="plain") == [
        "ada: a class of 2 submissions (--layout plain)."
    ]


def test_files_take_one_line_however_many_they_are(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.py" for name in ("ada", "bob", "carol")]
    for file in files:
        file.touch()
    assert list(first_lines(find(files[:1], COURSE))) == [f"{files[0]}: one submission."]
    assert list(first_lines(find(files, COURSE))) == ["3 files: one submission each."]


def test_a_folder_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mlp.py").touch()
    monkeypatch.chdir(tmp_path)
    (line,) = first_lines(find([tmp_path.__class__()], COURSE))
    assert line.startswith(f"{tmp_path}: one submission")
