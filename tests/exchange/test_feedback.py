"""Feedback pages go back under names by which the system gives each of them to its own student."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exchange import canvas_feedback, moodle_feedback
from grader.exchange.errors import ExchangeError
from grader.exchange.feedback import pack
from grader.exchange.mailboxes import MAILBOXES
from grader.reporting import gradebook, output_dir, report
from grader.reporting.pages import student
from grader.students import Identity
from tests.fixtures import downloads, exports
from tests.fixtures.downloads import Person, people
from tests.fixtures.exports import Named
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import wrong_softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.exchange.feedback import Packed
    from grader.reporting.report import Report


def graded(out: Path, one: Person, **more: object) -> Report:
    """A report on what a student handed in, with its page."""
    who = Identity(
        name=one.name, email=one.email, id=one.id,
        canvas=str(7000 + one.number), moodle=str(3000 + one.number),
    )  # fmt: skip
    made = msgspec.structs.replace(made_up(f"student-{one.number}", wrong_softmax()), student=who, **more)
    folder = output_dir.reports_in(out) / made.submission
    report.write(folder, made)
    student.write(folder, made)
    return made


def archive(packed: Packed) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed.content)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def template_of(system: str, folder: Path, group: Sequence[Person]) -> Path:
    """What the names come from: Canvas' download, Moodle's worksheet."""
    if system == "canvas":
        downloads.canvas(folder / "download", group)
        return folder / "download"
    (folder / "worksheet.csv").write_bytes(exports.moodle(group, {}))
    return folder / "worksheet.csv"


KEYS: dict[str, Callable[[Person], str]] = {
    "canvas": lambda one: str(7000 + one.number),
    "moodle": lambda one: str(3000 + one.number),
}


@pytest.mark.parametrize("system", MAILBOXES)
def test_each_student_of_a_class_gets_their_own_page_and_nothing_of_others(
    tmp_path: Path, system: str
) -> None:
    group = [one for one in people(60) if one.points[-1] is not None]
    mailbox = MAILBOXES[system]
    rows = gradebook.rows([graded(tmp_path / "out", one) for one in group])
    packed = pack(mailbox, template_of(system, tmp_path, group), tmp_path / "out", rows)
    pages = archive(packed)
    assert packed.pages == len(pages) == len(group)
    assert packed.left_out == ()
    by_key = {mailbox.taken_by(path): text for path, text in pages.items()}
    for one in group:
        text = by_key[KEYS[system](one)]
        assert f"student-{one.number}<" in text
        assert not [other for other in group if other != one and f"student-{other.number}<" in text]
        assert not [link for link in ("http://", "src=", "<link", "@import") if link in text]


def test_the_same_pages_give_the_same_archive(tmp_path: Path) -> None:
    group = people(3)
    rows = gradebook.rows([graded(tmp_path / "out", one) for one in group])
    template = template_of("moodle", tmp_path, group)
    one, other = (pack(MAILBOXES["moodle"], template, tmp_path / "out", rows).content for _ in range(2))
    assert one == other


@pytest.mark.parametrize("system", MAILBOXES)
def test_who_gets_no_page_is_named_with_the_reason(tmp_path: Path, system: str) -> None:
    group = people(4)
    out = tmp_path / "out"
    reports = [graded(out, one) for one in group[:2]]
    reports.append(graded(out, group[2], status="not_graded", points=None))
    reports.append(graded(out, group[3]))
    (output_dir.reports_in(out) / "student-1" / student.FILE).unlink()
    template = template_of(system, tmp_path, group[:3])
    packed = pack(MAILBOXES[system], template, out, gradebook.rows(reports))
    assert packed.pages == 1
    assert dict(packed.left_out) == {
        "student-1": "there is no page", "student-2": "not graded yet", "student-3": f"not in {template}",
    }  # fmt: skip


@pytest.mark.parametrize("system", MAILBOXES)
def test_a_template_of_another_course_is_refused(tmp_path: Path, system: str) -> None:
    rows = gradebook.rows([graded(tmp_path / "out", people(1)[0])])
    template = template_of(system, tmp_path, [Named(77, names=("No", "Body"))])
    with pytest.raises(ExchangeError, match=r"Nobody in .* is in the gradebook"):
        pack(MAILBOXES[system], template, tmp_path / "out", rows)


def test_members_of_a_group_get_the_page_of_their_group(tmp_path: Path) -> None:
    one, other = people(2)
    made = graded(tmp_path / "out", one)
    members = tuple(Identity(moodle=str(3000 + each.number), name=each.name) for each in (one, other))
    grouped = msgspec.structs.replace(made, student=Identity(), members=members)
    template = template_of("moodle", tmp_path, [one, other])
    packed = pack(MAILBOXES["moodle"], template, tmp_path / "out", gradebook.rows([grouped]))
    assert {moodle_feedback.taken_by(path) for path in archive(packed)} == {"3000", "3001"}


class TestCanvas:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("kimada_104_2041_hw1.ipynb", "104"),
            ("kimada_LATE_104_2041_hw_1_2.ipynb", "104"),
            ("folder/kimada_104_2041_feedback.html", "104"),
            ("anon_aB3x9_2041_hw1.py", "anon_aB3x9"),
            ("anon_aB3x9_hw1.py", ""),
            ("kimada_104_link.html", ""),
            ("kimada_104_text.html", ""),
            ("._kimada_104_2041_hw1.py", ""),
            ("007_104_2041_hw1.py", "007"),
            ("LATE", ""),
        ],
    )
    def test_its_rule(self, name: str, key: str) -> None:
        assert canvas_feedback.taken_by(name) == key

    def test_a_page_takes_the_place_of_a_page_if_one_was_handed_in(self, tmp_path: Path) -> None:
        for name in ("kim_104_2041_a.ipynb", "kim_104_2042_b.html", "kim_104_text.html"):
            (tmp_path / name).touch()
        (place,) = canvas_feedback.places(tmp_path)
        assert place.path == "kim_104_2042_feedback.html"

    def test_a_student_without_a_file_gets_none(self, tmp_path: Path) -> None:
        (tmp_path / "kim_104_text.html").touch()
        (place,) = canvas_feedback.places(tmp_path)
        assert (place.path, place.refused) == ("", "Canvas attaches files only to files")

    def test_a_name_of_digits_would_be_taken_for_an_id(self, tmp_path: Path) -> None:
        """Canvas would take 007 for the student."""
        (tmp_path / "007_7000_2041_a.py").touch()
        rows = gradebook.rows([graded(tmp_path / "out", people(1)[0])])
        packed = pack(MAILBOXES["canvas"], tmp_path, tmp_path / "out", rows)
        assert packed.pages == 0
        assert "could not tell from the name 007_7000_2041_feedback.html" in packed.left_out[0][1]

    def test_an_anonymous_download_is_joined_by_its_keys(self, tmp_path: Path) -> None:
        (tmp_path / "anon_aB3x9_2041_hw1.py").touch()
        made = msgspec.structs.replace(graded(tmp_path / "out", people(1)[0]), student=Identity())
        folder = output_dir.reports_in(tmp_path / "out")
        (folder / "student-0").rename(folder / "anon_aB3x9")
        rows = gradebook.rows([msgspec.structs.replace(made, submission="anon_aB3x9")])
        packed = pack(MAILBOXES["canvas"], tmp_path, tmp_path / "out", rows)
        assert list(archive(packed)) == ["anon_aB3x9_2041_feedback.html"]

    def test_what_is_no_download_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ExchangeError, match="no files named like those of a download"):
            canvas_feedback.places(tmp_path)
        with pytest.raises(ExchangeError, match="name the folder with the download"):
            canvas_feedback.places(tmp_path / "none")


class TestMoodle:
    @pytest.mark.parametrize(
        ("path", "key"),
        [
            ("Ada Kim_111_assignsubmission_file/feedback.html", "111"),
            ("Ada Kim_111_assignsubmission_file_/feedback.html", "111"),
            ("Ada_Kim_111_assignsubmission_file/feedback.html", ""),
            ("Ada Kim_111/feedback.html", ""),
            ("Ada Kim_x_assignsubmission_file/feedback.html", ""),
            ("Ada Kim_111_assignsubmission_other/feedback.html", ""),
            ("Ada Kim_111_assignsubmission_file/.feedback.html", ""),
        ],
    )
    def test_its_rule(self, path: str, key: str) -> None:
        assert moodle_feedback.taken_by(path) == key

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12))
    def test_whatever_a_name_is_the_page_is_its_owners(
        self, tmp_path_factory: pytest.TempPathFactory, name: str
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "worksheet.csv"
        path.write_bytes(exports.moodle([Named(1, names=(name, "_7_"))], {}))
        (place,) = moodle_feedback.places(path)
        assert moodle_feedback.taken_by(place.path) == place.key == "3001"
        assert ".." not in place.path.split("/")
        assert not place.path.startswith("/")

    def test_numbers_of_teams_are_not_those_of_participants(self, tmp_path: Path) -> None:
        """A download of teams has the number of the team, which is somebody else's as a participant."""
        one, other = people(2)
        made = msgspec.structs.replace(
            graded(tmp_path / "out", one), student=Identity(name="Team A", moodle="3001")
        )
        team = Named(1, names=("Other", "Person"))
        template = template_of("moodle", tmp_path, [team, other])
        rows = gradebook.rows([made])
        with pytest.raises(ExchangeError, match="Nobody in"):
            pack(MAILBOXES["moodle"], template, tmp_path / "out", rows)
