"""The results for PrairieLearn and Classroom 50: within their limits, and the same points."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from grader.records.verdict import ExerciseResult
from grader.reporting.formats import FORMATS, FormatError, Request, Results, classroom50, prairielearn
from grader.reporting.report import not_graded, unreadable, wrong_assignment
from tests.fixtures.reports import COLUMNS, CONTEXT, check, not_judged_softmax, result, wrong_softmax
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report

RUNNER = {
    "CLASSROOM": "cs", "ASSIGNMENT": "hw1", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "OWNER": "ada", "COMMIT_URL": "https://c", "RELEASE_URL": "https://r",
}  # fmt: skip


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Classroom 50's runner sets."""
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


def written(tmp_path: Path, name: str, *reports: Report) -> Any:  # noqa: ANN401 - JSON
    """What a format writes; None if it writes nothing."""
    FORMATS[name].write(Results(reports=reports, paths={}, out=tmp_path))
    file = tmp_path / {"prairielearn": "prairielearn.json", "classroom50": "result.json"}[name]
    return json.loads(file.read_text()) if file.exists() else None


@pytest.mark.usefixtures("runner")
@pytest.mark.parametrize("name", ["prairielearn", "classroom50"])
class TestBoth:
    def test_there_is_one_submission(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(FormatError, match="one submission at a time"):
            written(tmp_path, name, made_up("alice"), made_up("bob"))
        with pytest.raises(FormatError, match="one submission at a time"):
            FORMATS[name].check(Request(is_single=False))
        FORMATS[name].check(Request(is_single=True))

    def test_what_was_not_graded_has_no_file(self, tmp_path: Path, name: str) -> None:
        assert written(tmp_path, name, not_graded("alice", CONTEXT, "The grader failed.")) is None

    def test_a_failure_has_its_message_and_the_misconception(self, tmp_path: Path, name: str) -> None:
        made = written(tmp_path, name, made_up("alice", wrong_softmax(misconception=COLUMNS)))
        (failed,) = [test for test in made["tests"] if "softmax: right_values" in test.values()]
        assert "You sum columns." in failed["message"]
        assert "try: softmax(torch.tensor([[0., 0.]]))" in failed["message"]
        assert not [test for test in made["tests"] if "survives" in str(test)], "bonus checks have no score"


class TestPrairieLearn:
    def test_the_score_is_the_share_of_the_points(self, tmp_path: Path) -> None:
        made = written(tmp_path, "prairielearn", made_up("alice", result("relu", 3.0)))
        assert (made["gradable"], made["score"]) == (True, 0.75)
        assert made["message"] == "3 of 4 points."
        assert (made["tests"][0]["points"], made["tests"][0]["max_points"]) == (3.0, 4.0)

    def test_what_cannot_be_read_is_not_gradable(self, tmp_path: Path) -> None:
        one = unreadable("alice", CONTEXT, [result("relu", 0.0)], "It is a web page.")
        assert written(tmp_path, "prairielearn", one) == {
            "gradable": False, "format_errors": ["It is a web page."],
        }  # fmt: skip
        other = wrong_assignment(made_up("alice", result("relu", 0.0)), "Nothing of this course.")
        assert written(tmp_path, "prairielearn", other)["gradable"] is False

    def test_open_points_are_named(self, tmp_path: Path) -> None:
        made = written(tmp_path, "prairielearn", made_up("alice", not_judged_softmax()))
        assert "Provisional" in made["message"]

    @pytest.mark.parametrize("size", [100_000, 2_000_000])
    def test_the_file_has_at_most_a_megabyte(self, size: int) -> None:
        long = [check(f"law_{number}", "failed", message="x" * size) for number in range(20)]
        exercise = ExerciseResult("softmax", "4.4", "scratch", "incorrect", 0.0, 20.0, 0.0, tuple(long))
        content = prairielearn.encoded(made_up("alice", exercise))
        assert len(content) <= 1_000_000
        made = json.loads(content)
        assert len(made["tests"]) == 20
        assert made["tests"][0]["message"].endswith("... (cut)")


@pytest.mark.usefixtures("runner")
class TestClassroom50:
    def test_points_are_a_hundred_each(self, tmp_path: Path) -> None:
        made = written(tmp_path, "classroom50", made_up("alice", result("relu", 2.5)))
        assert (made["score"], made["max-score"]) == (250, 400)
        assert made["owner"] == "ada"
        assert made["datetime"] == "2026-06-01T14:32:05Z"
        assert "250 of 400" in (tmp_path / "release-body.md").read_text()

    def test_thirds_of_points_sum_to_whole_ones(self) -> None:
        checks = [check(f"law_{number}", "passed", points=1 / 3) for number in range(3)]
        exercise = ExerciseResult("softmax", "4.4", "scratch", "correct", 1.0, 1.0, 0.0, tuple(checks))
        made = classroom50.document(made_up("alice", exercise), RUNNER)
        assert [test["max-score"] for test in made["tests"]] == [33, 34, 33]
        assert (made["score"], made["max-score"]) == (100, 100)
        failed = [msgspec.structs.replace(checks[1], status="failed", points=0.0), *checks[::2]]
        other = msgspec.structs.replace(exercise, checks=tuple(failed))
        made = classroom50.document(made_up("alice", other), RUNNER)
        assert all(test["score"] <= test["max-score"] for test in made["tests"])
        assert made["score"] == 67

    @pytest.mark.parametrize("name", ["CLASSROOM", "SUBMISSION_TAG", "COMMIT_URL"])
    def test_without_the_runner_nothing_can_be_written(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.delenv(name)
        with pytest.raises(FormatError, match=f"it sets {name}"):
            FORMATS["classroom50"].check(Request(is_single=True))

    def test_a_tag_without_an_instant_is_refused(self) -> None:
        with pytest.raises(FormatError, match="is no tag of a submission"):
            classroom50.submitted("phase1")
