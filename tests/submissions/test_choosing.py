"""Which files of a submission are read, by their paths: nothing vanishes without a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import limits
from grader.submissions.choosing import choose, in_order, students_files

MODULES = frozenset(["mlp", "oo_design"])
FOLDERS = st.sampled_from(["hw", "venv", "data", "runs", "d2l", "py311", "src"])
FILES = st.sampled_from(
    [
        *("mlp.py", "mlp.ipynb", "oo_design.py", "a.py", "b.ipynb", "old.zip", "notes.txt"),
        *("test_mlp.py", "drive_mlp.py", "conftest.py", "d2l.py", "__init__.py", "torch.py", "pyvenv.cfg"),
    ]
)
PATHS = st.lists(st.builds(lambda folders, file: (*folders, file), st.lists(FOLDERS, max_size=3), FILES))


@given(paths=PATHS)
def test_every_source_is_read_or_there_is_a_sentence(paths: list[tuple[str, ...]]) -> None:
    files, left_out = students_files(paths)
    choice = choose(files, MODULES)
    sources = {parts for parts in paths if parts[-1].endswith((".py", ".ipynb"))}
    assert set(choice.sources) <= sources
    unread = sources - set(choice.sources)
    course = [line for line in choice.passed_over if "part of the course" in line]
    inside = [parts for parts in unread if parts not in files]
    assert all(any(line.startswith("/".join(parts[:1])) for line in left_out) for parts in inside)
    assert bool(course) == bool(unread - set(inside))
    assert set(choice.archives) == {parts for parts in files if parts[-1] == "old.zip"}


@given(paths=PATHS)
def test_the_order_is_that_of_a_set(paths: list[tuple[str, ...]]) -> None:
    """It doesn't depend on the order in which a file system or an archive lists them."""
    assert in_order(paths, MODULES) == in_order(reversed(paths), MODULES)
    files, _ = students_files(paths)
    assert choose(files, MODULES).sources == choose(files[::-1], MODULES).sources


def test_the_first_file_of_each_section_comes_first() -> None:
    paths = [("a.py",), ("old", "mlp.py"), ("x", "y", "oo_design.ipynb"), ("mlp.py",), ("b", "a.py")]
    assert ["/".join(parts) for parts in in_order(paths, MODULES)] == [
        "mlp.py",
        "x/y/oo_design.ipynb",
        "a.py",
        "b/a.py",
        "old/mlp.py",
    ]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (limits.FILES, []),
        (limits.FILES + 1, ["100.py is not read: only 100 files of a submission are."]),
        (limits.FILES + 3, ["100.py and 2 other files are not read: only 100 files of a submission are."]),
    ],
)
def test_of_too_many_files_the_last_are_named(count: int, said: list[str]) -> None:
    choice = choose([(f"{number:03}.py",) for number in range(count)], MODULES)
    assert len(choice.sources) == limits.FILES
    assert choice.passed_over == said
