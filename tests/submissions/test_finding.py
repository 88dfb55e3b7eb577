"""Finding submissions: what a path is, and what each submission is called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions import CourseNames, EmptyClass, Entry, NoSuchPath, SubmissionError, find
from grader.submissions.layouts import AUTO
from grader.submissions.naming import folder_name, is_ignored, labels_of, names_for

COURSE = CourseNames(
    frozenset(["mlp", "softmax_regression_scratch", "linear_regression_scratch"]),
    frozenset(["ch4_linear_classification", "ch5_multilayer_perceptrons"]),
)


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n")
    return path


def entries(*paths: Path, layout: str = AUTO) -> tuple[Entry, ...]:
    return find(paths, COURSE, layout).entries


def names(*paths: Path, layout: str = AUTO) -> list[str]:
    return [entry.name for entry in entries(*paths, layout=layout)]


def test_a_file_is_one_submission_named_without_extension(tmp_path: Path) -> None:
    assert names(touch(tmp_path / "alice.py"), touch(tmp_path / "bob.tar.gz")) == ["alice", "bob"]


def test_a_folder_is_a_class_of_its_children(tmp_path: Path) -> None:
    for child in ("carol/mlp.py", "alice.ipynb", "bob.zip", "dave.lee/notes.txt"):
        touch(tmp_path / child)
    assert names(tmp_path) == ["alice", "bob", "carol", "dave.lee"]


def test_single_makes_one_submission_of_any_folder(tmp_path: Path) -> None:
    folder = touch(tmp_path / "alice" / "deep" / "anything.py").parent.parent
    touch(folder / "more.py")
    assert names(folder, layout="single") == ["alice"]


def test_what_tools_leave_behind_is_no_submission(tmp_path: Path) -> None:
    for child in ("__MACOSX/x.py", ".ipynb_checkpoints/x.py", "__pycache__/x.pyc", ".DS_Store", "alice.py"):
        touch(tmp_path / child)
    assert names(tmp_path) == ["alice"]


def test_names_that_clash_keep_their_extensions(tmp_path: Path) -> None:
    for child in ("alice.py", "alice.ipynb", "alice.tar.gz", "bob.py"):
        touch(tmp_path / child)
    assert names(tmp_path) == ["alice.ipynb", "alice.py", "alice.tar.gz", "bob"]


def test_names_clash_across_paths_and_whatever_their_case_and_unicode_form(tmp_path: Path) -> None:
    composed, decomposed = unicodedata.normalize("NFC", "Zoë"), unicodedata.normalize("NFD", "zoë")
    first, second = touch(tmp_path / "a" / f"{composed}.py"), touch(tmp_path / "b" / f"{decomposed}.ipynb")
    assert names(first, second) == ["Zoë.py", "zoë.ipynb"]


def test_names_are_different_even_where_extensions_do_not_help(tmp_path: Path) -> None:
    paths = [touch(tmp_path / term / "group" / "alice.py") for term in ("a", "b")]
    paths += [touch(tmp_path / "c" / "group-alice.py-2.zip")]
    assert names(*paths) == ["group-alice.py", "group-alice.py-3", "group-alice.py-2"]


def test_the_same_path_given_twice_is_one_submission(tmp_path: Path) -> None:
    path = touch(tmp_path / "alice.py")
    assert names(path, tmp_path / "." / "alice.py", tmp_path) == ["alice"]


def problems(folder: Path) -> dict[str, str]:
    return {entry.path.name: entry.parts[0].problem for entry in entries(folder)}


def test_a_link_in_a_class_is_a_submission_of_its_own_and_is_not_followed(tmp_path: Path) -> None:
    """Else whoever puts it there hands in a neighbour's work, or makes the neighbour vanish."""
    touch(tmp_path / "class" / "honest.py")
    touch(tmp_path / "elsewhere" / "mlp.py")
    for name, target in (
        ("alias.py", "honest.py"), ("loop.py", "loop.py"), ("dangling", "nowhere.py"),
        ("folder", "../elsewhere"), ("mlp.py", "../elsewhere/mlp.py"),
    ):  # fmt: skip
        (tmp_path / "class" / name).symlink_to(target)
    found = problems(tmp_path / "class")
    assert found.pop("honest.py") == ""
    assert sorted(found) == ["alias.py", "dangling", "folder", "loop.py", "mlp.py"]
    assert all("It is a link" in problem for problem in found.values())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_socket_in_a_class_is_a_submission_that_cannot_be_read(tmp_path: Path) -> None:
    touch(tmp_path / "honest.py")
    os.mkfifo(tmp_path / "pipe.py")
    assert "not a regular file" in problems(tmp_path)["pipe.py"]


def test_a_path_that_is_given_may_be_a_link(tmp_path: Path) -> None:
    touch(tmp_path / "work" / "alice.py")
    (tmp_path / "class").symlink_to(tmp_path / "work")
    (entry,) = entries(tmp_path / "class", tmp_path / "work")
    assert (entry.name, entry.parts[0].problem) == ("alice", "")
    (entry,) = entries(tmp_path / "class", layout="single")
    assert (entry.parts[0].below, entry.parts[0].problem) == ((), "")


def test_a_given_link_to_itself_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(NoSuchPath, match="symbolic links"):
        names(tmp_path / "loop")


def test_a_path_that_is_not_there_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match=r"nobody.*No such file"):
        names(tmp_path / "nobody")


def test_a_class_folder_without_submissions_is_a_usage_error(tmp_path: Path) -> None:
    touch(tmp_path / ".hidden")
    with pytest.raises(EmptyClass, match="contains no submissions"):
        names(tmp_path)


def test_usage_errors_share_a_type(tmp_path: Path) -> None:
    for bad in (tmp_path, tmp_path / "nobody"):
        with pytest.raises(SubmissionError):
            names(bad)


NAMES = st.sampled_from(
    [
        *(
            "mlp.py",
            "MLP.ipynb",
            "mlp-Copy1.ipynb",
            "sofmax_regression_scratch.py",
            "utils.py",
            "test_mlp.py",
        ),
        *("data", "ch4", "assignments", "alice.py", "bob.ipynb", "carol", "2024001.zip", "민수.py"),
        *("README.md", ".DS_Store", "__pycache__"),
    ]
)
INSIDE = st.sampled_from(["mlp.py", "hw.ipynb", "ch5/softmax_regression_scratch.py", "data/x.csv"])


@settings(max_examples=50, deadline=None)
@given(children=st.dictionaries(NAMES, INSIDE, min_size=1, max_size=8))
def test_no_file_vanishes(tmp_path_factory: pytest.TempPathFactory, children: dict[str, str]) -> None:
    """A folder is one submission, or each of its children is one but for those that are ignored by name."""
    folder = tmp_path_factory.mktemp("folder")
    for name, inside in children.items():
        touch(folder / name if "." in name[1:] else folder / name / inside)
    expected = sorted(name for name in children if not is_ignored(name))
    if not expected:
        with pytest.raises(EmptyClass):
            find([folder], COURSE)
        return
    found = find([folder], COURSE)
    (decision,) = found.folders
    own = [entry.path for entry in found.entries]
    assert own == ([folder] if decision.layout.name == "single" else [folder / name for name in expected])
    assert decision.count == len(found.entries)
    assert find([folder], COURSE) == found
    assert [entry.path.name for entry in entries(folder, layout="plain")] == expected
    assert [entry.path for entry in entries(folder, layout="single")] == [folder]


def test_what_is_left_out_is_neither_a_submission_nor_a_reason(tmp_path: Path) -> None:
    for name in ("mlp.py", "reports/x.py"):
        touch(tmp_path / "alice" / name)
    assert names(tmp_path / "alice") == ["mlp", "reports"]
    found = find([tmp_path / "alice"], COURSE, leave_out=lambda path: path.name == "reports")
    assert [entry.name for entry in found.entries] == ["alice"]
    with pytest.raises(EmptyClass):
        find([tmp_path / "alice"], COURSE, "plain", leave_out=lambda _: True)


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("-rf", "rf"),
        ("..", "unnamed"),
        ("a\nb\x1b[31m", "a_b_[31m"),
        ("a/b\\c", "a_b_c"),
        ("=cmd()", "cmd()"),
        ("con.txt", "_con.txt"),
        ("ab\u202ecd", "ab_cd"),
        ("name. ", "name"),
        ("김민수", "김민수"),
    ],
)
def test_a_hostile_name_becomes_one_fit_for_a_folder(hostile: str, safe: str) -> None:
    assert folder_name(hostile) == safe


@given(st.text(max_size=300))
def test_any_name_can_be_a_folder_on_a_command_line(name: str) -> None:
    """Nothing that leaves the folder, hides, or looks like an option."""
    safe = folder_name(name)
    assert safe
    assert not safe.startswith((".", "-"))
    assert not set(safe) & set('/\\:*?"<>|\0\n')
    assert len(safe.encode()) <= 101


@given(st.lists(st.sampled_from(["a.py", "A.py", "a.zip", "a", "a-2", "a.py-2.zip", "b"]), max_size=8))
def test_names_are_always_different(files: list[str]) -> None:
    chosen = [
        name.casefold()
        for name in names_for([labels_of(Path("nowhere", file), is_folder=False) for file in files])
    ]
    assert len(set(chosen)) == len(files)


def test_files_of_one_name_are_called_after_their_folders(tmp_path: Path) -> None:
    """As `class/*/*.zip` names them, where a learning platform has a folder for each student."""
    ada, bob = (touch(tmp_path / student / "students-2026-11-23.zip") for student in ("ada", "bob"))
    assert names(ada, bob, touch(tmp_path / "carol.py")) == [
        "ada-students-2026-11-23.zip",
        "bob-students-2026-11-23.zip",
        "carol",
    ]
