"""Grade submissions of an output folder anew, on the same exams, and compare: nothing is published here."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.unknown_names import advice
from grader.gradebook import pending
from grader.gradebook.differences import Difference, Policy, called, combined, difference
from grader.gradebook.ledger import reports_in
from grader.gradebook.pending import Pending
from grader.grading.report_store import is_complete, report_of
from grader.grading.run import course_names, entries_at
from grader.grading.several_attempts import find
from grader.grading.workers import ask_pool, grade_all, pool_for
from grader.reporting import output_dir, report
from grader.reporting.attempts import Attempts
from grader.reporting.output_dir import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.gradebook.ledger import Written
    from grader.grading.cluster.settings import Cluster
    from grader.grading.run import RunObserver
    from grader.records.worker_protocol import Config
    from grader.reporting.output_dir import RunFile, Source
    from grader.reporting.report import Report, RunContext
    from grader.submissions import Entry

GONE: Final = "what was graded is not where it was, or was changed: name where it is as PATH"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegradeRequest:
    """What to grade anew.

    Args:
        out: the output folder.
        run: what is known of its runs.
        config: how to grade.
        sources: where the submissions are.
        policy: which results are taken.
        only: the exercises of which the result is taken; empty: all.
        students: only these; empty: all.
        everything: whether what other checks or software can't have changed is graded anew, too.
        keep: whether the result is left to be published.
        cluster: the cluster whose workers grade; None: those of this machine.
    """

    out: Path
    run: RunFile
    config: Config
    sources: Sequence[Source]
    policy: Policy = "all"
    only: tuple[str, ...] = ()
    students: Sequence[str] = ()
    everything: bool = False
    keep: bool = True
    cluster: Cluster | None = None


def regrade(request: RegradeRequest, observer: RunObserver) -> Pending:
    """Grade anew what is affected, and return the difference. Raises `UsageError` or `GraderFailed`."""
    names = course_names(Path(request.config.course))
    with contextlib.ExitStack() as resources:
        resources.enter_context(output_dir.exclusive_lock(request.out))
        earlier = [one for one in reports_in(request.out) if is_complete(one.report)]
        entries = entries_at(request.sources, request.out, names)
        config = msgspec.structs.replace(
            request.config, is_single=False, only=exercises_of([one.report for one in earlier])
        )
        pool = resources.enter_context(pool_for(config, request.cluster, observer))
        outline = ask_pool(pool.outline)
        require_exercises(request.only, [result.name for result in outline.unreadable_results])
        context = report.run_context(config, outline)
        affected = [
            one
            for one in earlier
            if (request.everything or is_affected(one.report, context))
            and (not request.students or one.report.submission in request.students)
        ]
        there, missing = matched(affected, entries, names.modules)
        to_do = list(there)
        if to_do:
            jobs = min(request.config.jobs, len(to_do))
            pool.grow(jobs if outline.max_workers is None else min(jobs, outline.max_workers))
            ask_pool(pool.wait_until_ready)
        observer.started(len(to_do), 0, pool.progress)
        differences: list[Difference] = []
        fresh: list[Report] = []
        attempts = Attempts(output_dir.reports_in(request.out))
        for done in grade_all(pool, to_do, names.modules, attempts):
            graded = report_of(done, context, outline)
            before = there[done.entry]
            if graded.points is None:
                missing[name_of(before)] = graded.message
                continue
            after = combined(before.report, graded, request.policy, request.only)
            differences.append(difference(before.report, after, is_counting=before.is_counting))
            fresh.append(after)
            observer.finished(after)
        found = Pending(
            1, request.policy, request.only,
            tuple(sorted(differences, key=lambda one: (one.student, one.exam))),
            tuple(sorted(missing.items())),
        )  # fmt: skip
        if request.keep and fresh:
            pending.write(request.out, found, fresh)
    return found


def exercises_of(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return the exercises that reports are about, as runs named them; empty: all."""
    named = [one.settings.only for one in reports]
    if not all(named):
        return ()
    return tuple(sorted({name for names in named for name in names}))


def require_exercises(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Raise `UsageError` if an exercise is not one of the course."""
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UsageError(f"There is no exercise {', '.join(unknown)} in it{advice(unknown, known)}")


def is_affected(earlier: Report, context: RunContext) -> bool:
    """Return whether other checks or other software made a report."""
    return earlier.versions != context.versions


def matched(
    affected: Sequence[Written], entries: Sequence[Entry], modules: frozenset[str]
) -> tuple[dict[Entry, Written], dict[str, str]]:
    """Return what can be graded anew with the reports until now, and why something can't, by name."""
    found = find([one.report for one in affected], entries, modules)
    there = {entry: one for entry, one in zip(found, affected, strict=True) if entry is not None}
    gone = {name_of(one): GONE for entry, one in zip(found, affected, strict=True) if entry is None}
    return there, gone


def name_of(one: Written) -> str:
    """Return what the attempt that a report is on is called."""
    return called(one.report.submission, one.report.exam, is_counting=one.is_counting)
