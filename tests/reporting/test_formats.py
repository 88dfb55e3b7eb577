"""Reports in the formats of other systems, read back as those systems would read them."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from junitparser import Failure, JUnitXml, Skipped
from msgspec.structs import replace

from grader.judging.evaluation import NOT_JUDGED
from grader.records.verdict import Location, summarize
from grader.reporting import report
from grader.reporting.formats import FORMATS, FormatError, Results
from grader.reporting.formats.gradescope import read
from tests.fixtures.reports import COLUMNS, CONTEXT, check, not_judged_softmax, result, wrong_softmax
from tests.fixtures.reports import report as made_up
from tests.fixtures.small_class import ANSWERS, command, write_class

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report
    from tests.fixtures.small_class import Grade

HOSTILE = "\x1b[2J</failure>]]>\ud800\n::error::forged"


def results(tmp_path: Path, *reports: Report, **more: Any) -> Results:  # noqa: ANN401
    paths = {one.submission: tmp_path / "handed_in" for one in reports}
    return Results(reports=reports, paths=paths, out=tmp_path, **more)


def gradescope(tmp_path: Path, one: Report, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    FORMATS["gradescope"].write(results(tmp_path, one, **more))
    return json.loads((tmp_path / "results.json").read_text())  # type: ignore[no-any-return]


def metadata(tmp_path: Path, **fields: object) -> Path:
    file = tmp_path / "submission_metadata.json"
    file.write_text(json.dumps({"id": 1, "created_at": "2026-12-03T10:00:00.5+01:00", **fields}))
    return file


class TestJUnit:
    def test_there_is_a_suite_for_each_submission_and_a_case_for_each_check(self, tmp_path: Path) -> None:
        FORMATS["junit"].write(results(tmp_path, made_up("alice", wrong_softmax()), made_up("bob")))
        alice, bob = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
        assert (alice.name, alice.tests, alice.failures, alice.skipped) == ("alice", 4, 1, 2)
        assert {one.name: one.value for one in alice.properties()}["points"] == "0.0"
        assert (bob.name, bob.tests) == ("bob", 0)
        kinds = {case.name: [type(one) for one in case.result] for case in alice}
        assert kinds == {
            "is_defined": [],
            "right_values": [Failure],
            "right_gradient": [Skipped],
            "survives": [Skipped],
        }

    def test_a_failure_has_the_message_that_its_student_reads(self, tmp_path: Path) -> None:
        FORMATS["junit"].write(results(tmp_path, made_up("alice", wrong_softmax())))
        text = (tmp_path / "junit.xml").read_text()
        assert "try: softmax(torch.tensor([[0., 0.]]))\ngot: torch.tensor([[1., 1.]])" in text.replace(
            "[[\n", ""
        )
        assert "hint: Which axis?" in text

    def test_a_submission_that_was_not_graded_is_an_error_not_a_failure(self, tmp_path: Path) -> None:
        FORMATS["junit"].write(results(tmp_path, report.not_graded("alice", CONTEXT, "The disk was full.")))
        (suite,) = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
        assert (suite.errors, suite.failures) == (1, 0)
        assert "points" not in {one.name for one in suite.properties()}

    def test_a_check_that_could_not_be_judged_is_an_error_not_a_failure(self, tmp_path: Path) -> None:
        FORMATS["junit"].write(results(tmp_path, made_up("alice", not_judged_softmax())))
        (suite,) = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
        assert (suite.errors, suite.failures) == (1, 0)
        assert {one.name: one.value for one in suite.properties()}["provisional"] == "True"

    def test_text_of_a_student_never_breaks_the_xml(self, tmp_path: Path) -> None:
        checks = (check("right_values", "failed", message=HOSTILE, got=HOSTILE),)
        FORMATS["junit"].write(results(tmp_path, made_up("a\x00<b>", summarize("f", "1", "m", checks))))
        (suite,) = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
        assert suite.name == "a?<b>"
        (case,) = suite
        assert case.result[0].message.startswith("The law of right_values.")


class TestGradescope:
    def test_there_is_a_test_for_each_check_and_their_scores_add_up(self, tmp_path: Path) -> None:
        made = gradescope(tmp_path, made_up("alice", wrong_softmax(), result("relu", 3.0)))
        assert made["score"] == 3.0
        tests = {test["number"]: test for test in made["tests"]}
        assert sum(test.get("score", 0.0) for test in tests.values()) == made["score"]
        assert sum(test.get("max_score", 0.0) for test in tests.values()) == 9.0
        assert tests["4.4.1.2"]["name"] == "softmax: right_values"
        assert tests["4.4.1.2"]["status"] == "failed"
        assert "got: torch.tensor([[1., 1.]])" in tests["4.4.1.2"]["output"]
        assert tests["5.1.1.1"] == {
            "number": "5.1.1.1", "name": "relu: is_defined", "status": "passed", "output": "It is defined.",
            "visibility": "visible", "score": 3.0, "max_score": 4.0,
        }  # fmt: skip
        assert "leaderboard" not in made
        assert {test["visibility"] for test in made["tests"]} == {"visible"}

    def test_a_bonus_has_no_score(self, tmp_path: Path) -> None:
        bonus = gradescope(tmp_path, made_up("alice", wrong_softmax()))["tests"][-1]
        assert bonus["name"] == "softmax: survives (beyond the book)"
        assert "score" not in bonus
        assert "max_score" not in bonus

    def test_a_misconception_is_explained_with_the_first_failure(self, tmp_path: Path) -> None:
        made = gradescope(tmp_path, made_up("alice", wrong_softmax(misconception=COLUMNS)))
        numbers = [test["number"] for test in made["tests"] if "You sum columns." in test["output"]]
        assert numbers == ["4.4.1.2"]
        assert made["extra_data"]["misconceptions"] == {"softmax": "columns"}

    def test_the_seed_is_not_in_it(self, tmp_path: Path) -> None:
        graded = report.graded("alice", replace(CONTEXT, seed=987654321), [wrong_softmax()])
        assert "987654321" not in json.dumps(gradescope(tmp_path, graded))

    def test_a_check_that_could_not_be_judged_is_open(self, tmp_path: Path) -> None:
        made = gradescope(tmp_path, made_up("alice", not_judged_softmax()))
        assert "Provisional" in made["output"]
        assert made["extra_data"]["provisional"] is True
        assert made["tests"][1]["output"].endswith(NOT_JUDGED)
        assert "KeyError" not in json.dumps(made)

    def test_a_submission_that_was_not_graded_has_no_file(self, tmp_path: Path) -> None:
        FORMATS["gradescope"].write(
            results(tmp_path, report.not_graded("alice", CONTEXT, "The disk was full."))
        )
        assert not (tmp_path / "results.json").exists()

    def test_several_submissions_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(FormatError, match=r"one submission at a time\. Name one PATH and add --single"):
            FORMATS["gradescope"].write(results(tmp_path, made_up("alice"), made_up("bob")))

    @pytest.mark.parametrize(
        ("due", "days"),
        [
            ("2026-12-03T10:00:01+01:00", 0),
            ("2026-12-03T10:00:00+01:00", 1),
            ("2026-12-02T10:00:00.5+01:00", 1),
            ("2026-12-02T09:59:59+01:00", 2),
            (None, 0),
        ],
    )
    def test_each_day_that_has_begun_is_late(self, tmp_path: Path, due: str | None, days: int) -> None:
        file = metadata(tmp_path, assignment={"due_date": due})
        made = gradescope(tmp_path, made_up("alice", result("relu", 4.0)), metadata=file)
        assert made["extra_data"]["late_days"] == days
        assert ("late" in made["output"]) == (days > 0)
        assert made["score"] == 4.0

    def test_an_extension_counts_before_the_common_date(self, tmp_path: Path) -> None:
        late = {"due_date": "2026-12-01T10:00:00+01:00"}
        extended = {"due_date": "2026-12-09T10:00:00+01:00"}
        file = metadata(
            tmp_path, assignment=late, users=[{"name": "A", "assignment": extended}, {"name": "B"}]
        )
        assert read(file).late_days == 0

    def test_earlier_submissions_are_listed(self, tmp_path: Path) -> None:
        earlier = [{"score": 3.5}, {"score": "4.25"}, {"score": None}, {}, {"score": "none"}]
        file = metadata(tmp_path, previous_submissions=earlier)
        made = gradescope(tmp_path, made_up("alice", result("relu", 4.0)), metadata=file)
        assert "Earlier submissions: 2, the best with 4.25 points." in made["output"]

    @pytest.mark.parametrize("text", ["", "[]", '{"created_at": "yesterday"}', '{"users": 3}'])
    def test_an_invalid_metadata_file_is_named(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "m.json"
        file.write_text(text)
        with pytest.raises(FormatError, match=r"m\.json' is not a metadata file of Gradescope"):
            read(file)
        with pytest.raises(FormatError, match=r"no\.json' can't be read"):
            read(tmp_path / "no.json")


class TestGitHub:
    def write(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *reports: Report
    ) -> tuple[list[str], str]:
        summary = tmp_path / "summary.md"
        summary.touch()
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
        printed: list[str] = []
        FORMATS["github"].write(results(tmp_path, *reports, print_line=printed.append))
        return printed, summary.read_text(encoding="utf-8")

    def test_a_failure_is_an_annotation_at_the_students_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is not opened: here it leads to a device that never ends."""
        (tmp_path / "handed_in" / "ch4").mkdir(parents=True)
        (tmp_path / "handed_in" / "ch4" / "scratch.py").symlink_to("/dev/zero")
        location = Location("ch4/scratch.py", None, 4)
        wrong = wrong_softmax(location=location, misconception=COLUMNS)
        printed, summary = self.write(tmp_path, monkeypatch, made_up("alice", wrong))
        (annotation,) = printed
        assert annotation.startswith(
            "::error file=handed_in/ch4/scratch.py,line=4,title=softmax%3A right_values::You sum columns."
        )
        assert "## 0 of 5 points" in summary
        assert "| ✗ softmax | 0 of 5 | right\\_values |" in summary

    def test_in_a_notebook_only_the_file_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its lines are those of JSON."""
        wrong = wrong_softmax(location=Location("hw.ipynb", 3, 4))
        printed, _summary = self.write(tmp_path, monkeypatch, made_up("alice", wrong))
        assert printed[0].startswith("::error file=handed_in,line=1,")

    def test_a_submission_that_was_not_graded_has_a_summary_without_points(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printed, summary = self.write(
            tmp_path, monkeypatch, report.not_graded("alice", CONTEXT, "The disk was full.")
        )
        assert printed == []
        assert "## alice was not graded" in summary
        assert "The disk was full." in summary

    def test_a_check_that_could_not_be_judged_gets_no_annotation(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printed, summary = self.write(tmp_path, monkeypatch, made_up("alice", not_judged_softmax()))
        assert printed == []
        assert "provisional, 1 check could not be judged" in summary

    def test_a_missing_exercise_gets_no_annotation(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printed, summary = self.write(tmp_path, monkeypatch, made_up("alice", result("relu", 0.0, "missing")))
        assert printed == []
        assert "| ○ relu | | to do |" in summary


class TestCommand:
    def test_all_formats_at_once(self, tmp_path: Path, grade_here: Grade) -> None:
        folder, out = write_class(tmp_path / "class", "alice.py"), tmp_path / "out"
        formats = ("--format", "junit,gradescope", "--format", "github")
        done = grade_here(folder / "alice.py", "--out", out, *formats)
        assert done.returncode == 0, done.stderr
        assert json.loads((out / "results.json").read_text())["score"] == 4.0
        assert (out / "junit.xml").exists()

    def test_text_of_a_student_is_never_a_workflow_command(
        self, tmp_path: Path, grade_here: Grade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """GitHub reads commands from every line until it is told to stop."""
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        folder = write_class(tmp_path / "class", "alice.py", "bob.py")
        done = grade_here(folder, "--out", tmp_path / "out")
        stopped, open_to_all = "", []
        for line in done.stdout.splitlines():
            if line.startswith("::stop-commands::"):
                stopped = line.removeprefix("::stop-commands::")
            elif line == f"::{stopped}::":
                stopped = ""
            elif not stopped:
                open_to_all.append(line)
        assert "alice: 4 / 4" in done.stdout
        assert open_to_all == []

    def test_checks_that_a_student_edited_change_nothing_and_inputs_are_shown_even_with_a_seed_like_7(
        self, tmp_path: Path, course: Path
    ) -> None:
        """The whole repository is handed in: a wrong answer, checks that accept it, and hooks that forge.

        The seed can be guessed, and that is said; what is shown comes from no seed of a run.
        """
        own, repository, out = tmp_path / "course", tmp_path / "repository", tmp_path / "out"
        shutil.copytree(course, own)
        parts = [
            'title = "Doubling"\npoints = 4',
            '[seed]\npolicy = "fixed"\nvalue = 7',
            '[[sections]]\nmodule = "doubling"',
        ]
        (own / "course.toml").write_text("\n\n".join(parts))
        chapter = repository / "assignments" / "ch1"
        chapter.mkdir(parents=True)
        (chapter / "doubling.py").write_text("def double(n):\n    return -n\n")
        easy = "def test_double():\n    assert True\n"
        (chapter / "test_doubling.py").write_text(easy)
        (chapter / "drive_doubling.py").write_text("def double(n):\n    return n + n\n")
        (repository / "conftest.py").write_text(
            "def pytest_sessionfinish(session):\n    session.exitstatus = 0\n"
        )
        (repository / "results.json").write_text('{"score": 4.0}')
        arguments = command(own, "--single", repository, "--out", out, "--format", "junit,gradescope")
        done = subprocess.run(arguments, check=False, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        assert "The seed 7 can be guessed" in done.stderr
        made = json.loads((out / "results.json").read_text())
        assert made["score"] < 1.0
        assert {test["visibility"] for test in made["tests"]} == {"visible"}
        assert any("double(1)" in test["output"] for test in made["tests"])
        (suite,) = JUnitXml.fromfile(str(out / "junit.xml"))
        assert suite.failures >= 1

    def test_an_unknown_format_is_refused_before_anything_is_graded(
        self, tmp_path: Path, grade_here: Grade
    ) -> None:
        folder, out = write_class(tmp_path / "class", "alice.py"), tmp_path / "out"
        done = grade_here(folder, "--out", out, "--format", "junit,excel")
        assert done.returncode == 2
        known = f"there is no format excel. There are: {', '.join(FORMATS)}."
        assert known in " ".join(done.stderr.split())
        assert not out.exists()

    def test_options_that_gradescope_would_refuse_are_refused_before_anything_is_graded(
        self, tmp_path: Path, grade_here: Grade
    ) -> None:
        folder, out = write_class(tmp_path / "class", "alice.py", "bob.py"), tmp_path / "out"
        metadata = tmp_path / "metadata.json"
        metadata.write_text("[]")
        done = grade_here(folder, "--out", out, "--format", "gradescope")
        assert done.returncode == 2
        assert "add --single, or remove gradescope" in " ".join(done.stderr.split())
        done = grade_here("--single", folder, "--out", out, "--format", "gradescope", "--metadata", metadata)
        assert done.returncode == 2
        assert "is not a metadata file of Gradescope" in " ".join(done.stderr.split())
        done = grade_here("--single", folder, "--out", out, "--format", "junit", "--metadata", metadata)
        assert done.returncode == 2
        assert "--metadata is used by --format gradescope only" in " ".join(done.stderr.split())
        assert not out.exists()
        assert "alice.py" in ANSWERS
