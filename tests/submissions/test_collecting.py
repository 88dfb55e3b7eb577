"""Collecting what was handed in: bytes by their names, within limits, and nothing is looked into."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.students import Student
from grader.submissions import (
    Entry,
    HandIn,
    NoCode,
    Part,
    Unreadable,
    alone,
    collect,
    fingerprint,
    limits,
    read,
)
from grader.submissions.collecting import read_file

if TYPE_CHECKING:
    from pathlib import Path

MODULES = frozenset(["mlp"])


def write(path: Path, data: bytes = b"x = 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def collected(path: Path, *, is_given: bool = True) -> HandIn:
    return collect(alone("alice", path, is_given=is_given), MODULES)


def paths(hand_in: HandIn) -> list[bytes]:
    return [file.path for file in hand_in.files]


def test_a_file_is_collected_as_it_is(tmp_path: Path) -> None:
    hand_in = collected(write(tmp_path / "hw.ipynb", b"\xff no JSON"))
    assert hand_in.files[0].data == b"\xff no JSON"
    assert not hand_in.is_folder


def test_section_modules_come_first_then_the_least_deep(tmp_path: Path) -> None:
    for name in ("b.py", "deep/er/mlp.ipynb", "deep/a.py", "notes.txt", "old.zip", ".hidden.py"):
        write(tmp_path / name)
    assert paths(collected(tmp_path)) == [b"deep/er/mlp.ipynb", b"b.py", b"deep/a.py"]


def test_archives_are_collected_where_there_is_nothing_else(tmp_path: Path) -> None:
    for name in ("hw.zip", "more/old.tar.gz", "essay.pdf"):
        write(tmp_path / name)
    assert paths(collected(tmp_path)) == [b"hw.zip", b"more/old.tar.gz"]


def test_a_name_that_is_no_text_survives_the_way_to_the_reader(tmp_path: Path) -> None:
    write(tmp_path / os.fsdecode(b"\xff") / "mlp.py")
    sent = msgspec.msgpack.encode(collected(tmp_path))
    arrived = msgspec.msgpack.decode(sent, type=HandIn)
    assert paths(arrived) == [b"\xff/mlp.py"]
    assert read(arrived).files[0].path == "?/mlp.py"


def test_a_file_too_large_costs_only_itself(tmp_path: Path) -> None:
    write(tmp_path / "a.py", b"#" * (limits.SOURCE + 1))
    write(tmp_path / "mlp.py")
    mlp, large = collected(tmp_path).files
    assert (mlp.problem, large.problem) == ("", "The file is larger than 1 MB.")
    assert large.data == b""


def test_no_more_files_are_collected_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", 3)
    for name in ("1.py", "2.py", "3.py", "4.py", "sub/mlp.py"):
        write(tmp_path / name)
    hand_in = collected(tmp_path)
    assert paths(hand_in) == [b"sub/mlp.py", b"1.py", b"2.py"]
    assert hand_in.passed_over == ("3.py and 1 other file are not read: only 3 files of a submission are.",)


def test_what_is_passed_over_is_said_in_a_few_sentences(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path / f"{number}" / "venv" / "x.py")
    write(tmp_path / "mlp.py")
    said = collected(tmp_path).passed_over
    assert len(said) == limits.PASSED_OVER
    assert said[-1] == "More than that was passed over."


def test_only_what_the_instructor_names_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "work" / "mlp.py")
    (tmp_path / "link").symlink_to(tmp_path / "work")
    (tmp_path / "link.py").symlink_to(tmp_path / "work" / "mlp.py")
    for name in ("link", "link.py"):
        assert collected(tmp_path / name).files
        with pytest.raises(Unreadable, match="It is a link"):
            collected(tmp_path / name, is_given=False)


def test_a_device_is_not_read_wherever_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match="not a regular file"):
        collected(tmp_path / "zero.py")
    with pytest.raises(Unreadable, match="not a regular file"):
        read_file(tmp_path / "zero.py", 10)


def test_a_problem_that_was_seen_before_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="odd"):
        collect(alone("alice", write(tmp_path / "mlp.py"), problem="It is odd."), MODULES)


def test_the_hash_follows_paths_and_bytes_and_nothing_else(tmp_path: Path) -> None:
    for number, (name, data) in enumerate([("a.py", b"x"), ("a.py", b"x"), ("a.py", b"y"), ("b.py", b"x")]):
        write(tmp_path / str(number) / name, data)
        write(tmp_path / str(number) / "notes.txt", str(number).encode())
    first, same, other, renamed = (collected(tmp_path / str(number)).sha256 for number in range(4))
    assert first == same
    assert len({first, other, renamed}) == 3


def test_the_fingerprint_is_the_hash_without_the_bytes(tmp_path: Path) -> None:
    for name in ("mlp.py", "b.ipynb", "sub/c.py"):
        write(tmp_path / name, name.encode())
    assert fingerprint(alone("alice", tmp_path), MODULES) == collected(tmp_path).sha256


def several(*parts: Part) -> Entry:
    return Entry(Student("alice"), parts)


def test_several_parts_are_one_submission_under_the_names_that_the_student_gave(tmp_path: Path) -> None:
    write(tmp_path / "alice_1_2001_mlp.py")
    write(tmp_path / "alice_1_2002_report.pdf")
    write(tmp_path / "folder" / "src" / "helpers.py")
    entry = several(
        Part(tmp_path, ("alice_1_2001_mlp.py",), "mlp.py"),
        Part(tmp_path, ("alice_1_2002_report.pdf",), "report.pdf"),
        Part(tmp_path, ("folder",), "more"),
    )
    found = collect(entry, MODULES)
    assert [file.path for file in found.files] == [b"mlp.py", b"more/src/helpers.py"]
    assert found.is_folder
    assert fingerprint(entry, MODULES) == found.sha256


def test_a_part_that_can_not_be_read_costs_only_itself(tmp_path: Path) -> None:
    write(tmp_path / "mlp.py")
    (tmp_path / "link.py").symlink_to("mlp.py")
    link = Part(tmp_path, ("link.py",), "x.py")
    found = collect(several(Part(tmp_path, ("mlp.py",)), link), MODULES)
    assert [file.path for file in found.files] == [b"mlp.py"]
    assert found.passed_over[0].startswith("x.py: It is a link")
    with pytest.raises(Unreadable, match="It is a link"):
        collect(several(link, link), MODULES)


def test_no_link_on_the_way_to_a_part_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real" / "mlp.py")
    (tmp_path / "ada").symlink_to("real")
    with pytest.raises((Unreadable, OSError)):
        collect(several(Part(tmp_path, ("ada", "mlp.py"))), MODULES)


@pytest.mark.parametrize("names", [["essay.pdf"], ["a.png", "b.txt", "c.html", "d.pdf"]])
def test_what_holds_no_code_is_said_with_what_there_is(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        write(tmp_path / name)
    with pytest.raises(NoCode, match=f"There is no Python in it, only {', '.join(names[:3])}"):
        collect(several(*(Part(tmp_path, (name,), name) for name in names)), MODULES)
