"""`grader submit`: the archive is made whatever the check finds, and can be graded as it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "regularization"
PENALTY = "assignments/ch3_linear_regression/weight_decay.py"
DROPOUT = "assignments/ch5_multilayer_perceptrons/dropout.py"
CLIPPING = "assignments/ch9_recurrent_networks/gradient_clipping.py"
HELPERS = "assignments/ch5_multilayer_perceptrons/helpers.py"
TOP = "import os\nimport time\n\nimport torch\n\n\n"
RIGHT = f"{TOP}def l2_penalty(w):\n    return (w * w).sum() / 2\n"
WRONG = f"{TOP}def dropout_layer(X, mask, dropout):\n    return mask * X\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's copy of the example, where they work: one answer is right, one wrong, one a stub."""
    made = tmp_path / "ada's course"
    shutil.copytree(EXAMPLE, made, ignore=shutil.ignore_patterns("__pycache__", ".*", "reference"))
    (made / PENALTY).write_text(RIGHT)
    (made / DROPOUT).write_text(WRONG)
    (made / HELPERS).write_text("x = 1\n")
    (made / "assignments" / "notes.txt").write_text("Not for others.\n")
    monkeypatch.chdir(made)
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        monkeypatch.delenv(name)
    return made


def submit(*arguments: str | Path) -> tuple[int, str]:
    """The exit status of the command, and what it says."""
    done = CliRunner().invoke(main, ["submit", *map(str, arguments)])
    return done.exit_code, done.output


def test_points_are_shown_and_what_is_wrong_or_to_do_is_named(folder: Path) -> None:
    path = folder / "course.toml"
    path.write_text("\n".join(one for one in path.read_text().splitlines() if "deadline" not in one))
    code, said = submit()
    (archive,) = folder.glob("*.zip")
    assert code == 0
    assert said.splitlines() == [
        "Checking all answers (--no-check skips this).",
        "3.7 Weight decay                                                          3 of 3",
        "5.6 Dropout                                                               0 of 5",
        "  incorrect: dropout_layer (right_values)",
        "9.5 Gradient clipping                                                    0 of 12",
        "  to do: clip_gradients",
        "3 of 20 points, 1 of 3 exercises solved",
        f"Written: {archive.name}, with 4 files. Hand in this file.",
    ]
    assert archive.name.startswith("ada's course-20")
    assert not (folder / ".pytest_cache").exists()


def test_the_archive_holds_the_answers_and_what_they_may_import_and_nothing_else(folder: Path) -> None:
    assert submit("--no-check", "--out", "a.zip")[0] == 0
    with zipfile.ZipFile(folder / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: (folder / name).read_bytes() for name in (PENALTY, DROPOUT, CLIPPING, HELPERS)
        }
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_the_same_answers_are_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    submit("--no-check", "--out", "a.zip")
    os.utime(folder / PENALTY, (0, 0))
    (folder / DROPOUT).chmod(0o600)
    elsewhere = shutil.move(folder, tmp_path / "moved")
    os.chdir(elsewhere)
    submit("--no-check", "--out", tmp_path / "b.zip")
    assert (tmp_path / "moved" / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")
def test_it_is_graded_as_it_is(folder: Path, tmp_path: Path) -> None:
    (folder / CLIPPING).write_text("def clip_gradients(:\n")
    out = tmp_path / "out"
    assert submit("--no-check", "--out", tmp_path / "ada.zip")[0] == 0
    grade = ["grade", str(tmp_path / "ada.zip"), "--course", str(EXAMPLE), "--out", str(out)]
    done = CliRunner().invoke(main, grade)
    assert done.exit_code == 0, done.output
    report = json.loads((out / "submissions" / "ada" / "report.json").read_text(encoding="utf-8"))
    assert [(one["name"], one["status"]) for one in report["exercises"]] == [
        ("l2_penalty", "correct"),
        ("dropout_layer", "incorrect"),
        ("clip_gradients", "error"),
    ]
    assert report["points"] == 3


def test_a_file_that_does_not_parse_is_named_with_its_line_and_handed_in(folder: Path) -> None:
    (folder / CLIPPING).write_text("x = 1\ndef clip_gradients(:\n")
    (folder / DROPOUT).write_bytes(b"# caf\xe9\n")
    (folder / PENALTY).write_text("")
    code, said = submit("--no-check", "--out", "a.zip")
    assert code == 0
    assert (
        f"{CLIPPING}, line 2: invalid syntax. What stands there can't be graded until this is fixed." in said
    )
    assert f"{DROPOUT}: Its encoding is broken (" in said
    assert f"{PENALTY}: There is no Python in it: the file is empty" in said
    assert "with 4 files" in said


def test_a_stub_that_is_missing_is_named(folder: Path) -> None:
    (folder / CLIPPING).unlink()
    code, said = submit("--no-check", "--out", "a.zip")
    assert (code, f"{CLIPPING} is missing: download it again" in said, "with 3 files" in said) == (
        0,
        True,
        True,
    )
    (folder / DROPOUT).unlink()
    (folder / PENALTY).unlink()
    code, said = submit("--no-check", "--out", "b.zip")
    assert (code, "There is nothing to hand in." in said) == (2, True)
    assert not (folder / "b.zip").exists()


def test_what_is_no_file_or_too_large_is_named_and_left_out(folder: Path) -> None:
    (folder / CLIPPING).unlink()
    (folder / CLIPPING).mkdir()
    (folder / DROPOUT).write_bytes(b"#" * (2 << 20))
    code, said = submit("--no-check", "--out", "a.zip")
    assert (code, "with 2 files" in said) == (0, True)
    assert f"{CLIPPING} can't be handed in: " in said
    assert f"{DROPOUT} can't be handed in: The file is larger than 1 MB." in said


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("time.sleep(1000)", "The check was stopped after 12 s."),
        ("os._exit(7)", "The check ended early."),
        ("raise KeyboardInterrupt", "The check ended early."),
    ],
)
def test_an_answer_that_ends_or_outlasts_the_check_is_handed_in(folder: Path, line: str, wanted: str) -> None:
    """The checks' own time limits only stop Python code; these answers get past them."""
    body = f"    {line}\n    return w\n"
    (folder / PENALTY).write_text(f"{TOP}def l2_penalty(w):\n{body}")
    checks = folder / PENALTY.replace("weight", "test_weight")
    checks.write_text(
        checks.read_text().replace("    returns=scalar", "    seconds=1000,\n    returns=scalar", 1)
    )
    code, said = submit("--out", "a.zip", "--seconds", "12")
    assert (code, "with 4 files" in said) == (0, True), said
    assert wanted in said
    assert "Traceback" not in said
    assert "  not checked: " in said


def test_a_check_that_can_not_begin_is_said_and_blocks_nothing(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    code, said = submit("--out", "a.zip")
    assert (code, "with 4 files" in said) == (0, True)
    assert "unrecognized arguments: --no-such-option" in said


def test_nothing_else_is_overwritten(folder: Path, tmp_path: Path) -> None:
    (folder / "thesis.zip").write_text("not a zip")
    for arguments, wanted in (
        (["--out", "thesis.zip"], "thesis.zip exists, and is not a zip archive"),
        (["--out", "a.tar"], "a.tar is not the name of a zip archive: it must end in .zip"),
        (["--out", "nowhere/a.zip"], "The folder nowhere for a.zip doesn't exist"),
        (["--course", str(tmp_path)], "has no folder assignments with exercises in it"),
    ):
        code, said = submit("--no-check", *arguments)
        assert (code, wanted in said) == (2, True), said
    assert (folder / "thesis.zip").read_text() == "not a zip"
    assert list(tmp_path.glob("*.zip")) == []


def test_an_archive_that_can_not_be_written_leaves_the_old_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit("--no-check", "--out", "a.zip")
    before = (folder / "a.zip").read_bytes()
    (folder / PENALTY).write_text(WRONG)

    def full(_self: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    code, said = submit("--no-check", "--out", "a.zip")
    assert (code, "a.zip can't be written: No space left on device." in said) == (2, True)
    assert (folder / "a.zip").read_bytes() == before


def test_a_wrong_course_file_is_said(folder: Path) -> None:
    (folder / "course.toml").write_text("title = 1\n")
    code, said = submit("--no-check")
    assert (code, said.startswith("Error: course.toml:1: title must be text")) == (2, True)


def test_it_starts_without_torch(folder: Path) -> None:
    """An archive without a check takes no longer than reading the files."""
    code = (
        "import sys; from click.testing import CliRunner; from grader.cli.main import main; "
        "CliRunner().invoke(main, ['submit', '--no-check', '--out', 'a.zip'], catch_exceptions=False); "
        "print('torch' in sys.modules, 'pytest' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (folder / "a.zip").exists()
    assert done.stdout.split() == ["False", "False"]
