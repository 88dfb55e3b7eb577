"""Beginning an exercise, and the page that says how to go on: followed to the letter."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.audit.audit import audit_implementation
from grader.authoring.import_edit import with_names
from grader.authoring.new_exercise import NewExercise, NewExerciseError, create
from grader.authoring.stubs import stale
from grader.cli.main import main
from grader.course.course import load
from grader.course.implementations import implementations
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from tests.fixtures.small_course import WriteCourse

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "authors" / "writing-exercises.md").read_text(encoding="utf-8")
TUTORIAL = PAGE.partition("## In twenty minutes\n")[2].partition("\n## ")[0]
BLOCK = re.compile(
    r"(?:^`(?P<path>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
FIRST = NewExercise("relu", "mlp", chapter="ch5_mlp", section="5.1", title="Perceptrons")
STATES = {
    "stub": "",
    "reference": "fails is_defined",
    "wheat": "fails is_defined",
    "chaff": "passes right_values",
}


def lint(folder: Path) -> str:
    """What ruff finds, but for the TODOs themselves; empty where it is content."""
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "."]
    found = ""
    for command in (["check", "--ignore", "FIX,TD"], ["format", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *settings],
            cwd=folder, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        found += "" if done.returncode == 0 else done.stdout + done.stderr
    return found


def contents(folder: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}


def refused(root: Path, **changes: object) -> str:
    """What is said where an exercise can't be begun; nothing is written then."""
    before = contents(root)
    with pytest.raises(NewExerciseError) as caught:
        create(root, NewExercise(**{"name": "halve", "module": "doubling", **changes}))  # type: ignore[arg-type]
    assert contents(root) == before
    return str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"signature": "relu(X: torch.Tensor, slope: float = 0.5, *, negative: bool = False) -> torch.Tensor"},
        {"signature": "relu()"},
        {"is_class": True},
    ],
)
def test_a_new_course_can_be_loaded_passes_ruff_and_says_what_is_to_do(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    root = tmp_path / "course"
    written = create(root, NewExercise(**{**vars(FIRST), **changes}))
    assert sorted(written) == sorted(root.rglob("*.py"))
    course = load(root)
    ((section, exercise),) = course.exercises()
    assert (section.number, section.title, exercise.name) == ("5.1", "Perceptrons", "relu")
    assert stale(course) == []
    found = [audit_implementation(course, one, Exam(1)) for one in implementations(course)]
    assert [one.implementation.kind for one in found] == ["stub", "reference", "wheat", "chaff", "chaff"]
    assert [one.problem[: len(STATES[one.implementation.kind])] for one in found] == [
        STATES[one.implementation.kind] for one in found
    ]
    assert {one.result.checks[0].message for one in found} == {"relu is still to do"}
    assert "# TODO: the largest rounding error" in section.checks.read_text(encoding="utf-8")
    assert lint(root) == ""


def test_a_new_section_leaves_the_others_alone(write: WriteCourse) -> None:
    root = write()
    before = contents(root)
    written = create(root, FIRST)
    assert not before.keys() & set(written)
    assert contents(root).items() >= before.items()
    assert [exercise.name for _, exercise in load(root).exercises()] == ["shift", "double", "Counter", "relu"]


def test_an_exercise_is_added_to_the_files_of_its_section(write: WriteCourse) -> None:
    root = write()
    before = contents(root)
    create(root, NewExercise("halve", "doubling", signature="halve(x, times=1)"))
    course = load(root)
    assert stale(course) == []
    section = course.sections[1]
    assert [exercise.name for exercise in section.exercises] == ["double", "Counter", "halve"]
    for path in (section.stub, course.solution(section)):
        assert path.read_text(encoding="utf-8").startswith(before[path].rstrip())
    grown = section.checks.read_text(encoding="utf-8")
    imported = "import assert_close, any_of, boolean, exercise, like, list_of, number, tensors"
    assert imported in before[section.checks]
    assert grown.startswith(
        before[section.checks]
        .replace(
            imported, "import any_of, assert_close, boolean, exercise, like, list_of, number, tensors, ulps"
        )
        .rstrip()
    )


COURSE_TOML = """\
title = "Sums"  # one line
points = 8
[[sections]]
module = "doubling"
exercises = [
    "double",
    "Counter",  # the second
]
"""


def test_a_course_file_gets_the_exercise_and_its_points_and_keeps_the_rest(write: WriteCourse) -> None:
    root = write({"course.toml": COURSE_TOML.replace("8", "7")})
    written = create(root, NewExercise("halve", "doubling"))
    assert root / "course.toml" in written
    grown = (root / "course.toml").read_text(encoding="utf-8")
    added = '    "Counter",  # the second\n    "halve",\n'
    assert grown == COURSE_TOML.replace('    "Counter",  # the second\n', added)
    create(root, FIRST)
    create(root, NewExercise("back", "shifting"))
    assert (root / "course.toml").read_text(encoding="utf-8") == grown.replace("8", "10") + (
        '[[sections]]\nmodule = "mlp"\n[[sections]]\nmodule = "shifting"\nexercises = ["back"]\n'
    )
    exercises = [exercise.name for _, exercise in load(root).exercises()]
    assert exercises == ["back", "double", "Counter", "halve", "relu"]
    assert stale(load(root)) == [root / "assignments" / "ch0" / "shifting.py"]


def test_a_course_file_that_is_wrong_is_named_and_nothing_written(write: WriteCourse) -> None:
    said = refused(write({"course.toml": "title = 3\n"}))
    assert "course.toml:1: title must be text" in said


def test_what_is_added_to_a_section_that_ships_passes_ruff(tmp_path: Path) -> None:
    for path in ("assignments/{}/mlp.py", "assignments/{}/test_mlp.py", "reference/{}/mlp.py"):
        name = path.format("ch5_multilayer_perceptrons")
        (tmp_path / name).parent.mkdir(parents=True) if not (tmp_path / name).parent.exists() else None
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "assignments/ch5_multilayer_perceptrons/drive_mlp.py").write_text('"""None."""\n')
    create(tmp_path, NewExercise("zeros", "mlp", signature="zeros(n: int) -> torch.Tensor"))
    assert lint(tmp_path) == ""


def test_a_stub_that_somebody_filled_in_is_left_alone(write: WriteCourse) -> None:
    filled = '"""Doubling."""\n\n\ndef double(x):\n    return x + x\n'
    root = write({"assignments/ch1/doubling.py": filled})
    stub = root / "assignments" / "ch1" / "doubling.py"
    assert stub not in create(root, NewExercise("halve", "doubling"))
    assert stub.read_text(encoding="utf-8") == filled


@pytest.mark.parametrize(
    "name", ["", "a b", "a-b", "1st", "class", "None", "_f", "../f", "f/g", "f(x)", "größe"]
)
def test_bad_names_are_refused(write: WriteCourse, name: str) -> None:
    root = write()
    assert "can't be an exercise's name" in refused(root, name=name)
    assert "can't be --module" in refused(root, module=name)
    new = {"module": "new", "section": "9.9", "title": "New"}
    if name:
        assert "can't be --chapter" in refused(root, chapter=name, **new)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "double"}, "already an exercise double, in "),
        ({"name": "shift"}, "already an exercise shift, in "),
        ({"name": "_helper"}, "start with a letter"),
        ({"name": "STEP"}, "doubling.py already uses the name STEP"),
        ({"name": "torch"}, "already uses the name torch"),
        ({"name": "ulps"}, "test_doubling.py already uses the name ulps"),
        ({"module": "test_doubling"}, "give the name of the section's module"),
        ({"module": "tripling"}, "tripling (it has: shifting, doubling). To create it, add --sec"),
        ({"section": "1.3"}, "its section is '1.2'. Omit --section"),
        ({"title": "Halving"}, "its title is 'Doubling, and counting to (n)'"),
        ({"chapter": "ch9"}, "its chapter is 'ch1'"),
        ({"signature": "half(x)"}, "is not a signature of halve"),
        ({"signature": "halve(x"}, "is not a signature of halve"),
        ({"signature": "halve(x): pass\nimport os"}, "is not a signature of halve"),
        ({"signature": "halve(x, x)"}, "is not a signature of halve"),
        ({"signature": "halve(*xs)"}, "for each parameter by name"),
        ({"signature": "halve(halve)"}, "no parameter may be called halve"),
        ({"signature": "halve(x: np.ndarray)"}, "np is not defined"),
        ({"module": "new", "chapter": "ch1", "section": "x", "title": "T"}, "the section, such as 6.1"),
        ({"module": "new", "chapter": "ch1", "section": "1.2", "title": "T"}, "add to it with --module"),
        ({"module": "new", "chapter": "ch1", "section": "1.3", "title": 'a""" + b'}, "--title: use one"),
        ({"module": "new", "chapter": "ch1", "section": "1.3", "title": "a\nb"}, "--title: use one line"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(write: WriteCourse, changes: dict[str, object], said: str) -> None:
    assert said in refused(write(), **changes)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("reference/ch1/wheat/halve/mine.py", '"""Mine."""\n', "wheat/halve already exists"),
        ("reference/ch1/doubling.py", "def double(:\n", "doubling.py can't be read"),
        ("assignments/ch0/test_shifting.py", "(\n", "test_shifting.py can't be read"),
    ],
)
def test_files_that_are_in_the_way_are_named(write: WriteCourse, path: str, text: str, said: str) -> None:
    assert said in refused(write({path: text}))


def test_files_without_checks_are_not_overwritten(write: WriteCourse) -> None:
    root = write({"reference/ch5_mlp/mlp.py": '"""Mine."""\n'})
    assert "mlp.py already exists" in refused(root, **vars(FIRST))


def test_a_reference_that_is_missing_or_lacks_torch_is_named(write: WriteCourse) -> None:
    root = write()
    said = refused(root, module="shifting", signature="halve(x: torch.Tensor)")
    assert "shifting.py has no `import torch`" in said
    (root / "reference" / "ch0" / "shifting.py").unlink()
    assert "shifting.py, the reference of " in refused(root, module="shifting")


def test_a_folder_that_is_not_a_course_is_refused_and_one_with_hidden_files_is_empty(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert "is not a course: it has no folder assignments/" in refused(tmp_path)
    (tmp_path / "assignments").mkdir()
    assert "is not a course: it has no folder reference/" in refused(tmp_path)
    (tmp_path / "notes.txt").rename(tmp_path / ".notes")
    (tmp_path / "assignments").rmdir()
    assert create(tmp_path, FIRST)


def test_names_are_added_in_the_formatters_order_and_form() -> None:
    source = '"""A."""\n\nfrom grader.laws import EXACT, Broken, exercise  # three\n\nx = 1\n'
    added = with_names(source, "grader.laws", ["ulps", "exercise"])
    assert added == '"""A."""\n\nfrom grader.laws import EXACT, Broken, exercise, ulps\n\nx = 1\n'
    many = [f"a_rather_long_name_{number}" for number in range(5)]
    assert with_names("from a import b\n", "a", many) == (
        "from a import (\n" + "".join(f"    {name},\n" for name in [*many, "b"]) + ")\n"
    )
    with pytest.raises(LookupError):
        with_names("import a\n", "a", ["b"])
    with pytest.raises(LookupError):
        with_names("from a import c\nb = 1\n", "a", ["b"])


def test_the_command_says_what_is_next_and_refuses_with_status_2(tmp_path: Path) -> None:
    root = tmp_path / "my course"
    new = ["--section", "5.1", "--title", "Perceptrons", "--chapter", "ch5_mlp"]
    base = ["new-exercise", "relu", "--module", "mlp", "--course", str(root)]
    begun = CliRunner().invoke(main, [*base, *new])
    assert begun.exit_code == 0
    assert begun.output.count("written: ") == 6
    assert f"grader audit --course '{root}' --only relu" in begun.output
    again = CliRunner().invoke(main, [*base, *new])
    assert again.exit_code == 2
    assert "Error: There is already an exercise relu" in again.output
    both = CliRunner().invoke(main, [*base, "--class", "--signature", "relu(X)"])
    assert (both.exit_code, "can't be combined" in both.output) == (2, True)
    root.joinpath("file").touch()
    assert CliRunner().invoke(main, [*base[:-1], str(root / "file")]).exit_code == 2


def shell(command: str, folder: Path) -> str:
    """What a reader's shell prints, with the environment activated."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "COV_")) and name != "COLUMNS"
    }
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", command], cwd=folder, env={**kept, "PATH": path},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.stdout


def in_this_process(command: str, folder: Path) -> str:
    """What a command of the grader prints there, without a start of its own."""
    _program, *words = shlex.split(command.replace("\\\n", " "))
    with contextlib.chdir(folder):
        return CliRunner(env={"COLUMNS": "80"}).invoke(main, words, catch_exceptions=False).output


def is_of_the_grader_alone(command: str) -> bool:
    """Whether there is nothing for a shell to do but to start the grader."""
    (first, *more) = command.replace("\\\n", " ").strip().splitlines()
    return first.startswith("grader ") and not more


def left_out(shown: str, printed: str) -> list[str]:
    """The lines of a page that were not printed, or not in that order."""
    rest = iter([line.strip() for line in printed.splitlines()])
    return [line for line in shown.splitlines() if line not in {"", "…"} and line.strip() not in rest]


def test_lines_that_are_missing_or_in_another_order_are_found() -> None:
    assert left_out("a\n…\nc\n", "a \nb\nc\n") == []
    assert left_out("c\na\n", "a\nc\n") == ["a"]
    assert left_out("a\nd\n", "a\nc\n") == ["d"]


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox and mutants need Linux")
@pytest.mark.timeout(300)
def test_the_page_leads_from_nothing_to_an_audited_exercise(tmp_path: Path) -> None:
    """Commands and files are the page's own, in its order, and what they print is what it says.

    A shell starts pytest, and grades; the other commands of the grader run in this process.
    """
    printed, commands = "", 0
    for block in BLOCK.finditer(TUTORIAL):
        if block["kind"] == "bash":
            run = in_this_process if is_of_the_grader_alone(block["text"]) else shell
            printed, commands = run(block["text"], tmp_path), commands + 1
            assert "Traceback" not in printed, printed
        elif block["kind"] == "text":
            assert left_out(block["text"], printed) == [], printed
        else:
            (tmp_path / block["path"]).write_text(block["text"], encoding="utf-8")
    assert commands == 8
    assert list(tmp_path.rglob("*todo*")) == []
    assert "TODO" not in "".join(contents(tmp_path / "course").values())
    course = load(tmp_path / "course")
    assert stale(course) == []
    assert lint(tmp_path / "course") == ""
    careless(course.sections[0].checks)
    (told,) = re.findall(r"^    rms_norm/(chaff/whole_batch: passes)$", TUTORIAL, re.MULTILINE)
    course = load(tmp_path / "course")
    found = [audit_implementation(course, one, Exam(1)) for one in implementations(course)]
    assert [f"{one.implementation}: {one.problem}" for one in found if one.problem] == [f"rms_norm/{told}"]


def careless(checks: Path) -> None:
    """Draw only one row, as the page says that one shouldn't."""
    source = checks.read_text(encoding="utf-8")
    (given,) = re.findall(r"`given=(\{[^`]*\})`", TUTORIAL)
    assert source.count("    given=") == 1
    checks.write_text(re.sub(r"given=.*,\n", f"given={' '.join(given.split())},\n", source), encoding="utf-8")
