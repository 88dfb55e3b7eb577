"""What each system's download tells: who handed in what, in which order, and what belongs to nobody."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.students import Identity
from grader.submissions import CourseNames, SubmissionError, Unreadable, collect, find, read
from grader.submissions.announcing import first_lines
from grader.submissions.layouts import AUTO, NAMED
from grader.submissions.layouts.otter import WHOSE
from grader.submissions.layouts.packed import system_of_members

if TYPE_CHECKING:
    from pathlib import Path

    from grader.submissions.finding import Found

COURSE = CourseNames(frozenset(["mlp", "oo_design", "softmax_regression_scratch"]))


def found(folder: Path, *names: str, layout: str = AUTO, at: str = "") -> Found:
    """What is found in a folder with such files and folders; the name of a folder ends in a slash."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_text("x = 1\n")
    return find([folder / at], COURSE, layout)


def layout_of(folder: Path, *names: str) -> str:
    (decision,) = found(folder, *names).folders
    return decision.layout.name


def lines(one: Found, folder: Path) -> list[str]:
    return [line.replace(f"{folder.parent}/", "") for line in first_lines(one)]


def attempts(one: Found) -> dict[str, list[list[str]]]:
    """The names of the files of each attempt, by student."""
    by_name: dict[str, list[list[str]]] = {}
    for entry in one.entries:
        by_name.setdefault(entry.name, []).append([part.name or part.path.name for part in entry.parts])
    return by_name


def identities(one: Found) -> dict[str, Identity]:
    return {entry.name: entry.student.identity for entry in one.entries}


CANVAS = (
    "lovelaceada_104_2041_mlp.ipynb", "lovelaceada_104_2042_oo_design-3.ipynb",
    "김민수_LATE_105_2043_hw_1_final.zip", "noodle_106_text.html", "linkson_107_link.html", "roster.csv",
)  # fmt: skip


def test_canvas_names_tell_student_and_lateness_and_what_the_student_called_a_file(tmp_path: Path) -> None:
    one = found(tmp_path / "hw1", *CANVAS)
    assert attempts(one) == {
        "linkson": [["link.html"]],
        "lovelaceada": [["mlp.ipynb", "oo_design.ipynb"]],
        "noodle": [["text.html"]],
        "김민수": [["hw_1_final.zip"]],
    }
    assert {entry.name: entry.late for entry in one.entries} == {
        "linkson": False, "lovelaceada": False, "noodle": False, "김민수": True,
    }  # fmt: skip
    assert identities(one)["lovelaceada"] == Identity(name="lovelaceada", canvas="104")
    assert lines(one, tmp_path / "hw1") == [
        (
            f"hw1: a download from Canvas: 4 students, 4 attempts (5 of 6 names are like {CANVAS[0]}); use "
            f"--layout plain if each file or folder in it is a submission."
        ),
        "  Belongs to nobody, and is not graded: roster.csv.",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mlp-1.ipynb", "mlp.ipynb"),
        ("mlp-7.ipynb", "mlp.ipynb"),
        ("mlp-8.ipynb", "mlp-8.ipynb"),
        ("mlp-0f8fad5b-d9cb-469f-a165-70867728950e.ipynb", "mlp.ipynb"),
        ("hw-1.ipynb", "hw-1.ipynb"),
    ],
)
def test_a_resubmissions_suffix_is_dropped_only_to_find_a_section(
    tmp_path: Path, name: str, shown: str
) -> None:
    one = found(tmp_path / "hw1", f"lovelaceada_104_2041_{name}", "noodle_106_2042_x.py")
    assert attempts(one)["lovelaceada"] == [[shown]]


def test_two_files_of_one_section_keep_their_names(tmp_path: Path) -> None:
    one = found(tmp_path / "hw1", "ada_104_2041_mlp-1.ipynb", "ada_104_2042_mlp.ipynb")
    assert sorted(attempts(one)["ada"][0]) == ["2/mlp.ipynb", "mlp.ipynb"]


def test_anonymous_students_of_canvas_are_told_apart_and_nothing_else_is_known(tmp_path: Path) -> None:
    one = found(tmp_path / "hw1", "anon_Ab1cD_2041_mlp.py", "LATE_anon_Zz9_2042_mlp.py")
    assert {entry.name: entry.late for entry in one.entries} == {"anon_Ab1cD": False, "anon_Zz9": True}
    assert set(identities(one).values()) == {Identity()}


def test_two_of_one_name_have_their_numbers_with_it(tmp_path: Path) -> None:
    one = found(tmp_path / "hw1", "kim_104_2041_mlp.py", "kim_105_2042_mlp.py", "_106_2043_mlp.py")
    assert sorted(attempts(one)) == ["106", "kim_104", "kim_105"]


@pytest.mark.parametrize(
    "names",
    [
        ["week_3_2026_mlp.py", "week_3_2026_relu.py"],
        ["lab_1_2_mlp.py", "lab_1_3_relu.py"],
        ["ada_104_2041_mlp.py", "bob_104_2042_mlp.py"],
        ["ada_104_2041_mlp.py", "bob.py", "carol.py"],
        ["ada.ipynb", "bob.ipynb"],
    ],
    ids=" ".join,
)
def test_names_that_only_look_like_canvas_are_not_taken_for_it(tmp_path: Path, names: list[str]) -> None:
    assert layout_of(tmp_path / "hw1", *names) == "plain"
    for path in (tmp_path / "hw1").iterdir():
        path.unlink()
    assert found(tmp_path / "hw1", *names, "x_1_2_y.py", layout="canvas").folders[0].layout.name == "canvas"


@pytest.mark.parametrize("underscore", ["", "_"])
def test_moodles_folders_belong_together_and_online_text_is_no_student(
    tmp_path: Path, underscore: str
) -> None:
    names = [
        f"Ada Lovelace_111_assignsubmission_file{underscore}/src/mlp.py",
        f"Ada Lovelace_111_assignsubmission_onlinetext{underscore}/onlinetext.html",
        f"Zoë, Jr. 2_112_assignsubmission_onlinetext{underscore}/onlinetext.html",
    ]
    one = found(tmp_path / "hw1", *names, "all.zip")
    assert sorted(attempts(one)) == ["Ada Lovelace", "Zoë, Jr. 2"]
    assert identities(one)["Ada Lovelace"] == Identity(name="Ada Lovelace", moodle="111")
    entry = one.entries[0]
    assert [file.path for file in read(collect(entry, COURSE.modules)).files] == ["src/mlp.py"]
    assert "  Belongs to nobody, and is not graded: all.zip." in lines(one, tmp_path / "hw1")


def test_moodles_flat_files_have_the_students_own_names(tmp_path: Path) -> None:
    one = found(
        tmp_path / "hw1",
        "Ada Lovelace_111_assignsubmission_file_my_mlp.py",
        "Ada Lovelace_111_assignsubmission_file_b.py",
        "Ada Lovelace_111_assignsubmission_onlinetext_onlinetext.html",
    )
    assert attempts(one) == {"Ada Lovelace": [["b.py", "my_mlp.py", "onlinetext.html"]]}


def test_blind_marking_and_equal_names_are_told_apart_by_number(tmp_path: Path) -> None:
    names = [f"Participant_{n}_assignsubmission_file/mlp.py" for n in (1, 2)]
    names += [f"Min Kim_{n}_assignsubmission_file/mlp.py" for n in (3, 4)]
    one = found(tmp_path / "hw1", *names)
    assert sorted(attempts(one)) == ["Min Kim-3", "Min Kim-4", "Participant 1", "Participant 2"]
    assert identities(one)["Participant 1"].name == ""


def metadata(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "submission_metadata.yml").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


GRADESCOPE = """\
---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: '007'
    :email: ada@example.org
  :created_at: 2026-11-24 09:00:00.000000000 -05:00
submission_12:
  :submitters:
  - :name: Ada Lovelace
    :sid: '007'
    :email: ada@example.org
  :created_at: '2026-11-23 10:00:00 UTC'
submission_13:
  :submitters:
  - :name: Zoë
    :email: zoe@example.org
  - :name: Bob
  :created_at: 2026-11-23
submission_14:
  :submitters: []
submission_15:
  :submitters:
  - :name: Eve
"""


def test_gradescopes_metadata_tell_students_groups_and_times(tmp_path: Path) -> None:
    folder = metadata(tmp_path / "export", GRADESCOPE)
    one = found(folder, *(f"submission_{n}/mlp.py" for n in (11, 12, 13, 14, 16)), "notes.txt")
    assert attempts(one) == {
        "Ada Lovelace": [["submission_12"], ["submission_11"]],
        "Bob, Zoë": [["submission_13"]],
        "submission_14": [["submission_14"]],
        "submission_16": [["submission_16"]],
    }
    times = [entry.submitted for entry in one.entries]
    assert times[:3] == [
        datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 24, 14, tzinfo=UTC), None,
    ]  # fmt: skip
    assert one.entries[0].student.identity == Identity(name="Ada Lovelace", email="ada@example.org", id="007")
    assert one.entries[2].student.members == (
        Identity(name="Bob"), Identity(name="Zoë", email="zoe@example.org"),
    )  # fmt: skip
    assert lines(one, folder) == [
        (
            "export: an export from Gradescope: 5 students, 2 of them in 1 group, 5 attempts (it contains "
            "submission_metadata.yml); use --layout plain if each file or folder in it is a submission."
        ),
        "  Belongs to nobody, and is not graded: notes.txt.",
        "  submission_metadata.yml doesn't say who handed in submission_14 and submission_16.",
        "  submission_metadata.yml names 1 submission that can't be found: submission_15.",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (":submitters: [", "it is not YAML (line 2)"),
        ("- 1\n- 2\n", "it doesn't list submissions"),
        ("", "it doesn't list submissions"),
        (b"\xff\xfe\x00", "it is not UTF-8"),
        ("a: !!python/object/apply:os.system ['true']", "it is not YAML (line 1)"),
        ("[" * 5000, "it is not YAML"),
    ],
)
def test_broken_metadata_are_a_usage_error_that_says_what_to_do(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    folder = metadata(tmp_path / "export", text)
    with pytest.raises(SubmissionError, match=re.escape(why)) as error:
        found(folder, "submission_11/mlp.py")
    assert str(error.value).endswith(
        "Export the submissions again, or use --layout plain, which calls students after their submissions' "
        "folders"
    )


def test_metadata_that_are_a_link_are_not_followed(tmp_path: Path) -> None:
    metadata(tmp_path / "elsewhere", GRADESCOPE)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "submission_metadata.yml").symlink_to("../elsewhere/submission_metadata.yml")
    with pytest.raises(SubmissionError, match="can't be used"):
        found(tmp_path / "export", "submission_11/mlp.py")


@pytest.mark.parametrize("entry", ["{}", "null", "[]", "{':submitters': 3}", "{':submitters': [1, null]}"])
def test_odd_entries_of_the_metadata_lose_no_submission(tmp_path: Path, entry: str) -> None:
    folder = metadata(tmp_path / "export", f"submission_11: {entry}\n1: 2\n")
    assert attempts(found(folder, "submission_11/mlp.py")) == {"submission_11": [["submission_11"]]}


def test_without_metadata_a_gradescope_export_says_what_is_missing(tmp_path: Path) -> None:
    one = found(tmp_path / "export", "submission_11/mlp.py", layout="gradescope")
    assert "There is no submission_metadata.yml" in lines(one, tmp_path / "export")[1]


NBGRADER = ("submitted/ada/ps1/mlp.ipynb", "submitted/ada/ps1/timestamp.txt", "submitted/bob/ps1/mlp.ipynb")


@pytest.mark.parametrize("at", ["", "submitted"])
def test_nbgraders_course_may_be_given_at_any_level(tmp_path: Path, at: str) -> None:
    one = found(tmp_path / "course", *NBGRADER, "source/ps1/mlp.ipynb", at=at)
    assert attempts(one) == {"ada": [["ps1"]], "bob": [["ps1"]]}
    assert identities(one)["ada"] == Identity(login="ada")
    (decision,) = one.folders
    assert decision.layout.name == "nbgrader"


def test_one_assignment_of_a_student_is_called_after_the_student(tmp_path: Path) -> None:
    """Not ps1-mlp.ipynb-2."""
    for name in ("ada", "bob"):
        one = found(tmp_path / "course", *NBGRADER, at=f"submitted/{name}/ps1")
        assert attempts(one) == {name: [["ps1"]]}
    one = found(tmp_path / "course", *NBGRADER, at="submitted/ada")
    assert attempts(one) == {"ada": [["ps1"]]}


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("2026-11-23 10:00:00.123456 UTC", datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2026-11-23 10:00:00 +02:00\n", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-11-23 10:00:00", None),
        ("2026-99-23 10:00:00 UTC", None),
        ("soon", None),
        ("é" * 200, None),
    ],
)
def test_nbgraders_timestamp_is_read_with_care(tmp_path: Path, stamp: str, time: datetime | None) -> None:
    found(tmp_path / "course", *NBGRADER)
    (tmp_path / "course" / "submitted" / "ada" / "ps1" / "timestamp.txt").write_text(stamp)
    assert found(tmp_path / "course", at="submitted").entries[0].submitted == time


def test_several_assignments_of_nbgrader_are_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(
        SubmissionError, match=r"several assignments \(ps1 and ps2\): name the folders of one"
    ):
        found(tmp_path / "course", *NBGRADER, "submitted/ada/ps2/x.py", at="submitted")


@pytest.mark.parametrize("name", ["submitted/hw1/ada/mlp.py", "submitted/ada.py"])
def test_a_folder_called_submitted_is_not_nbgraders_for_its_name_alone(tmp_path: Path, name: str) -> None:
    (decision,) = found(tmp_path, name, "submitted/bob/src/x.py", at="submitted").folders
    assert decision.layout.name == "plain"


def test_otters_archives_in_a_students_folder_are_attempts(tmp_path: Path) -> None:
    early, late = "hw1_2026_11_23T10_00_00_000001.zip", "a_2026_11_24T10_00_00_000001.zip"
    one = found(tmp_path / "hw1", f"ada/{late}", f"ada/{early}", early, "ta_notes.txt")
    assert attempts(one) == {"ada": [[early], [late]], early.removesuffix(".zip"): [[early]]}
    said = lines(one, tmp_path / "hw1")
    assert said[0].startswith("hw1: archives of otter-grader: 2 students, 3 attempts (2 of 3 names are like ")
    assert said[1:] == [
        "  Belongs to nobody, and is not graded: ta_notes.txt.",
        f"  {WHOSE}",
    ]


def test_blackboards_attempts_are_one_students_and_its_text_files_are_nobodys_work(tmp_path: Path) -> None:
    stem = "HW_1_a.da-b_attempt_2026-01-0"
    one = found(
        tmp_path / "hw1",
        f"{stem}2-10-00-00_mlp.py", f"{stem}1-10-00-00_mlp.py", f"{stem}1-10-00-00.txt",
        "HW_1_bo_b_attempt_2026-01-01-10-00-00_x_y.ipynb",
    )  # fmt: skip
    assert attempts(one) == {
        "a.da-b": [["submission.txt", "mlp.py"], ["mlp.py"]],
        "bo_b": [["x_y.ipynb"]],
    }
    assert identities(one)["bo_b"] == Identity(login="bo_b")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name: Ada", "Ada"),
        ("\ufeffName: Ada K. (Lovelace) (ada)\r\nName: Eve\r\n", "Ada K. (Lovelace)"),
        ("Comments:\nName: Eve\n", ""),
        ("", ""),
    ],
)
def test_blackboards_text_file_says_the_name_in_its_first_line(tmp_path: Path, text: str, name: str) -> None:
    stem = "HW1_ada_attempt_2026-01-01-10-00-00"
    (tmp_path / "hw1").mkdir()
    (tmp_path / "hw1" / f"{stem}.txt").write_text(text, encoding="utf-8")
    assert identities(found(tmp_path / "hw1", f"{stem}_mlp.py"))["ada"].name == name


def test_brightspaces_folders_of_a_student_are_attempts_in_order_of_time(tmp_path: Path) -> None:
    names = [
        "104-30 - Ada Lovelace - Nov 9, 2026 1000 AM/mlp.py",
        "104-20 - Ada Lovelace - Nov 10, 2026 900 AM/mlp.py",
        "104-25 - Ada Lovelace - Nov 10, 2026 1200 PM/mlp.py",
        "105-31 - Bob - Jr. - Nov 9, 2026 1000 AM/mlp.py",
    ]
    one = found(tmp_path / "hw1", *names, "index.html")
    order = [entry.path.name.partition(" ")[0] for entry in one.entries]
    assert order == ["104-30", "104-20", "104-25", "105-31"]
    assert sorted(attempts(one)) == ["Ada Lovelace", "Bob - Jr"]
    assert len(lines(one, tmp_path / "hw1")) == 1


def test_clones_are_called_after_their_users(tmp_path: Path) -> None:
    names = ["dl-hw1-ann-a/.git/HEAD", "dl-hw1-ann-a/mlp.py", "dl-hw1-bob/.git/HEAD", "dl-hw1-carl/.git/HEAD"]
    one = found(tmp_path / "hw1", *names, "grades.csv")
    assert attempts(one) == {"ann-a": [["dl-hw1-ann-a"]], "bob": [["dl-hw1-bob"]], "carl": [["dl-hw1-carl"]]}
    assert identities(one)["ann-a"] == Identity(github="ann-a")


def test_folders_that_begin_alike_without_git_are_an_ordinary_class(tmp_path: Path) -> None:
    assert layout_of(tmp_path / "hw1", "dl-hw1-ann/mlp.py", "dl-hw1-bob/mlp.py") == "plain"


def test_a_link_in_a_download_is_its_students_and_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "hw1").mkdir()
    (tmp_path / "hw1" / "eve_103_2040_mlp.py").symlink_to("ada_104_2041_mlp.py")
    one = found(tmp_path / "hw1", "ada_104_2041_mlp.py")
    problems = {entry.name: entry.parts[0].problem for entry in one.entries}
    assert problems["ada"] == ""
    assert "It is a link" in problems["eve"]


def test_a_student_in_two_downloads_is_one(tmp_path: Path) -> None:
    for number, name in enumerate(("early", "late")):
        found(tmp_path / name, f"ada_104_204{number}_mlp.py", f"bob_10{number}_205{number}_mlp.py")
    one = find([tmp_path / "early", tmp_path / "late"], COURSE)
    assert {name: len(own) for name, own in attempts(one).items()} == {"ada": 2, "bob_100": 1, "bob_101": 1}


@pytest.mark.parametrize(
    "name",
    [
        "dl-hw1 submissions.zip",
        "dl-hw1_submissions (2).zip",
        "assignment_123_export.zip",
        "gradebook_DL_x.zip",
    ],
)
def test_a_packed_class_is_a_usage_error_unless_it_is_said_to_be_one_submission(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).touch()
    with pytest.raises(SubmissionError, match="unpack it first, and name the folder; or add --single"):
        find([tmp_path / name], COURSE)
    assert len(find([tmp_path / name], COURSE, "single").entries) == 1


@pytest.mark.parametrize(
    ("names", "system"),
    [
        (["Ada_1_assignsubmission_file/a.py", "Bob_2_assignsubmission_file/a.py"], "Moodle"),
        (["all/ada_104_2041_mlp.py", "all/bob_105_2042_mlp.py", "all/x.csv"], "Canvas"),
        ([f"hw1_{user}_attempt_2026-01-01-10-00-00_a.py" for user in ("ada", "bob")], "Blackboard"),
        (["export/submission_metadata.yml", "export/submission_1/a.py"], "Gradescope"),
    ],
)
def test_a_packed_class_that_no_name_gives_away_is_not_graded_as_one_submission(
    tmp_path: Path, names: list[str], system: str
) -> None:
    with zipfile.ZipFile(tmp_path / "DL-HW1-1234.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "x = 1\n")
    (entry,) = find([tmp_path / "DL-HW1-1234.zip"], COURSE).entries
    with pytest.raises(Unreadable, match=f"It is a whole class, as {system} packs it"):
        read(collect(entry, COURSE.modules))


@pytest.mark.parametrize(
    "names", [["Ada_1_assignsubmission_file/a.py"], ["src/a.py", "b.py"], ["lab_1_200_a.py"]]
)
def test_one_students_archive_is_no_packed_class(names: list[str]) -> None:
    assert system_of_members([tuple(name.split("/")) for name in names]) == ""


NAMES = st.text(
    st.characters(exclude_characters="/\0\r\n_", exclude_categories=["Cs"]), min_size=1, max_size=20
)


@settings(max_examples=60, deadline=None)
@given(
    students=st.dictionaries(st.integers(100, 999), NAMES, min_size=1, max_size=6),
    layout=st.sampled_from([*NAMED]),
)
def test_whatever_students_are_called_none_is_lost_and_none_invented(
    tmp_path_factory: pytest.TempPathFactory, students: dict[int, str], layout: str
) -> None:
    """In Moodle's folders: with its layout, each student is one; with another one, all are named at least."""
    folder = tmp_path_factory.mktemp("download")
    names = [f"{name}_{number}_assignsubmission_file" for number, name in students.items()]
    own = [name for name in names if not name.startswith(".")]
    for name in own:
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "mlp.py").touch()
    if not own:
        return
    try:
        one = find([folder], COURSE, layout)
    except SubmissionError:
        assert layout != "moodle"
        return
    (decision,) = one.folders
    roots = {part.below[0] for entry in one.entries for part in entry.parts}
    assert roots | {name.partition("/")[0] for name in decision.contents.nobodys} == set(own)
    assert len({entry.name.casefold() for entry in one.entries}) == len({e.student for e in one.entries})
    if layout == "moodle":
        assert len(one.entries) == len(own)
