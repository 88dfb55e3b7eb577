"""One worker of a grading run: a process with one judge and one wall, that grades one submission at a time.

Started by `grader.grading.pool` as `python -P -m grader.grading.worker DESCRIPTOR`. Over the socket come a
`Config`, which is answered by an `Outline` and by `Ready`, and then submissions, each answered by `Marked` or
by a `Fault`.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import torch

from grader.course.course import Course, CourseError, load
from grader.datasets import training_data
from grader.datasets.fashion_mnist import FILES, RAW, REMEDY, DataFault, DataMissing, data_file
from grader.grading.gpu_sharing import Seating, seating
from grader.grading.grade_submission import MAX_ATTEMPTS, Marker
from grader.grading.misconceptions import Catalogue
from grader.grading.sandbox_session import NoGpu
from grader.judging.evaluation import Examination, GraderFault
from grader.judging.generated_cases import Exam
from grader.records.devices import CUDA, NoSuchDevice, chosen, named
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import summarize
from grader.records.worker_protocol import Config, Fault, Marked, Outline, Ready, Refused
from grader.sandbox import LAYERS, ChannelClosed, Limits, SandboxUnavailable, Server, ServerFailed
from grader.sandbox.frames import NEVER, receive_frame, send_frame
from grader.submissions import Submission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus, ExerciseResult
    from grader.records.worker_protocol import Message, Sandbox

MAX_SUBMISSION: Final = 2**30
VALIDATION_LABELS: Final = "t10k-labels-idx1-ubyte"
NOT_BEHIND_THE_WALL: Final = (
    "CUDA works on this machine, but a process behind the wall can't start it: {}\n"
    "Say --device cpu; or --sandbox none, if you trust whoever wrote what is to be graded."
)
OVERHEAD_SECONDS: Final = 120.0
"""For loading a program again and again, judging and shrinking: generous, since it only stops what hangs."""


def main(arguments: list[str]) -> None:
    """Work until the run closes the socket."""
    torch.set_num_threads(1)
    signal.signal(signal.SIGTERM, leave)
    channel = socket.socket(fileno=int(arguments[0]))
    with contextlib.suppress(ChannelClosed):
        work(channel)
    os._exit(0)  # the wall is down: torch takes its time to tidy up, and would be disturbed in it


def leave(number: int, _frame: object) -> None:
    """Leave through the wall, which tidies up behind itself, undisturbed by a second request to leave."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def work(channel: socket.socket) -> None:
    """Get ready, then answer each submission. Raises `ChannelClosed` when the run is over."""
    config = msgspec.msgpack.decode(receive_frame(channel, NEVER, MAX_SUBMISSION), type=Config)
    try:
        course = load(Path(config.course), config.only)
        images = images_of(config, course)
        devices = chosen(config.device)
        if images is not None:
            training_data.use(images, config.data)
        graphics = seating(config) if CUDA in devices else None
        exam = Exam(config.seed, devices=devices)
        say(channel, outline(course, exam, graphics.room if graphics else None))
        server = wall_for(course, images, sandbox=config.sandbox, graphics=graphics)
        with server:
            catalogue = Catalogue(course, exam, server)
            turns = graphics.turns if graphics else None
            marker = Marker(course, exam, server, attempts=config.attempts, catalogue=catalogue, turns=turns)
            rehearse(marker)
            gc.collect()
            gc.freeze()  # else the collector looks through the exam and the libraries again and again
            say(channel, Ready())
            while True:
                payload = receive_frame(channel, NEVER, MAX_SUBMISSION)
                say(channel, marked(marker, msgspec.msgpack.decode(payload, type=Submission)))
    except (CourseError, DataFault, SandboxUnavailable, NoSuchDevice, FailedRehearsal) as refusal:
        say(channel, Refused(str(refusal)))
    except NoGpu as error:
        say(channel, Refused(NOT_BEHIND_THE_WALL.format(error)))
    except ServerFailed as fault:
        say(channel, Fault(f"The wall's server can't be started: {fault}", again=True))


def rehearse(marker: Marker) -> None:
    """Grade the course's own solutions, which must be right, before any student's answer is.

    This draws the exam and asks the oracles, once for all submissions; and a fault of the machine, of the
    checks or of the grader shows before it costs anybody points. Raises `FailedRehearsal`.
    """
    for section in marker.course.sections:
        solution = marker.course.solution(section)
        if not solution.exists():
            continue
        source = SourceFile(
            solution.name, section.module, (Cell(None, solution.read_text(encoding="utf-8")),)
        )
        try:
            results = marker.mark_section(section, [source])
        except GraderFault as fault:
            raise FailedRehearsal(str(fault)) from fault
        for result in results:
            if result.status != "correct":
                raise FailedRehearsal(
                    f"The course's own {result.name} ({solution}) is not right ({result.status}): "
                    f"{result.message.strip().rstrip('.')}. Nothing was graded: right answers would not pass "
                    "either. Mend the check or the solution; where both are right, name another --seed."
                )


def marked(marker: Marker, submission: Submission) -> Marked | Fault:
    """Grade one submission; whatever goes wrong here is the grader's fault, and is said to be so."""
    started = time.monotonic()
    try:
        results = marker.mark(submission)
    except GraderFault as fault:
        return Fault(str(fault))
    except (ServerFailed, SandboxUnavailable, OSError) as fault:
        return Fault(f"The wall failed: {fault}", again=True)
    except Exception as bug:  # noqa: BLE001 - a bug must cost this submission's grading, not its points
        return Fault(f"The grader failed: {type(bug).__name__}: {bug}{place(bug)}")
    return Marked(results, marker.server.layers, round(time.monotonic() - started, 3))


def place(bug: BaseException) -> str:
    """Say where an exception was raised."""
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        "" if trace is None else f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})"
    )


def outline(course: Course, exam: Exam, room: int | None = None) -> Outline:
    """Return what the run must know of a course."""
    exercises = [exercise for _section, exercise in course.exercises()]
    seconds = 2 * MAX_ATTEMPTS * sum(exam.seconds(exercise) for exercise in exercises) + OVERHEAD_SECONDS
    version = torch.__version__.partition("+")[0]
    return Outline(unread(course), course.fingerprint(), version, named(exam.devices), seconds, room)


class Unread:
    """Stands in for the answers of a submission that can't be read."""

    def absent(self) -> tuple[CheckStatus, str]:
        """There is none; the run adds the reason."""
        return "error", ""

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Nothing that is not there is ever asked."""
        raise NotImplementedError


def unread(course: Course) -> tuple[ExerciseResult, ...]:
    """Return all exercises with all checks as they are where a submission can't be read."""
    exam = Exam(0)
    return tuple(
        summarize(exercise.name, section.number, section.module, Examination(exercise, exam, Unread()).all())
        for section, exercise in course.exercises()
    )


def wall_for(
    course: Course, images: Path | None, *, sandbox: Sandbox = "full", graphics: Seating | None = None
) -> Server:
    """Return the server, not yet started, behind which answers to a course are asked."""
    return Server(
        warm="grader.execution.sandbox_entry:warm_up",
        entry="grader.execution.sandbox_entry:serve",
        views=views(course, images),
        layers=LAYERS if sandbox != "none" else ("limits",),
        strict=sandbox != "weak",
        gpu=graphics.gpu if graphics else None,
        limits=limits_for(graphics),
        environment=graphics.environment if graphics else None,
    )


def limits_for(graphics: Seating | None) -> Limits:
    """Return what each child may use."""
    limits = Limits(memory=graphics.memory) if graphics else Limits()
    longer = training_data.TIMES_AS_MANY if training_data.chosen() == "full" else 1
    return msgspec.structs.replace(limits, cpu_seconds=limits.cpu_seconds * longer)


def views(course: Course, images: Path | None) -> dict[str, Path]:
    """Return what the wall's server is shown of a course: nothing that judges, no validation labels."""
    shown = {section.drive.name: section.drive for section in course.sections if section.drive is not None}
    for name in FILES if images is not None else ():
        path = data_file(images, name) if images is not None else None
        if name != VALIDATION_LABELS and path is not None:
            shown[f"data/{RAW.as_posix()}/{path.name}"] = path
    if (course.reference / "supplied").is_dir():
        shown["supplied"] = course.reference / "supplied"
    return shown


def images_of(config: Config, course: Course) -> Path | None:
    """Return the folder with the images; None where the course has none. Raises `DataMissing`."""
    folder = course.data if config.images is None else Path(config.images)
    missing = [name for name in FILES if data_file(folder, name) is None]
    if len(missing) == len(FILES) and config.images is None:
        return None
    if missing:
        raise DataMissing(f"There is no {missing[0]} in {folder}. {REMEDY}")
    return folder


class FailedRehearsal(Exception):
    """The course's own solution does not pass its checks: nobody's answers can be judged by them."""


def say(channel: socket.socket, message: Message) -> None:
    """Send one message to the run."""
    send_frame(channel, msgspec.msgpack.encode(message), NEVER)


if __name__ == "__main__":
    main(sys.argv[1:])
