"""Grade submissions of an output folder anew, on the same exams, and compare: nothing is published here."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.unknown_names import advice
from grader.gradebook import pending
from grader.gradebook.differences import Difference, Policy, combined, difference
from grader.gradebook.ledger import reports_in
from grader.gradebook.pending import Pending
from grader.grading.pool import Pool
from grader.grading.report_store import content_of, is_complete, report_of
from grader.grading.run import ask_pool, course_names, entries_at, grade_all
from grader.reporting import output_dir, report
from grader.reporting.attempts import Attempts
from grader.reporting.output_dir import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def regrade(request: RegradeRequest, observer: RunObserver) -> Pending:
    """Grade anew what is affected, and return the difference. Raises `UsageError` or `GraderFailed`."""
    names = course_names(Path(request.config.course))
    with contextlib.ExitStack() as resources:
        resources.enter_context(output_dir.exclusive_lock(request.out))
        earlier = {
            one.report.submission: one.report
            for one in reports_in(request.out)
            if one.is_counting and is_complete(one.report)
        }
        entries = entries_at(request.sources, request.out, names)
        config = msgspec.structs.replace(
            request.config, is_single=False, only=exercises_of(tuple(earlier.values()))
        )
        pool = resources.enter_context(Pool(config))
        outline = ask_pool(pool.outline)
        require_exercises(request.only, [result.name for result in outline.unreadable_results])
        context = report.run_context(config, outline)
        affected = [
            one
            for one in earlier.values()
            if (request.everything or is_affected(one, context))
            and (not request.students or one.submission in request.students)
        ]
        to_do, missing = matched(affected, entries, names.modules)
        if to_do:
            jobs = min(request.config.jobs, len(to_do))
            pool.grow(jobs if outline.max_workers is None else min(jobs, outline.max_workers))
            ask_pool(pool.wait_until_ready)
        observer.started(len(to_do), 0)
        differences: list[Difference] = []
        fresh: list[Report] = []
        attempts = Attempts(output_dir.reports_in(request.out))
        for done in grade_all(pool, to_do, names.modules, attempts):
            graded = report_of(done, context, outline)
            before = earlier[graded.submission]
            if graded.points is None:
                missing[graded.submission] = graded.message
                continue
            after = combined(before, graded, request.policy, request.only)
            differences.append(difference(before, after))
            fresh.append(after)
            observer.finished(after)
        found = Pending(
            1, request.policy, request.only,
            tuple(sorted(differences, key=lambda one: one.student)), tuple(sorted(missing.items())),
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
    affected: Sequence[Report], entries: dict[str, Entry], modules: frozenset[str]
) -> tuple[list[Entry], dict[str, str]]:
    """Return what can be graded anew, and why something can't, by name."""
    to_do, missing = [], {}
    for one in affected:
        entry = entries.get(one.submission)
        if entry is not None and content_of(entry, modules) == one.content:
            to_do.append(entry)
        else:
            missing[one.submission] = GONE
    return to_do, missing
