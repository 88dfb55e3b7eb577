"""Grade what arrives in folders, until somebody ends it: what a course runs beside the system it lives in.

Nothing but the folders says what there is to do, so this can be ended, or killed, at any time: what was
graded is in the gradebook, and the next start goes on from there.
"""

from __future__ import annotations

import contextlib
import math
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import watchfiles

from grader.grading.handed_in import HandedIn
from grader.grading.report_store import is_complete
from grader.grading.run import NothingThere, Round, adopted, found_at, grade_round, setting_of, who_is_there
from grader.grading.several_attempts import different
from grader.grading.who_is_who import ClassList
from grader.grading.workers import workers
from grader.reporting.output_dir import UsageError
from grader.submissions.announcing import first_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.grading.progress import Progress
    from grader.grading.run import Request, Run, RunObserver, Setting
    from grader.grading.workers import Workers
    from grader.reporting.report import Report
    from grader.submissions import Entry
    from grader.submissions.stamps import Stamp

SETTLE_SECONDS: Final = 2.0
"""A file that did not change for so long is taken to be complete."""
LOOK_SECONDS: Final = 30.0
"""So often the folders are looked at even if the system reports no change: a network drive reports none."""
RETRY_SECONDS: Final = 300.0
"""After so long, what could not be graded through a fault of the grader is tried again."""
PER_WORKER: Final = 4
"""So many submissions a worker are graded before the folders are looked at again: newer ones go first."""
WAIT_MS: Final = 500
DIGITS: Final = re.compile(r"\d+")


class Look(NamedTuple):
    """What a look at the folders found.

    Args:
        people: who is who.
        changed: the attempts of the students of whom something is new, and complete.
        is_settling: whether something may still be being written.
        lines: what the folders were taken for.
    """

    people: ClassList
    changed: Sequence[Entry]
    is_settling: bool
    lines: tuple[str, ...]


@dataclass
class Arrivals:
    """Tells what is new in the folders.

    Args:
        request: names the folders.
        setting: what the course says.
        settle: for how many seconds something must not have changed.
        clock: the time in seconds.
    """

    request: Request
    setting: Setting
    settle: float = SETTLE_SECONDS
    clock: Callable[[], float] = time.monotonic
    content: HandedIn = field(init=False)
    _seen: dict[Entry, tuple[Stamp, float]] = field(default_factory=dict)
    _done: dict[Entry, Stamp] = field(default_factory=dict)
    _again: dict[Entry, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.content = HandedIn(self.setting.names.modules)

    def look(self) -> Look:
        """Look at the folders. Raises `UsageError`."""
        request = self.request
        try:
            found = found_at(request.paths, request.out, request.layout, self.setting.names)
        except NothingThere:
            return Look(ClassList(()), (), is_settling=False, lines=())
        people = who_is_there(request, found)
        now, settling, changed = self.clock(), set[str](), set[str]()
        for entry in people.entries:
            stamp = self.content.look(entry)
            before, since = self._seen.get(entry, (None, now))
            if stamp != before:
                since = now
                self._seen[entry] = stamp, now
            if now - since < self.settle:
                settling.add(entry.name)
            elif self._done.get(entry) != stamp or now >= self._again.get(entry, math.inf):
                changed.add(entry.name)
        news = [entry for entry in people.entries if entry.name in changed - settling]
        return Look(people, different(news, self.content), bool(settling), tuple(first_lines(found)))

    def done(self, run: Run) -> None:
        """Take note of what a round graded, or found graded."""
        for entry, one in run.looked_at.items():
            self._done[entry] = self.content.stamp(entry)
            self._again.pop(entry, None)
            if not is_complete(one):
                self._again[entry] = self.clock() + RETRY_SECONDS


def follow(
    request: Request,
    observer: RunObserver,
    *,
    end: threading.Event | None = None,
    settle: float = SETTLE_SECONDS,
) -> int:
    """Grade what is in the folders of a request and what arrives there; return how many reports were written.

    It ends after `KeyboardInterrupt`, or, once `end` is set, after what was begun. What fails while it runs,
    as a drive that is away, is said, and tried again.

    Raises:
        UsageError: the request can't be fulfilled; the message says why.
        GraderFailed: no worker could be started.
    """
    end = end or threading.Event()
    arrivals = Arrivals(request, setting_of(request), settle)
    listener = _Once(observer)
    arrivals.look()  # what can't be graded at all is refused before workers start
    with (
        contextlib.suppress(KeyboardInterrupt),
        workers(request.config, request.jobs, listener, request.cluster, is_single=False) as working,
    ):
        working.wait_until_ready(listener)
        for _ in _wake_ups(request, end):
            if _work_off(arrivals, working, listener, end):
                break
    return listener.count


def _work_off(arrivals: Arrivals, working: Workers, listener: _Once, end: threading.Event) -> bool:
    """Grade until nothing is left that is complete; return whether somebody interrupted it.

    Raises `UsageError` if nothing could be done yet.
    """
    request = arrivals.request
    while not end.is_set():
        try:
            arrivals.setting = setting_of(request)  # deadlines may have moved
            found = arrivals.look()
            for line in found.lines if not listener.has_worked else ():
                listener.print_line(line)
            if not found.changed and not found.is_settling:
                return False
            if not found.changed:
                end.wait(arrivals.settle / 2)
                continue
            adopted(request.out, found.people)
            this = Round(found.people, found.changed, arrivals.content, PER_WORKER * request.jobs)
            run = grade_round(request, arrivals.setting, working, this, listener)
        except UsageError as error:
            if not listener.has_worked:
                raise
            listener.print_line(f"{error} It is tried again.")
            return False
        listener.has_worked = True
        arrivals.done(run)
        if run.interrupted:
            return True
    return False


def _wake_ups(request: Request, end: threading.Event) -> Iterator[None]:
    """Yield now, then whenever something changes in the folders, and every `LOOK_SECONDS`."""
    yield
    out = request.out.resolve()
    changes = watchfiles.watch(
        *request.paths,
        watch_filter=lambda _change, path: not Path(path).is_relative_to(out),
        rust_timeout=WAIT_MS,
        yield_on_timeout=True,
        stop_event=end,
        raise_interrupt=True,
        ignore_permission_denied=True,
    )
    last = -math.inf  # what arrived before the watch began shows at the second look
    for found in changes:
        if found or time.monotonic() - last >= LOOK_SECONDS:
            yield
            last = time.monotonic()


class _Once:
    """Passes on what rounds say: each sentence once, whatever the numbers in it.

    `count` says how many reports were written, `has_worked` whether a round succeeded.
    """

    def __init__(self, observer: RunObserver) -> None:
        self.observer = observer
        self.count = 0
        self.has_worked = False
        self._said: set[str] = set()

    def started(self, total: int, kept: int, progress: Progress) -> None:
        """Receive the start of a round: nobody needs to hear of each."""

    def finished(self, report: Report) -> None:
        """Receive the report on a submission after it was written."""
        self.count += 1
        self.observer.finished(report)

    def print_line(self, text: str) -> None:
        """Receive a sentence for the instructor."""
        kind = DIGITS.sub("", text)
        if kind not in self._said:
            self._said.add(kind)
            self.observer.print_line(text)
