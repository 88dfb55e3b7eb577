"""Calibration: the band that a sample of figures gives, how it is derived, and where it is written."""

from __future__ import annotations

import math
import random
import shutil
import statistics
from typing import TYPE_CHECKING

import msgspec
import pytest
from PIL import Image

from grader.authoring.calibrate import OUTLIER, TAIL, calibrate, fitted, slips_through, trainings
from grader.checks.bands import Band, BandMissing, band, read
from grader.course.course import load
from grader.judging.evaluation import GraderFault

if TYPE_CHECKING:
    from pathlib import Path

    from grader.authoring.calibrate import Derivation
    from grader.course.course import Course
    from tests.fixtures.small_course import WriteCourse


def chaff(count: str) -> str:
    """Return the source of a counter that counts so."""
    docstring = '"""Counts otherwise.\n\nFails: right_values"""'
    return f"{docstring}\nclass Counter:\n    def count(self):\n        return {count}\n"


CHAFF = {"far": chaff("9"), "near": chaff("1"), "breaks": chaff("[]")}


def calibrated(course: Course, seeds: int = 12) -> Derivation:
    """Calibrate the one training check, on no data."""
    steps: list[tuple[str, int, int]] = []

    def progress(*step: object) -> None:
        steps.append(step)  # type: ignore[arg-type]

    ((training, made),) = calibrate(course, course.root, "subset", seeds=seeds, jobs=1, progress=progress)
    assert training.check.name == made.check
    assert [done for _name, done, _all in steps] == list(range(1, steps[-1][2] + 1))
    return made


def test_a_band_reaches_as_far_as_the_tail_says_at_least() -> None:
    """Of a normal distribution, with as many figures as one likes, both ends come near 4.42 deviations."""
    rng = random.Random(5)
    fit = fitted([rng.gauss(3.0, 0.5) for _ in range(20_000)])
    reach = statistics.NormalDist().inv_cdf(1 - TAIL / 2)
    assert reach == pytest.approx(4.42, abs=0.01)
    assert fit.median == pytest.approx(3.0, abs=0.02)
    assert fit.band.high == pytest.approx(3.0 + 0.5 * reach, rel=0.03)
    assert fit.band.low == pytest.approx(3.0 - 0.5 * reach, rel=0.03)


def test_fewer_figures_give_a_wider_band_and_each_side_its_own() -> None:
    few = fitted([0.0, -1.0, 1.0, -3.0])
    many = fitted([0.0, -1.0, 1.0, -3.0] * 50)
    assert few.band.low < many.band.low < -3.0
    assert few.band.high > many.band.high > 1.0
    assert many.median - many.band.low > many.band.high - many.median


def test_the_band_reaches_the_true_ends_in_96_samples_of_100() -> None:
    """Of 200 normal figures, that is; the upper end of the deviations' interval is there for that."""
    rng = random.Random(11)
    reach = statistics.NormalDist().inv_cdf(1 - TAIL / 2)
    fits = [fitted([rng.gauss() for _ in range(200)]) for _ in range(400)]
    assert sum(fit.band.low <= -reach for fit in fits) >= 384
    assert sum(fit.band.high >= reach for fit in fits) >= 384


def test_an_outlier_that_a_normal_tail_does_not_explain_is_noticed() -> None:
    rng = random.Random(7)
    figures = [rng.gauss(0.8, 0.01) for _ in range(200)]
    assert fitted(figures).outlier(figures) > 0.05
    figures[0] = 0.71
    assert fitted(figures).outlier(figures) < OUTLIER
    assert fitted([0.5] * 9).outlier([0.5] * 9) == 1.0


def test_the_training_checks_of_a_course_are_found(course: Course) -> None:
    (training,) = trainings(course)
    assert (training.section.number, training.exercise.name) == ("1.2", "Counter")
    assert training.check.band == "mean_count"


def test_calibrating_writes_the_band_and_how_it_came_about(write: WriteCourse) -> None:
    root = write({f"reference/ch1/chaff/Counter/{name}.py": text for name, text in CHAFF.items()})
    course = load(root, only=["Counter"])
    made = calibrated(course)
    folder = course.assignments / "ch1"
    assert band(folder, "mean_count", "subset") == made.band
    assert made.band.low < made.least <= 1.5 + 0.5
    assert made.least <= made.median <= made.greatest < made.band.high
    by_name = {one.name: one for one in made.chaff}
    assert by_name["far"].outside
    assert by_name["breaks"].outside
    assert not by_name["near"].outside
    assert by_name["near"].laws == ("right_values",)
    assert not any(map(slips_through, made.chaff))
    assert made.nearest_chaff == "far"
    with Image.open(course.reference / "ch1" / "bands" / "mean_count_subset.png") as drawn:
        assert drawn.size == (700, 300)
        assert len(drawn.getcolors(2**16) or ()) > 10
    assert by_name["breaks"].figures == (None,) * len(by_name["breaks"].figures)
    assert (made.runs, made.first_seed) == (12, 1)
    kept = msgspec.json.decode((course.reference / "ch1" / "bands.json").read_bytes())
    assert kept["mean_count"]["subset"]["median"] == made.median
    assert "chaff" not in (folder / "bands.json").read_text(encoding="utf-8")
    # The same seeds again give the same band, and the other bands of the chapter stay.
    (folder / "bands.json").write_text('{"other": {"full": {"low": 1, "high": 2}}}', encoding="utf-8")
    shutil.rmtree(course.reference / "ch1" / "chaff")
    assert calibrated(course).band == made.band
    assert read(folder) == {"other": {"full": Band(1, 2)}, "mean_count": {"subset": made.band}}


def test_a_reference_that_ends_nowhere_is_the_graders_fault(write: WriteCourse) -> None:
    wrong = "class Counter:\n    def count(self):\n        return float('nan')\n"
    course = load(write({"reference/ch1/doubling.py": wrong}), only=["Counter"])
    with pytest.raises(GraderFault, match="Counter ended with a figure that isn't finite"):
        calibrated(course, seeds=2)
    assert not (course.assignments / "ch1" / "bands.json").exists()


def test_a_record_of_another_version_is_named_before_anything_is_trained(course: Course) -> None:
    (course.reference / "ch1" / "bands.json").write_text('{"mean_count": {"subset": {}}}', encoding="utf-8")
    with pytest.raises(GraderFault, match=r"bands\.json can't be read .*: delete it"):
        next(calibrate(course, course.root, "subset", seeds=2, jobs=1, progress=lambda *_step: None))
    assert not (course.assignments / "ch1" / "bands.json").exists()


def test_a_band_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    assert read(tmp_path) == {}
    (tmp_path / "bands.json").write_text('{"loss": {"full": {"low": 1, "high": 2}}}', encoding="utf-8")
    assert band(tmp_path, "loss", "full") == Band(1, 2)
    for name, data_set in (("loss", "subset"), ("accuracy", "full")):
        with pytest.raises(
            BandMissing, match=f"no band {name} for the {data_set} data: run `grader calibrate`"
        ):
            band(tmp_path, name, data_set)


def test_figures_that_are_all_the_same_give_a_band_of_that_figure() -> None:
    fit = fitted([0.5] * 9)
    assert (fit.band.low, fit.band.high) == (0.5, 0.5)
    assert not math.isnan(fit.below)


def test_a_chaff_that_only_training_could_reject_must_end_outside(write: WriteCourse) -> None:
    lazy = chaff("1").replace("right_values", "it_ends_near_one_and_a_half")
    course = load(write({"reference/ch1/chaff/Counter/lazy.py": lazy}), only=["Counter"])
    (found,) = [one for one in calibrated(course).chaff if one.name == "lazy"]
    assert slips_through(found)
