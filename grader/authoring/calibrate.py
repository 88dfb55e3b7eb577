"""Calibrate the bands of training checks: train the reference with many seeds, and fit a distribution.

A correct submission falls outside a band less than once in 100,000 runs, if its figures follow the fitted
split normal distribution: the band reaches 4.42 standard deviations to each side of the median. Each side has
its own deviation, since figures such as accuracies fall farther than they rise. A deviation is an estimate,
so the upper end of its 99 % confidence interval is used: with 200 normal figures, the band then reaches far
enough in 97 samples of 100. A normal tail is an assumption, so an outlier that it can't explain is reported.
Every chaff is trained on the subset; on the full set, which takes ten times as long, only chaff that no law
rejects.
`reference/<chapter>/bands.json` records how each band was computed, and a plot shows it.
"""

from __future__ import annotations

import datetime as dt
import math
import platform
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import torch

from grader import __version__
from grader.audit.process_pool import process_pool
from grader.authoring.band_plots import plot
from grader.checks import bands
from grader.course import course as courses
from grader.course.implementations import Implementation, implementations
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import GraderFault
from grader.local.local_runner import drive_names
from grader.records.decode import restore
from grader.records.devices import CPU
from grader.records.protocol import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor
    from pathlib import Path

    from grader.checks.check import Check
    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.records.worker_protocol import DataSize

TAIL: Final = 1e-5
CONFIDENCE: Final = statistics.NormalDist().inv_cdf(0.99)
OUTLIER: Final = 0.001
"""A figure is an outlier if a normal sample has one as far out with less than this probability."""
CHAFF_SEEDS: Final = 3


class Chaff(msgspec.Struct, frozen=True):
    """The training runs of a chaff.

    Args:
        name: of the chaff.
        figures: one per run; None if training failed.
        outside: whether all figures are outside the band.
        laws: the other checks that reject it.
    """

    name: str
    figures: tuple[float | None, ...]
    outside: bool
    laws: tuple[str, ...] = ()


def slips_through(chaff: Chaff) -> bool:
    """Return whether neither the band nor a law rejects a chaff."""
    return not chaff.outside and not chaff.laws


class Derivation(msgspec.Struct, frozen=True):
    """How one band was computed.

    `outlier` is the probability that a normal sample has a figure as far out as the farthest one here.
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
    """A split normal distribution, and the band outside which less than one run in 100,000 falls."""

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
    """One training run of one implementation, to be run in another process."""

    root: Path
    data: Path
    data_size: DataSize
    exercise: str
    check: str
    implementation: str
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
    data_size: DataSize,
    *,
    seeds: int,
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> Iterator[tuple[Training, Derivation]]:
    """Calibrate every training check; write its band and its derivation, and yield the latter."""
    for training in trainings(course):
        _derivations(
            course.reference / training.section.chapter / bands.FILE
        )  # fails before hours of training, not after
    with process_pool(jobs) as pool:
        for training in trainings(course):
            made = _derive(course, training, data, data_size, seeds, pool, progress)
            _write(course, training, made, data_size)
            yield training, made


def _derive(
    course: Course,
    training: Training,
    data: Path,
    data_size: DataSize,
    seeds: int,
    pool: ProcessPoolExecutor,
    progress: Callable[[str, int, int], None],
) -> Derivation:
    name = training.exercise.name
    ours = [
        one
        for one in implementations(course)
        if one.exercise is training.exercise
        and one.kind == "chaff"
        and (data_size == "subset" or set(one.must_fail) == {training.check.name})
    ]
    reference = Job(course.root, data, data_size, name, training.check.name, "reference", 0)
    jobs = [_with(reference, seed=seed) for seed in range(1, seeds + 1)]
    jobs += [
        _with(reference, implementation=one.name, seed=seed)
        for one in ours
        for seed in range(1, CHAFF_SEEDS + 1)
    ]
    figures: list[float] = []
    for done, figure in enumerate(pool.map(run, jobs), start=1):
        figures.append(figure)
        progress(f"{name}: {training.check.band}", done, len(jobs))
    right, wrong = figures[:seeds], figures[seeds:]
    if not all(math.isfinite(figure) for figure in right):
        message = f"A training run of the reference of {name} ended with a figure that isn't finite."
        raise GraderFault(message)
    fit = fitted(right)
    chaff = tuple(
        Chaff(
            one.name,
            tuple(figure if math.isfinite(figure) else None for figure in ended),
            all(not fit.band.low <= figure <= fit.band.high for figure in ended),
            tuple(name for name in one.must_fail if name != training.check.name),
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
        command=f"grader calibrate --only {name} --seeds {seeds} --data {data_size}",
    )


def fitted(figures: Sequence[float]) -> Fit:
    """Fit a split normal distribution to a sample of figures, and return it with its band."""
    median = statistics.median(figures)
    below = _deviation([median - figure for figure in figures if figure <= median])
    above = _deviation([figure - median for figure in figures if figure >= median])
    reach = -statistics.NormalDist().inv_cdf(TAIL / 2)
    return Fit(median, below, above, bands.Band(median - reach * below, median + reach * above))


def _deviation(distances: Sequence[float]) -> float:
    """Return the upper end of the 99 % confidence interval of the root mean square."""
    estimate = math.sqrt(statistics.fmean(distance**2 for distance in distances))
    return estimate * (1 + CONFIDENCE / math.sqrt(2 * len(distances)))


def run(job: Job) -> float:
    """Train one implementation with one seed; return the figure, NaN if training fails."""
    course = courses.load(job.root, only=[job.exercise])
    training_data.use(job.data, job.data_size, course.data_set)
    training = next(one for one in trainings(course) if one.check.name == job.check)
    implementation = _implementation(course, job)
    answers = Answers(
        implementation.files(course),
        training.section.spellings,
        drive_names(training.section),
        attempts=1,
    )
    question = training.check.question
    if question is None or training.check.statistic is None:
        raise AssertionError
    ask = Ask(question.asks, {}, job.seed, device=job.device)
    ((seen, _error),) = answers.ask(job.exercise, 0, [ask], 600.0)
    if seen.raised is not None or question.returns.type_problem(seen.result, {}):
        return math.nan
    return float(training.check.statistic(restore(seen.result)))


def _implementation(course: Course, job: Job) -> Implementation:
    wanted = "chaff" if job.implementation != "reference" else "reference"
    return next(
        one
        for one in implementations(course)
        if one.exercise.name == job.exercise
        and one.kind == wanted
        and (wanted != "chaff" or one.name == job.implementation)
    )


def _with(job: Job, *, seed: int, implementation: str = "reference") -> Job:
    return Job(job.root, job.data, job.data_size, job.exercise, job.check, implementation, seed)


def _chunks(figures: Sequence[float], size: int) -> list[Sequence[float]]:
    return [figures[start : start + size] for start in range(0, len(figures), size)]


def _nearest(chaff: Sequence[Chaff], median: float) -> str:
    """Return the name of the chaff outside the band that is nearest to the median; "" if there is none."""
    distances = {
        one.name: min(abs(figure - median) for figure in one.figures if figure is not None)
        for one in chaff
        if one.outside and None not in one.figures
    }
    return min(distances, key=lambda name: distances[name]) if distances else ""


def _write(course: Course, training: Training, made: Derivation, data_size: str) -> None:
    chapter = training.section.chapter
    public, private = course.assignments / chapter, course.reference / chapter
    limits = bands.read(public)
    limits.setdefault(training.check.band, {})[data_size] = made.band
    _save(public / bands.FILE, limits)
    path = private / bands.FILE
    derivations = _derivations(path)
    derivations.setdefault(training.check.band, {})[data_size] = made
    _save(path, derivations)
    plot(made, private / "bands" / f"{training.check.band}_{data_size}.png")


def _derivations(path: Path) -> dict[str, dict[str, Derivation]]:
    """Return the recorded derivations of a chapter's bands. Raises `GraderFault` if they can't be read."""
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, Derivation]])
    except msgspec.DecodeError as error:
        message = f"{path} can't be read ({error}): delete it, and calibrate all bands of the chapter again."
        raise GraderFault(message) from error


def _save(path: Path, content: object) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=2) + b"\n")
