"""What a regrading found and nobody published yet: `regrade/` in the output folder.

It holds `regrade.json` with the policy and the difference, `regrade.html` for a person, and a report with its
page for each attempt that was graded anew. Nothing else of the folder changes before it is published.
"""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING, Final

import msgspec

from grader.gradebook.differences import Difference, Policy
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Publication
from grader.gradebook.ledger import Written
from grader.gradebook.store import Draft
from grader.reporting import attempt_folders, output_dir, report
from grader.reporting.pages import student
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, PRIVATE_FOLDER, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.gradebook.ledger import Ledger
    from grader.reporting.report import Report

FOLDER: Final = "regrade"
FILE: Final = "regrade.json"
PAGE: Final = "regrade.html"


class Pending(msgspec.Struct, frozen=True):
    """The content of `regrade.json`.

    Args:
        schema: version of this format.
        policy: which results were taken.
        only: the exercises that may change; empty: all.
        differences: what changes for each submission that was graded anew, also where nothing does.
        not_regraded: submissions that could not be graded anew, with the reason.

    """

    schema: int
    policy: Policy
    only: tuple[str, ...]
    differences: tuple[Difference, ...]
    not_regraded: tuple[tuple[str, str], ...] = ()

    @property
    def policy_in_words(self) -> str:
        """The policy and the exercises, as it is recorded."""
        return f"only {', '.join(self.only)}, {self.policy}" if self.only else self.policy

    @property
    def changed(self) -> list[Difference]:
        """The submissions whose points change, who loses most first; of each, the exercises that do."""
        found = []
        for one in self.differences:
            exercises = tuple(part for part in one.exercises if part.before != part.after)
            if exercises:
                found.append(msgspec.structs.replace(one, exercises=exercises))
        return sorted(found, key=lambda one: one.gain)

    @property
    def other_checks(self) -> list[str]:
        """Who has other results of checks, and the same points for every exercise."""
        changed = {one.called for one in self.changed}
        return [one.called for one in self.differences if one.exercises and one.called not in changed]

    @property
    def summary(self) -> str:
        """How many gain and lose, in a sentence."""
        gains = sum(one.gain > 0 for one in self.differences)
        losses = sum(one.gain < 0 for one in self.differences)
        same = len(self.differences) - gains - losses
        return (
            f"{len(self.differences)} graded anew: {gains} gain points, {losses} lose points, "
            f"{same} keep theirs."
        )


def write(out: Path, pending: Pending, reports: Sequence[Report]) -> None:
    """Write what a regrading found, in place of an earlier one. Raises `UsageError`."""
    folder = out / FOLDER

    def write_all() -> None:
        discard(out)
        output_dir.reports_in(folder).mkdir(parents=True)
        folder.chmod(PRIVATE_FOLDER)
        for one in reports:
            student.write(place(out, one.submission, one.exam), one)
            report.write(place(out, one.submission, one.exam), one)
        rewrite(out, pending)  # last: without `regrade.json`, what is in the folder is not published

    output_dir.write_or_refuse(write_all)


def place(out: Path, name: str, exam: int) -> Path:
    """Return the folder of what grading an attempt anew gave."""
    return output_dir.reports_in(out / FOLDER) / name / attempt_folders.ATTEMPTS / str(exam)


def rewrite(out: Path, pending: Pending) -> None:
    """Write the page and `regrade.json`. Raises `OSError`."""
    content = msgspec.json.format(msgspec.json.encode(pending), indent=2) + b"\n"
    write_whole(out / FOLDER / PAGE, page(pending).encode(), mode=PRIVATE)
    write_whole(out / FOLDER / FILE, content, mode=PRIVATE)


def page(pending: Pending) -> str:
    """Return the page about a regrading, as HTML."""
    return pages().get_template("regrade.html").render(pending=pending)


def read(out: Path) -> Pending | None:
    """Return what is pending; None if nothing is. Raises `GradebookError`."""
    path = out / FOLDER / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Pending)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise GradebookError(f"'{path}' can't be read ({error}). Run `grader regrade` again.") from error


def discard(out: Path) -> None:
    """Remove what is pending: first the file without which nothing of it counts. Raises `OSError`."""
    folder = out / FOLDER
    (folder / FILE).unlink(missing_ok=True)
    if folder.exists():
        shutil.rmtree(folder)


def publish(out: Path, pending: Pending, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Put the pending reports in place of those until now; yield each that is left out, with the reason.

    As always a report is written first, then its event. A publication that was interrupted is completed by
    the next one. Raises `GradebookError` or `UsageError`.
    """
    for one in pending.differences:
        fresh = report.read(place(out, one.student, one.exam))
        if fresh is None:
            continue  # published before an interruption
        folder = output_dir.reports_in(out) / one.student
        if all(earlier.content != fresh.content for earlier in attempt_folders.reports(folder).values()):
            yield one.called, "the report on this attempt is gone; the next regrading has what is there"
            continue
        written = Written(fresh, report.encoded(fresh))
        output_dir.write_or_refuse(functools.partial(attempt_folders.write, folder, fresh))
        said = Publication(
            report=written.sha256, before=one.before, points=one.after, policy=pending.policy_in_words
        )
        drafts = ledger.drafts(written, pending.policy_in_words)
        key = f"published:{one.student}:{written.sha256}"
        ledger.store.append([*drafts, Draft(one.student, said, ledger.author, key)])
        shutil.rmtree(place(out, one.student, one.exam))
    output_dir.write_or_refuse(lambda: discard(out))
