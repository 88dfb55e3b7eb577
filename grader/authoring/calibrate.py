"""Calibrate the bands of training checks: train the reference with many seeds, and fit.

A band reaches so far on both sides of the median that a right submission leaves it less than once in
100,000 runs of a split normal distribution: 4.42 deviations, each side having its own, since figures such as
accuracies fall further than they rise. A deviation is an estimate, so the upper end of its 99 % confidence
interval is taken: of 200 normal figures, the band then reaches far enough in 97 samples of 100. A normal tail
is an assumption, so a sample with an outlier that it can't explain is reported. Every chaff is trained on the
subset; on the full set, which takes ten times as long, only what no law rejects.
`reference/<chapter>/bands.json` records how each band came about, and a plot shows it.
"""

from __future__ import annotations

import datetime as dt
import math
import platform
import statistics
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import torch

from grader import __version__
from grader.authoring.band_plots import plot
from grader.checks import bands
from grader.course import course as courses
from grader.course.implementations import Specimen, specimens
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import GraderFault
from grader.local.local_runner import drive_names
from grader.records.decode import restore
from grader.records.devices import CPU
from grader.records.protocol import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from grader.checks.check import Check
    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section

TAIL: Final = 1e-5
SURE: Final = statistics.NormalDist().inv_cdf(0.99)
OUTLIER: Final = 0.001
"""Less often than this a normal sample has a figure as far out as one that counts as an outlier."""
CHAFF_SEEDS: Final = 3


class Chaff(msgspec.Struct, frozen=True):
    """Where a chaff ended (None: nowhere, it can't be trained), and whether that is outside the band.

    `laws` are the other checks that reject it.
    """

    name: str
    figures: tuple[float | None, ...]
    outside: bool
    laws: tuple[str, ...] = ()


def slips_through(chaff: Chaff) -> bool:
    """Return whether neither the band nor a law rejects a chaff."""
    return not chaff.outside and not chaff.laws


class Derivation(msgspec.Struct, frozen=True):
    """How one band came about.

    `outlier` is the probability that a sample of normal figures has one as far out as the farthest here.
    """

    exercise: str
    check: str
    band: bands.Band
    runs: int
    first_seed: int
    median: float
    deviation_below: float
    deviation_above: float
    least: float
    greatest: float
    tail: float
    outlier: float
    nearest_chaff: str
    chaff: tuple[Chaff, ...]
    figures: tuple[float, ...]
    date: str
    versions: dict[str, str]
    command: str


class Fit(NamedTuple):
    """A split normal distribution, and the band that it leaves less than once in 100,000 runs."""

    median: float
    below: float
    above: float
    band: bands.Band

    def outlier(self, figures: Sequence[float]) -> float:
        """Return the probability that a normal sample of this size has a figure as far out as these."""
        standard = [
            (figure - self.median) / (self.below if figure < self.median else self.above)
            for figure in figures
            if figure != self.median
        ]
        if not standard:
            return 1.0
        within = 1 - 2 * statistics.NormalDist().cdf(-max(map(abs, standard)))
        return 1.0 - within ** len(figures)


@dataclass(frozen=True)
class Training:
    """One training check of a course."""

    section: Section
    exercise: Exercise
    check: Check


@dataclass(frozen=True)
class Job:
    """One training run of one specimen, described so that another process can do it."""

    root: Path
    data: Path
    data_set: training_data.DataSet
    exercise: str
    check: str
    specimen: str
    seed: int
    device: str = CPU


def trainings(course: Course) -> list[Training]:
    """Return the training checks of a course."""
    return [
        Training(section, exercise, check)
        for section, exercise in course.exercises()
        for check in exercise.checks
        if check.statistic is not None
    ]


def calibrate(
    course: Course,
    data: Path,
    data_set: training_data.DataSet,
    *,
    seeds: int,
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> Iterator[tuple[Training, Derivation]]:
    """Calibrate every training check, write its band and its derivation, and yield them."""
    for training in trainings(course):
        _derivations(course.reference / training.section.chapter / bands.FILE)  # before hours of training
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start) as pool:
        for training in trainings(course):
            made = _derive(course, training, data, data_set, seeds, pool, progress)
            _write(course, training, made, data_set)
            yield training, made


def _derive(
    course: Course,
    training: Training,
    data: Path,
    data_set: training_data.DataSet,
    seeds: int,
    pool: ProcessPoolExecutor,
    progress: Callable[[str, int, int], None],
) -> Derivation:
    name = training.exercise.name
    ours = [
        one
        for one in specimens(course)
        if one.exercise is training.exercise
        and one.kind == "chaff"
        and (data_set == "subset" or set(one.fails) == {training.check.name})
    ]
    reference = Job(course.root, data, data_set, name, training.check.name, "reference", 0)
    jobs = [_with(reference, seed=seed) for seed in range(1, seeds + 1)]
    jobs += [
        _with(reference, specimen=one.name, seed=seed) for one in ours for seed in range(1, CHAFF_SEEDS + 1)
    ]
    figures: list[float] = []
    for done, figure in enumerate(pool.map(run, jobs), start=1):
        figures.append(figure)
        progress(f"{name}: {training.check.band}", done, len(jobs))
    right, wrong = figures[:seeds], figures[seeds:]
    if not all(math.isfinite(figure) for figure in right):
        message = f"The reference of {name} ended at a figure that isn't finite."
        raise GraderFault(message)
    fit = fitted(right)
    chaff = tuple(
        Chaff(
            one.name,
            tuple(figure if math.isfinite(figure) else None for figure in ended),
            all(not fit.band.low <= figure <= fit.band.high for figure in ended),
            tuple(name for name in one.fails if name != training.check.name),
        )
        for one, ended in zip(ours, _chunks(wrong, CHAFF_SEEDS), strict=True)
    )
    return Derivation(
        exercise=name,
        check=training.check.name,
        band=fit.band,
        runs=seeds,
        first_seed=1,
        median=fit.median,
        deviation_below=fit.below,
        deviation_above=fit.above,
        least=min(right),
        greatest=max(right),
        tail=TAIL,
        outlier=fit.outlier(right),
        nearest_chaff=_nearest(chaff, fit.median),
        chaff=chaff,
        figures=tuple(right),
        date=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        versions={
            "gradbook": __version__,
            "torch": torch.__version__.partition("+")[0],
            "python": platform.python_version(),
        },
        command=f"grader calibrate --only {name} --seeds {seeds} --data {data_set}",
    )


def fitted(figures: Sequence[float]) -> Fit:
    """Fit a split normal distribution to a sample of figures, and return it with its band."""
    median = statistics.median(figures)
    below = _deviation([median - figure for figure in figures if figure <= median])
    above = _deviation([figure - median for figure in figures if figure >= median])
    reach = -statistics.NormalDist().inv_cdf(TAIL / 2)
    return Fit(median, below, above, bands.Band(median - reach * below, median + reach * above))


def _deviation(distances: Sequence[float]) -> float:
    """Return the root of the mean square, at the upper end of its 99 % confidence interval."""
    estimate = math.sqrt(statistics.fmean(distance**2 for distance in distances))
    return estimate * (1 + SURE / math.sqrt(2 * len(distances)))


def _start() -> None:
    torch.set_num_threads(1)


def run(job: Job) -> float:
    """Train one specimen with one seed; return the figure, NaN where it can't be trained."""
    course = courses.load(job.root, only=[job.exercise])
    training_data.use(job.data, job.data_set)
    training = next(one for one in trainings(course) if one.check.name == job.check)
    specimen = _specimen(course, job)
    answers = Answers(
        specimen.files(course),
        {one.name: one.spellings for one in training.section.exercises},
        drive_names(training.section),
    )
    question = training.check.question
    if question is None or training.check.statistic is None:
        raise AssertionError
    ask = Ask(question.asks, {}, job.seed, device=job.device)
    ((seen, _error),) = answers.ask(job.exercise, 0, [ask], 600.0)
    if seen.raised is not None or question.returns.type_problem(seen.result, {}):
        return math.nan
    return float(training.check.statistic(restore(seen.result)))


def _specimen(course: Course, job: Job) -> Specimen:
    wanted = "chaff" if job.specimen != "reference" else "reference"
    return next(
        one
        for one in specimens(course)
        if one.exercise.name == job.exercise
        and one.kind == wanted
        and (wanted != "chaff" or one.name == job.specimen)
    )


def _with(job: Job, *, seed: int, specimen: str = "reference") -> Job:
    return Job(job.root, job.data, job.data_set, job.exercise, job.check, specimen, seed)


def _chunks(figures: Sequence[float], size: int) -> list[Sequence[float]]:
    return [figures[start : start + size] for start in range(0, len(figures), size)]


def _nearest(chaff: Sequence[Chaff], median: float) -> str:
    """Return the chaff outside the band that ends nearest to the median."""
    distances = {
        one.name: min(abs(figure - median) for figure in one.figures if figure is not None)
        for one in chaff
        if one.outside and None not in one.figures
    }
    return min(distances, key=lambda name: distances[name]) if distances else ""


def _write(course: Course, training: Training, made: Derivation, data_set: str) -> None:
    chapter = training.section.chapter
    public, private = course.assignments / chapter, course.reference / chapter
    limits = bands.read(public)
    limits.setdefault(training.check.band, {})[data_set] = made.band
    _save(public / bands.FILE, limits)
    path = private / bands.FILE
    derivations = _derivations(path)
    derivations.setdefault(training.check.band, {})[data_set] = made
    _save(path, derivations)
    plot(made, private / "bands" / f"{training.check.band}_{data_set}.png")


def _derivations(path: Path) -> dict[str, dict[str, Derivation]]:
    """Return what is recorded of a chapter's bands. Raises `GraderFault` where another version wrote it."""
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, Derivation]])
    except msgspec.DecodeError as error:
        message = (
            f"{path} can't be read ({error}): delete it, and calibrate all of the chapter's bands again."
        )
        raise GraderFault(message) from error


def _save(path: Path, content: object) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=2) + b"\n")
