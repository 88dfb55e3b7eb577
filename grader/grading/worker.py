"""A worker of a grading run: a process with one judge and one sandbox that grades one submission at a time.

Started by `grader.grading.pool` as `python -P -m grader.grading.worker DESCRIPTOR`. Over the socket it
receives a `Config`, which it answers with an `Outline` and then `Ready`, and after that a `Job` for each
submission, answered with `Graded`, `NotRead` or a `Fault`. What a student wrote passes through it unread: a
process in the sandbox reads it.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import shlex
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import torch

from grader.course.course import Course, CourseError, load
from grader.course.packages import packages, unmet_message
from grader.datasets import training_data
from grader.datasets.errors import DataError
from grader.datasets.registry import DATA_SET_VARIABLE
from grader.execution.lazy_dynamo import put_off_dynamo
from grader.execution.sandbox_entry import LATER_TARGETS
from grader.execution.stopwatch import WALL_FACTOR
from grader.grading import run_folder
from grader.grading.gpu_sharing import HOST_LIMITS, GpuAllocation, allocate_gpu, gpu_role, sandboxed_devices
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.hang_up import end_with
from grader.grading.misconceptions import Catalogue
from grader.grading.process import ON_GPU, NoGpu
from grader.grading.reader_session import READER, READER_ROLE, READER_SECONDS, read_in_sandbox
from grader.grading.rehearsal import FailedRehearsal, GraderByExam, device_advice
from grader.grading.sandbox_session import GRACE
from grader.grading.unrelated import why_unrelated
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam, shown_exam
from grader.records.devices import CUDA, NoSuchDevice, device_label
from grader.records.verdict import summarize
from grader.records.worker_protocol import (
    Config,
    Fault,
    Graded,
    Job,
    MissingLayer,
    Outline,
    Ready,
    Refused,
    StartFailure,
)
from grader.sandbox import (
    LAYER_NAMES,
    LAYERS,
    ChannelClosed,
    Limits,
    SandboxUnavailable,
    Server,
    ServerFailed,
)
from grader.sandbox.frames import NEVER, receive_frame, send_frame
from grader.sandbox.priority import share_of_cores
from grader.submissions import Submission
from grader.submissions.written import about_sections

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from grader.records.protocol import Ask, Observation
    from grader.records.sources import NotRead
    from grader.records.verdict import CheckStatus, ExerciseResult
    from grader.records.worker_protocol import Message, Sandbox
    from grader.records.written import WrittenAnswer

MAX_SUBMISSION: Final = 2**30
NO_GPU_IN_SANDBOX: Final = (
    "CUDA works on this machine, but a sandboxed process can't start it: {}\n"
    "Use --device cpu; or --sandbox none, if you trust the authors of the submissions."
)
NOT_ASKED_FOR: Final = "it was not asked for"
OVERHEAD_SECONDS: Final = 120.0
"""For judging, and for ending processes. Generous: it is only to stop a worker that hangs."""


REFUSALS: Final = (CourseError, DataError, SandboxUnavailable, NoSuchDevice, FailedRehearsal)
"""What the instructor has to change before anything can be graded on this machine."""


def main(arguments: list[str]) -> None:
    """Run a worker until the run closes the socket."""
    torch.set_num_threads(1)
    put_off_dynamo()
    signal.signal(signal.SIGTERM, exit_on_signal)
    channel = socket.socket(fileno=int(arguments[0]))
    try:
        with contextlib.suppress(ChannelClosed):
            serve(channel)
    except BaseException:
        # Hypothesis, while it draws inputs, takes the exit for a failure, and raises one of its own.
        if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:
            raise
    os._exit(0)  # the sandbox has ended: torch's own cleanup is slow, and a signal would disturb it


def exit_on_signal(number: int, _frame: object) -> None:
    """Exit so that the sandbox is cleaned up; ignore further signals while that happens."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def serve(channel: socket.socket) -> None:
    """Receive the configuration and work for the run. Raises `ChannelClosed` when the run is over."""
    config = msgspec.msgpack.decode(receive_frame(channel, NEVER, MAX_SUBMISSION), type=Config)
    with contextlib.ExitStack() as resources:
        if config.run_folder is not None:
            try:
                folder = resources.enter_context(run_folder.joined(Path(config.run_folder)))
            except OSError as error:
                raise ChannelClosed("the run is over, and its folder is gone") from error
            end_with(channel, folder.leave)
        serve_as(config, channel)


def serve_as(config: Config, channel: socket.socket) -> None:
    """Get ready, then grade each submission received. Raises `ChannelClosed` when the run is over."""
    try:
        with ready_graders(config, report_outline=lambda found: send(channel, found)) as graders:
            gc.collect()
            gc.freeze()  # else each collection traverses the exam and the libraries
            submission_grader = graders.get(1)
            send(
                channel,
                Ready(missing_layers(submission_grader.server), device_advice(config, submission_grader)),
            )
            while True:
                try:
                    payload = receive_frame(channel, NEVER, MAX_SUBMISSION)
                except ChannelClosed:
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # this process is about to end
                    raise
                send(channel, graded(graders, msgspec.msgpack.decode(payload, type=Job)))
    except REFUSALS as refusal:
        send(channel, Refused(str(refusal)))
    except NoGpu as error:
        send(channel, Refused(NO_GPU_IN_SANDBOX.format(error)))
    except ServerFailed as fault:
        send(channel, StartFailure(str(fault)))


@contextlib.contextmanager
def ready_graders(
    config: Config, report_outline: Callable[[Outline], object] = lambda _outline: None
) -> Iterator[GraderByExam]:
    """Provide graders whose sandbox runs; the rehearsal of the first exam went well.

    For a single submission, that is the rehearsal of one section: the others follow if it has answers to
    them. `grader doctor` asks this question, too: whatever keeps a run from grading shows here.

    Args:
        config: how to grade.
        report_outline: called with the outline of the course, which is known before the sandbox runs.

    Raises:
        ServerFailed: the sandbox can't be started; `NoGpu`, if it can't open the GPU.
        CourseError, DataError, SandboxUnavailable, NoSuchDevice, FailedRehearsal: see `REFUSALS`.
    """
    course = load(Path(config.course), config.only)
    images = image_folder(config, course)
    devices = sandboxed_devices(config)
    if images is not None:
        training_data.use(images, config.data, course.data_set)
    gpu_allocation = allocate_gpu(config) if CUDA in devices else None
    shown = shown_exam(devices=devices)
    report_outline(outline(course, shown, gpu_allocation.max_workers if gpu_allocation else None))
    cores = () if gpu_allocation else share_of_cores(config.worker_number, config.jobs)
    server = sandbox_server(
        course, images, sandbox=config.sandbox, gpu_allocation=gpu_allocation, cores=cores
    )

    def made(number: int) -> SubmissionGrader:
        exam = Exam(config.seed, number=number, shown=shown, devices=devices)
        return SubmissionGrader(
            course,
            exam,
            server,
            attempts=config.attempts,
            catalogue=Catalogue(course, exam, server),
            gpu_lock=gpu_allocation.lock if gpu_allocation else None,
        )

    with server:
        graders = GraderByExam(made)
        graders.rehearse(1, course.sections[:1] if config.is_single else course.sections)
        yield graders


def hidden_packages(course: Course) -> frozenset[str]:
    """Return the installed packages that answers must not import. Raises `CourseError`.

    The error is about packages that the course declares and that are not installed, or in another version.
    """
    found = packages(course.syllabus.packages if course.syllabus else ())
    if found.unmet:
        wanted = " ".join(shlex.quote(one.requirement) for one in found.unmet)
        raise CourseError(
            f'{unmet_message(found.unmet)} Install them with: "{sys.executable}" -m pip install {wanted}'
        )
    return found.hidden


def graded(graders: GraderByExam, job: Job) -> Graded | NotRead | Fault:
    """Grade one submission, an encoded `grader.submissions.HandIn`.

    Any exception here is the grader's fault and is reported as such.
    """
    started = time.monotonic()
    try:
        submission_grader = graders.get(job.exam)
        submission = read_in_sandbox(submission_grader.server, bytes(job.hand_in))
        if not isinstance(submission, Submission):
            return submission
        to_rehearse = graders.to_rehearse(job.exam)
        graders.rehearse(job.exam, submission_grader.answered(submission, to_rehearse))
        results = submission_grader.grade(submission)
    except FailedRehearsal as fault:
        return Fault(str(fault))
    except (ServerFailed, SandboxUnavailable, OSError) as fault:
        return Fault(f"The sandbox failed: {fault}", retry=True)
    except Exception as bug:  # noqa: BLE001 - a bug must cost this submission's grading, not its points
        return Fault(f"The grader failed: {type(bug).__name__}: {bug}{raised_at(bug)}")
    server = submission_grader.server
    seconds = round(time.monotonic() - started, 3)
    return Graded(
        results,
        server.layers,
        seconds,
        missing_layers(server),
        submission.passed_over,
        job.exam,
        why_unrelated(submission_grader.course, submission, results),
        written_about(submission_grader.course, submission),
    )


def written_about(course: Course, submission: Submission) -> tuple[WrittenAnswer, ...]:
    """Return what is written in a submission about the sections of a course."""
    return about_sections(submission.written, {section.number for section in course.sections})


def missing_layers(server: Server) -> tuple[MissingLayer, ...]:
    """Return the layers that a server's sandbox lacks, each with what that opens and why it is missing."""
    absent = [layer for layer in LAYERS if layer.name not in server.layers]
    return tuple(
        MissingLayer(
            layer.name,
            layer.absence(server.layers),
            server.missing.get(layer.name, NOT_ASKED_FOR).partition("\n")[0],
        )
        for layer in absent
    )


def raised_at(bug: BaseException) -> str:
    """Return where an exception was raised, as " (FILE, line NUMBER)"; "" if it was not raised yet."""
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        "" if trace is None else f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})"
    )


def outline(course: Course, exam: Exam, max_workers: int | None = None) -> Outline:
    """Return what the run needs to know about a course."""
    version = torch.__version__.partition("+")[0]
    return Outline(
        results_if_unreadable(course),
        course.fingerprint(),
        version,
        device_label(exam.devices),
        seconds_by_the_clock(course, exam),
        max_workers,
    )


def seconds_by_the_clock(course: Course, exam: Exam) -> float:
    """Return the time after which a worker that grades one submission is taken to hang.

    It is the budget of the submission by the clock, the time limits of all exercises twice, and what the
    grader itself takes: a submission may be the first to sit an exam, which is rehearsed before, and an
    answer the first that has to be compared with the chaff.
    """
    answers = WALL_FACTOR * exam.submission_seconds(course.seconds_per_submission)
    chaff = rehearsal = sum(exam.seconds(exercise) for _section, exercise in course.exercises())
    return READER_SECONDS + answers + chaff + rehearsal + OVERHEAD_SECONDS


class UnreadableAsker:
    """The asker for a submission that can't be read: it has no answers."""

    def absent(self) -> tuple[CheckStatus, str]:
        """Return the status of every exercise; the run adds the message."""
        return "error", ""

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Never called: an absent answer is not asked."""
        raise NotImplementedError

    def search(self, question: Ask) -> Observation:
        """Never called, for the same reason."""
        raise NotImplementedError


def results_if_unreadable(course: Course) -> tuple[ExerciseResult, ...]:
    """Return the results of all exercises for a submission that can't be read."""
    exam = Exam(0)
    found = []
    for section, exercise in course.exercises():
        verdicts = Examination(exercise, exam, UnreadableAsker()).all()
        result = summarize(exercise.name, section.number, section.module, verdicts)
        found.append(msgspec.structs.replace(result, book=section.book, title=section.title))
    return tuple(found)


def sandbox_server(
    course: Course,
    images: Path | None,
    *,
    sandbox: Sandbox = "full",
    gpu_allocation: GpuAllocation | None = None,
    cores: Collection[int] = (),
) -> Server:
    """Return the sandbox server in which answers to a course run; it is not started yet.

    Raises `CourseError` if the course declares packages that are not installed.
    """
    roles, devices = {READER: READER_ROLE}, 1
    if gpu_allocation is not None:
        devices = 2
        roles[ON_GPU] = gpu_role(limits_for(course, HOST_LIMITS, devices=devices))
    return Server(
        warm="grader.execution.sandbox_entry:warm_up",
        entry="grader.execution.sandbox_entry:serve",
        later=LATER_TARGETS,
        views=views(course, images),
        layers=LAYER_NAMES if sandbox != "none" else ("limits",),
        strict=sandbox != "weak",
        gpu=gpu_allocation.gpu if gpu_allocation else None,
        cores=cores,
        limits=limits_for(course, devices=devices),
        roles=roles,
        hidden=hidden_packages(course),
        environment={
            DATA_SET_VARIABLE: course.data_set.name,
            **(gpu_allocation.environment if gpu_allocation else {}),
        },
    )


def limits_for(course: Course, limits: Limits | None = None, *, devices: int = 1) -> Limits:
    """Return limits, by default the usual ones, with the processor time of a submission on so many devices.

    The grader counts what a child uses, and ends it earlier. The kernel's limit is for a child whose grader
    is gone.
    """
    longer = training_data.FULL_TO_SUBSET if training_data.size_in_use() == "full" else 1
    seconds = math.ceil(course.seconds_per_submission * longer * devices + GRACE)
    return msgspec.structs.replace(limits or Limits(), cpu_seconds=seconds)


def views(course: Course, images: Path | None) -> dict[str, Path]:
    """Return the files that the sandbox may read, by name: no oracles and no validation data."""
    shown = {section.drive.name: section.drive for section in course.sections if section.drive is not None}
    if images is not None:
        shown |= {f"data/{name}": path for name, path in course.data_set.visible_files(images).items()}
    return shown


def image_folder(config: Config, course: Course) -> Path | None:
    """Return the folder with the images; None if the course has none. Raises `DataMissing`."""
    folder = course.data if config.images is None else Path(config.images)
    if config.images is None and not course.data_set.has_any_file(folder):
        return None
    return course.data_set.require(folder)


def send(channel: socket.socket, message: Message) -> None:
    """Send one message to the run."""
    send_frame(channel, msgspec.msgpack.encode(message), NEVER)


if __name__ == "__main__":
    main(sys.argv[1:])
