"""A worker of a cluster as a run sees it: compared first, then with slots that grade."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from grader.grading.cluster import host
from grader.grading.cluster.connection import NotInstalled, why_unsafe
from grader.grading.worker_handle import START_SECONDS, WorkerLost, WorkRefused
from grader.records.cluster_protocol import Answer, Gone, Hosted, Opened, Software
from grader.records.sources import NotRead
from grader.records.worker_protocol import Fault, Graded, Job, Refused

if TYPE_CHECKING:
    from grader.grading.cluster.connection import Connection, Member
    from grader.records.cluster_protocol import Opening
    from grader.records.worker_protocol import MissingLayer, Outline
    from grader.reporting.report import Versions
    from grader.submissions import HandIn

RENEWALS: Final = 6
"""In the time of a lease: some may be late."""
QUEUE_SECONDS: Final = 600.0
"""For what others have Dask do on the same worker first."""
TRIES_SECONDS: Final = 2 * START_SECONDS
"""For the starts that a submission may need: of a worker process, and of a second one."""
TRIES: Final = 1.5
"""A worker process that fails early is replaced once; so grading takes at most so many times its limit."""
DIFFERS: Final = "{} is {} there, and {} here"
OTHER_SOFTWARE: Final = "{}. Install the same versions there: its verdicts could differ"
OTHER_COURSE: Final = (
    "the course that it loaded is not the one here. Is its disk full, or its Gradbook changed?"
)
OTHER_DEVICE: Final = "it grades on {}, and this machine on {}. Choose a --device that all machines have"
OTHER_LAYERS: Final = (
    "its sandbox lacks {}, which the one here has. `grader doctor` on that machine says how to get it"
)
MORE_LAYERS: Final = "its sandbox has {}, which the one here lacks: reports would not be alike"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a worker has to be like: as the machine that the run was started on.

    Args:
        versions: the software, and the fingerprint of the course.
        device: the devices in use.
        missing: the names of the layers that its sandbox lacks.
    """

    versions: Versions
    device: str
    missing: frozenset[str]

    @classmethod
    def of(cls, versions: Versions, outline: Outline, missing: tuple[MissingLayer, ...]) -> Reference:
        """Return what follows from a worker process of this machine."""
        return cls(versions, outline.device, frozenset(layer.name for layer in missing))

    def require_software(self, there: Software) -> None:
        """Raise `WorkRefused` if a machine has other versions."""
        names = {"gradbook": "Gradbook", "torch": "torch", "python": "Python", "pandas": "pandas"}
        differing = [
            DIFFERS.format(title, getattr(there, name), getattr(self.versions, name))
            for name, title in names.items()
            if getattr(there, name) != getattr(self.versions, name)
        ]
        if differing:
            raise WorkRefused(OTHER_SOFTWARE.format("; ".join(differing)))

    def require_alike(self, hosted: Hosted) -> None:
        """Raise `WorkRefused` if a worker process is ready and would grade otherwise than here."""
        if hosted.torch != self.versions.torch:
            raise WorkRefused(
                OTHER_SOFTWARE.format(DIFFERS.format("torch", hosted.torch, self.versions.torch))
            )
        if hosted.checks != self.versions.checks:
            raise WorkRefused(OTHER_COURSE)
        if hosted.device != self.device:
            raise WorkRefused(OTHER_DEVICE.format(hosted.device, self.device))
        lacked, more = set(hosted.missing) - self.missing, self.missing - set(hosted.missing)
        if lacked:
            raise WorkRefused(OTHER_LAYERS.format(" and ".join(sorted(lacked))))
        if more:
            raise WorkRefused(MORE_LAYERS.format(" and ".join(sorted(more))))


class RemoteWorker:
    """A worker of a cluster. Its slots are `RemoteSlot`s.

    Args:
        connection: leads to it.
        member: what the scheduler knows of it.
        opening: the run.
    """

    def __init__(self, connection: Connection, member: Member, opening: Opening) -> None:
        self.member = member
        self.run = opening.run
        self._connection = connection
        self._opening = opening
        self._lock = threading.Lock()
        self._renewing: threading.Thread | None = None
        self._ended = threading.Event()

    def require_like(self, reference: Reference) -> None:
        """Raise `WorkRefused` if it can't get submissions, or `WorkerLost`. Its course is not there yet."""
        if reason := why_unsafe(self.member):
            raise WorkRefused(reason)
        try:
            answer = decoded(self.call("software", seconds=QUEUE_SECONDS))
        except NotInstalled as error:
            raise WorkRefused(str(error)) from error
        if not isinstance(answer, Software):
            raise unexpected(answer)
        reference.require_software(answer)

    def open(self) -> None:
        """Send the course, unless it is there. Raises `WorkRefused` or `WorkerLost`."""
        with self._lock:
            payload = self.call("open_run", msgspec.msgpack.encode(self._opening), seconds=QUEUE_SECONDS)
            answer = decoded(payload)
            if not isinstance(answer, Opened):
                raise unexpected(answer)
            if self._renewing is None:
                self._renewing = threading.Thread(target=self._renew, daemon=True)
                self._renewing.start()

    def call(self, name: str, *arguments: str | int | bytes, seconds: float) -> bytes:
        """Call a function of `grader.grading.cluster.host` there. Raises `WorkerLost` or `NotInstalled`."""
        return self._connection.call(self.member.address, name, *arguments, seconds=seconds)

    def forget(self) -> None:
        """Renew the run's lease there no more."""
        self._ended.set()

    def end(self) -> None:
        """End the run there, without waiting until it has ended."""
        self.forget()
        self._connection.tell(self.member.address, host.end, self.run)

    def _renew(self) -> None:
        while not self._ended.wait(self._opening.lease / RENEWALS):
            self._connection.tell(self.member.address, host.renew, self.run)


class RemoteSlot:
    """A worker process on another machine, which grades one submission at a time.

    Args:
        worker: the machine.
        number: the number of the slot among those of the machine.
        of: how many there are.
    """

    def __init__(self, worker: RemoteWorker, number: int, of: int) -> None:
        self.worker = worker
        self.number = number
        self._of = of
        self._seconds = 0.0

    def start(self, reference: Reference) -> bool:
        """Wait until the worker process is ready; return False if its machine has enough without this one.

        Raises `WorkRefused` or `WorkerLost`.
        """
        answer = self._call("start_slot", seconds=TRIES_SECONDS + QUEUE_SECONDS)
        if not isinstance(answer, Hosted):
            raise unexpected(answer)
        reference.require_alike(answer)
        self._seconds = answer.seconds
        return answer.max_workers is None or self.number < answer.max_workers

    def grade(self, hand_in: HandIn, exam: int) -> Graded | NotRead | Fault:
        """Return the results of one submission, or why there are none.

        Raises `WorkRefused` or `WorkerLost`.
        """
        job = msgspec.msgpack.encode(Job(exam, msgspec.Raw(msgspec.msgpack.encode(hand_in))))
        seconds = TRIES * self._seconds + TRIES_SECONDS + QUEUE_SECONDS
        answer = self._call("grade", job, seconds=seconds)
        if not isinstance(answer, Graded | NotRead | Fault):
            raise unexpected(answer)
        return answer

    def _call(self, name: str, *arguments: bytes, seconds: float) -> Answer:
        """Call a function of `host`; open the run before, if it isn't open there."""
        own = (self.worker.run, self.number, self._of)
        answer = decoded(self.worker.call(name, *own, *arguments, seconds=seconds))
        if isinstance(answer, Gone):
            self.worker.open()
            answer = decoded(self.worker.call(name, *own, *arguments, seconds=seconds))
        return answer


def decoded(payload: bytes) -> Answer:
    """Return what a worker sent. Raises `WorkerLost`."""
    try:
        answer: Answer = msgspec.msgpack.decode(payload, type=Answer)
    except msgspec.MsgspecError as error:
        raise WorkerLost(f"a message from it can't be decoded: {error}") from error
    return answer


def unexpected(answer: Answer) -> WorkRefused | WorkerLost:
    """Return what it means that a worker sent this instead of what it was asked for."""
    match answer:
        case Refused(message):
            return WorkRefused(message)
        case Fault(message):
            return WorkerLost(message)
        case _:
            return WorkerLost(f"it sent {type(answer).__name__} where something else was expected")
