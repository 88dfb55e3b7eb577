"""`grader notebooks`: what it writes, what it leaves alone, and what comes back is graded as it is."""

from __future__ import annotations

import csv
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat
import pytest
from click.testing import CliRunner, Result

from grader.authoring.notebook_export import notebook
from grader.authoring.stubs import stub_of
from grader.cli.main import main
from grader.datasets.torchvision_import import import_torchvision
from tests.fixtures.kernel import make_course
from tests.fixtures.shipped import COURSE

if TYPE_CHECKING:
    from grader.course.course import Section

if TYPE_CHECKING:
    from pathlib import Path

FILE = "adding.ipynb"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The course of the notebooks' tests."""
    return make_course(tmp_path / "course")


def write(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["notebooks", *map(str, arguments)])


@pytest.mark.parametrize("section", COURSE.sections, ids=lambda section: section.module)
def test_every_section_becomes_a_valid_notebook_that_holds_the_stub(section: Section) -> None:
    made = notebook(COURSE, section)
    nbformat.validate(made)
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    stub = stub_of(
        COURSE.solution(section).read_text(encoding="utf-8"),
        frozenset(one.name for one in section.exercises),
    )
    assert all(source in stub for source in code[1:] if not source.startswith("%"))
    assert [source for source in code if source.startswith("%check")] == [
        *(f"%check {name}" for name in definitions(code)),
        "%check",
    ]
    assert set(definitions(code)) == {exercise.name for exercise in section.exercises}
    import_torchvision()
    namespace: dict[str, object] = {}
    exec("\n".join(source for source in code[1:] if not source.startswith("%")), namespace)  # noqa: S102 - our stubs
    assert f"{section.number} {section.title}" in made.cells[0].source


def definitions(sources: list[str]) -> list[str]:
    below = [source.removeprefix("%check ") for source in sources if source.startswith("%check ")]
    above = [sources[sources.index(f"%check {name}") - 1] for name in below]
    assert all(
        f"def {name}(" in text or f"class {name}" in text for name, text in zip(below, above, strict=True)
    )
    return below


def test_the_same_command_twice_writes_the_same_bytes(course: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert write(tmp_path / folder, "--course", course).exit_code == 0
    first, second = ((tmp_path / folder / FILE).read_bytes() for folder in ("one", "two"))
    assert first == second
    again = write(tmp_path / "one", "--course", course)
    assert (again.exit_code, again.output) == (0, f"The notebooks in {tmp_path / 'one'} are up to date.\n")


def test_without_the_reference_the_notebook_is_the_same(course: Path, tmp_path: Path) -> None:
    write(tmp_path / "one", "--course", course)
    (course / "reference").rename(tmp_path / "elsewhere")
    write(tmp_path / "two", "--course", course)
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()


def test_what_a_student_wrote_is_never_overwritten(course: Path, tmp_path: Path) -> None:
    work = tmp_path / FILE
    work.write_text("my work", encoding="utf-8")
    refused = write(tmp_path, "--course", course)
    assert refused.exit_code == 2
    assert str(work) in refused.output
    assert "Choose another folder, or move them away." in refused.output
    assert work.read_text(encoding="utf-8") == "my work"


def test_only_takes_exercises_and_sections(course: Path, tmp_path: Path) -> None:
    write(tmp_path / "one", "--course", course, "--only", "Box")
    made = nbformat.read(tmp_path / "one" / FILE, as_version=4)
    assert definitions([cell.source for cell in made.cells if cell.cell_type == "code"]) == ["Box"]
    write(tmp_path / "two", "--course", course, "--only", "adding")
    assert "%check double" in (tmp_path / "two" / FILE).read_text(encoding="utf-8")
    unknown = write(tmp_path / "three", "--course", course, "--only", "nonsense")
    assert unknown.exit_code == 2
    assert "There is no exercise nonsense" in unknown.output


def test_a_file_in_the_place_of_the_folder_is_a_usage_error(course: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = write(tmp_path / "file" / "below", "--course", course)
    assert refused.exit_code == 2
    assert "can't be written to" in refused.output


def test_what_comes_back_is_graded_as_it_is(course: Path, tmp_path: Path) -> None:
    write(tmp_path, "--course", course)
    blank = nbformat.read(tmp_path / FILE, as_version=4)
    solved = nbformat.read(tmp_path / FILE, as_version=4)
    solution = course / "reference" / "ch1" / "adding.py"
    for cell in solved.cells:
        if cell.id in {"double", "quadruple", "Box"}:
            cell.source = solution_of(cell.id, solution.read_text(encoding="utf-8"))
    students = tmp_path / "class"
    for name, made in (("folder/adding.ipynb", solved), ("loose.ipynb", solved), ("unfilled.ipynb", blank)):
        (students / name).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(made, students / name)
    ran = subprocess.run(
        [sys.executable, "-m", "grader.cli.main", "grade", students, "--out", tmp_path / "out",
         "--course", course, "--jobs", "1", "--seed", "7", "--sandbox", "none"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    rows = csv.DictReader((tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8").splitlines())
    assert {row["submission"]: (row["points"], row["max_points"]) for row in rows} == {
        "folder": ("7.0", "7.0"),
        "loose": ("7.0", "7.0"),
        "unfilled": ("0.0", "7.0"),
    }
    report = (tmp_path / "out" / "submissions" / "unfilled" / "report.json").read_text(encoding="utf-8")
    assert report.replace(" ", "").count('"status":"missing"') == 3


def solution_of(name: str, source: str) -> str:
    lines = source.splitlines()
    first = next(
        number for number, line in enumerate(lines) if line.startswith((f"def {name}", f"class {name}"))
    )
    later = [
        number for number in range(first + 1, len(lines)) if lines[number].startswith(("def ", "class "))
    ]
    return "\n".join(lines[first : later[0] if later else len(lines)])
