"""The grading run's side of a worker process, and a slot that replaces a worker that is lost."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from grader.grading import run_folder
from grader.records.sources import NotRead
from grader.records.worker_protocol import Fault, Graded, Job, Message, Outline, Ready, Refused, StartFailure
from grader.sandbox import ChannelClosed, DeadlinePassed
from grader.sandbox.frames import receive_frame, send_frame

if TYPE_CHECKING:
    from grader.records.worker_protocol import Config
    from grader.submissions import HandIn

    Outcome = Graded | NotRead | Fault

COMMAND: Final = (sys.executable, "-P", "-m", "grader.grading.worker")
"""Starts a worker. -P: the current folder is not on sys.path."""
START_SECONDS: Final = 300.0
"""For importing torch and starting the sandbox: this takes seconds, unless the machine is overloaded."""
EXIT_SECONDS: Final = 5.0
SECOND_TRY_SHARE: Final = 0.25
"""The part of a submission's time within which a worker must have failed for the submission to get another.

A worker that fails at once has met with an accident. One that hangs, or fails late, may do so again and keep
the class waiting for twice the time; its submission is left to the next run.
"""
MAX_RESULT: Final = 2**30


class WorkRefused(Exception):
    """No worker can grade on this machine: the course, the data, the device or the sandbox is missing."""


class WorkerLost(Exception):
    """A worker died, hung or could not start. This need not be due to the submission that it was grading."""


class StartFailed(WorkerLost):
    """A worker's sandbox can't be started, and that of another one couldn't, either."""


class WorkerProcess:
    """One worker process. The constructor starts it and returns before it is ready."""

    def __init__(self, config: Config) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            # A session of its own: Ctrl-C in the terminal interrupts only the run, which ends its workers.
            self.process = subprocess.Popen(
                [*COMMAND, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | temporary_files_in(config.run_folder),
            )
        self._outline: Outline | None = None
        self._ready: Ready | None = None
        self._lock = threading.Lock()
        with contextlib.suppress(ChannelClosed):  # the next receive raises WorkerLost
            send_frame(self.channel, msgspec.msgpack.encode(config), time.monotonic() + START_SECONDS)

    def outline(self) -> Outline:
        """Return the outline of the course. Raises `WorkRefused` or `WorkerLost`."""
        with self._lock:
            if self._outline is None:
                message = self._receive(START_SECONDS)
                if not isinstance(message, Outline):
                    raise WorkerLost(f"a worker could not start: {message}")
                self._outline = message
            return self._outline

    def wait_until_ready(self) -> Ready:
        """Wait until the worker's sandbox is running. Raises `WorkRefused` or `WorkerLost`."""
        self.outline()
        if self._ready is None:
            message = self._receive(START_SECONDS)
            if not isinstance(message, Ready):
                raise WorkerLost(f"a worker could not start: {message}")
            self._ready = message
        return self._ready

    def grade(self, hand_in: HandIn, exam: int) -> Outcome:
        """Return the results of one submission in an exam, or why there are none. Raises `WorkerLost`."""
        seconds = self.outline().seconds
        job = Job(exam, msgspec.Raw(msgspec.msgpack.encode(hand_in)))
        try:
            send_frame(self.channel, msgspec.msgpack.encode(job), time.monotonic() + seconds)
        except (ChannelClosed, DeadlinePassed, OSError) as error:
            raise self._lost(error, seconds) from error
        message = self._receive(seconds)
        if not isinstance(message, Graded | NotRead | Fault):
            raise WorkerLost(f"a worker sent {type(message).__name__} where a result was expected")
        return message

    def terminate(self) -> None:
        """Ask the process to end, without waiting for it."""
        self.process.terminate()

    def stop(self) -> None:
        """End the process and its sandbox. Thread-safe: calls that wait raise `WorkerLost`."""
        self.process.terminate()
        try:
            self.process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with contextlib.suppress(OSError):
            self.channel.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for a message
        self.channel.close()

    def _receive(self, seconds: float) -> Message:
        try:
            payload = receive_frame(self.channel, time.monotonic() + seconds, MAX_RESULT)
        except (ChannelClosed, DeadlinePassed, OSError) as error:
            raise self._lost(error, seconds) from error
        try:
            message: Message = msgspec.msgpack.decode(payload, type=Message)
        except msgspec.MsgspecError as error:
            raise WorkerLost(f"a message from a worker can't be decoded: {error}") from error
        if isinstance(message, Refused):
            raise WorkRefused(message.message)
        if isinstance(message, StartFailure):
            raise StartFailed(message.message)
        return message

    def _lost(self, error: Exception, seconds: float) -> WorkerLost:
        if isinstance(error, DeadlinePassed):
            return WorkerLost(f"a worker of the grader sent nothing for {seconds:.0f} s")
        self.stop()
        code = self.process.returncode
        how = f"by signal {-code}" if code < 0 else f"with exit status {code}"
        return WorkerLost(f"a worker of the grader ended {how}")


def temporary_files_in(folder: str | None) -> dict[str, str]:
    """Return the environment variables by which a worker's temporary files are in the run's folder."""
    return {} if folder is None else {"TMPDIR": str(run_folder.content(Path(folder)))}


class WorkerSlot:
    """Holds one worker process. A lost one is replaced when the next submission needs it."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.closed = False
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None

    def start(self) -> None:
        """Start the worker in the background; a failure is raised when the worker is needed."""
        with contextlib.suppress(WorkerLost):
            self.worker()

    def worker(self) -> WorkerProcess:
        """Return the worker, which may not be ready yet. Raises `WorkerLost` if the run is over."""
        with self._lock:
            if self.closed:
                raise WorkerLost("the run is over")
            if self._worker is None:
                try:
                    self._worker = WorkerProcess(self.config)
                except OSError as error:
                    raise WorkerLost(f"a worker could not be started: {error}") from error
            return self._worker

    def discard(self) -> None:
        """Stop the worker; the next call of `worker` starts another one."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def close(self) -> None:
        """End the worker and start no other one; `discard` waits until it has ended."""
        with self._lock:
            self.closed = True
            if self._worker is not None:
                self._worker.terminate()

    def outline(self) -> Outline:
        """Return the outline of the course; if the first worker is lost at its start, from a second one."""
        try:
            return self.worker().outline()
        except WorkerLost:
            self.discard()
            return self.worker().outline()

    def get_ready(self) -> WorkerProcess:
        """Return a worker that is ready; if the first is lost at its start, a second one."""
        try:
            worker = self.worker()
            worker.wait_until_ready()
        except StartFailed:
            raise
        except WorkerLost:
            self.discard()
            worker = self.worker()
            worker.wait_until_ready()
        return worker

    def grade(self, hand_in: HandIn, exam: int) -> Outcome:
        """Return the results of one submission, or why there are none. If a worker fails early, try a second.

        Raises `WorkRefused`, or `WorkerLost` if no worker can be started.
        """
        limit = self.get_ready().outline().seconds
        start = time.monotonic()
        outcome = self._try(hand_in, exam)
        is_early = time.monotonic() - start < SECOND_TRY_SHARE * limit
        if isinstance(outcome, Fault) and outcome.retry and is_early:
            self.discard()
            outcome = self._try(hand_in, exam)
        if isinstance(outcome, Fault) and outcome.retry:
            self.discard()
        return outcome

    def _try(self, hand_in: HandIn, exam: int) -> Outcome:
        worker = self.get_ready()
        try:
            return worker.grade(hand_in, exam)
        except WorkerLost as lost:
            return Fault(str(lost), retry=True)
