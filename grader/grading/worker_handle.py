"""A worker process seen from the grading run, and the slot in which a lost one is replaced."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

import msgspec

from grader.records.worker_protocol import Fault, Marked, Message, Outline, Ready, Refused
from grader.sandbox import ChannelClosed, DeadlinePassed
from grader.sandbox.frames import receive_frame, send_frame

if TYPE_CHECKING:
    from grader.records.worker_protocol import Config
    from grader.submissions import Submission

START_SECONDS: Final = 300.0
"""For importing torch and warming up the wall: seconds, unless the machine is swamped."""
GOODBYE_SECONDS: Final = 5.0
MAX_RESULT: Final = 2**30


class WorkRefused(Exception):
    """No worker could do this work here: the course, the data, the device or the sandbox isn't there."""


class WorkerLost(Exception):
    """A worker died, hung or could not start. It says nothing about the submission that it had."""


class Worker:
    """One process. It is started at once, and gets ready by itself."""

    def __init__(self, config: Config) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            # A session of its own: an interrupt at the terminal is for the run, which ends its workers.
            # -P: neither the current folder nor anything in it is imported.
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "grader.grading.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.seen: Outline | None = None
        self.ready = False
        self._lock = threading.Lock()
        with contextlib.suppress(ChannelClosed):  # it shows when it is listened to
            send_frame(self.channel, msgspec.msgpack.encode(config), time.monotonic() + START_SECONDS)

    def outline(self) -> Outline:
        """Return what the worker says of the course. Raises `WorkRefused` or `WorkerLost`."""
        with self._lock:
            if self.seen is None:
                heard = self._hear(START_SECONDS)
                if not isinstance(heard, Outline):
                    raise WorkerLost(f"a worker could not start: {heard}")
                self.seen = heard
            return self.seen

    def wait_until_ready(self) -> None:
        """Wait until the worker's wall stands. Raises `WorkRefused` or `WorkerLost`."""
        self.outline()
        if not self.ready:
            heard = self._hear(START_SECONDS)
            if not isinstance(heard, Ready):
                raise WorkerLost(
                    heard.message if isinstance(heard, Fault) else f"a worker could not start: {heard}"
                )
            self.ready = True

    def mark(self, submission: Submission) -> Marked | Fault:
        """Return what became of one submission. Raises `WorkerLost`."""
        seconds = self.outline().seconds
        try:
            send_frame(self.channel, msgspec.msgpack.encode(submission), time.monotonic() + seconds)
        except (ChannelClosed, DeadlinePassed, OSError) as error:
            raise self._lost(error, seconds) from error
        heard = self._hear(seconds)
        if not isinstance(heard, Marked | Fault):
            raise WorkerLost(f"a worker said {type(heard).__name__} where a result was expected")
        return heard

    def dismiss(self) -> None:
        """Ask the process to end, and don't wait for it."""
        self.process.terminate()

    def end(self) -> None:
        """End the process, and with it its wall. Any thread may call this; who waits gets `WorkerLost`."""
        self.process.terminate()
        try:
            self.process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with contextlib.suppress(OSError):
            self.channel.shutdown(socket.SHUT_RDWR)  # wakes a thread that listens
        self.channel.close()

    def _hear(self, seconds: float) -> Message:
        try:
            payload = receive_frame(self.channel, time.monotonic() + seconds, MAX_RESULT)
        except (ChannelClosed, DeadlinePassed, OSError) as error:
            raise self._lost(error, seconds) from error
        try:
            heard: Message = msgspec.msgpack.decode(payload, type=Message)
        except msgspec.MsgspecError as error:
            raise WorkerLost(f"a worker of the grader can't be understood: {error}") from error
        if isinstance(heard, Refused):
            raise WorkRefused(heard.message)
        return heard

    def _lost(self, error: Exception, seconds: float) -> WorkerLost:
        if isinstance(error, DeadlinePassed):
            return WorkerLost(f"a worker of the grader said nothing for {seconds:.0f} s")
        self.end()
        code = self.process.returncode
        how = f"by signal {-code}" if code < 0 else f"with exit status {code}"
        return WorkerLost(f"a worker of the grader ended {how}")


class Slot:
    """A place for one worker. One that is lost is replaced when the next submission needs one."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.closed = False
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    def start(self) -> None:
        """Have the worker start now; where it can't, that shows when it is needed."""
        with contextlib.suppress(WorkerLost):
            self.worker()

    def worker(self) -> Worker:
        """Return the worker, not necessarily ready. Raises `WorkerLost` where the run is over."""
        with self._lock:
            if self.closed:
                raise WorkerLost("the run is over")
            if self._worker is None:
                try:
                    self._worker = Worker(self.config)
                except OSError as error:
                    raise WorkerLost(f"a worker could not be started: {error}") from error
            return self._worker

    def drop(self) -> None:
        """End the worker; the next call of `worker` starts another."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def close(self) -> None:
        """Have the worker end for good; `drop` waits for that."""
        with self._lock:
            self.closed = True
            if self._worker is not None:
                self._worker.dismiss()

    def outline(self) -> Outline:
        """Return what a worker says of the course; a second one, where the first is lost at its start."""
        try:
            return self.worker().outline()
        except WorkerLost:
            self.drop()
            return self.worker().outline()

    def get_ready(self) -> Worker:
        """Return a worker that is ready; a second one, where the first is lost at its start."""
        try:
            worker = self.worker()
            worker.wait_until_ready()
        except WorkerLost:
            self.drop()
            worker = self.worker()
            worker.wait_until_ready()
        return worker

    def mark(self, submission: Submission) -> Marked | Fault:
        """Return what became of one submission, which gets a second chance in a fresh worker.

        Raises `WorkRefused`, or `WorkerLost` where no worker can be started.
        """
        answer = self._mark_once(submission)
        if isinstance(answer, Fault) and answer.again:
            self.drop()
            answer = self._mark_once(submission)
        if isinstance(answer, Fault) and answer.again:
            self.drop()
        return answer

    def _mark_once(self, submission: Submission) -> Marked | Fault:
        worker = self.get_ready()
        try:
            return worker.mark(submission)
        except WorkerLost as lost:
            return Fault(str(lost), again=True)
