"""Marking written answers: scores become events, and whoever marks at the same time loses nothing."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Final

import msgspec

from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Adjustment
from grader.gradebook.store import Draft
from grader.gradebook.written_answers import scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.gradebook.ledger import Ledger
    from grader.gradebook.written_answers import Question, Score

LONGEST: Final = 10_000
"""Characters of a comment."""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reviewer gives to answers of a group.

    Args:
        group: the position of the group in its question.
        members: the positions of the answers in the group.
        seen: for each of them, the number of the last event about it that the reviewer has seen; 0: none.
        points: the points.
        items: the things in the rubric that were found.
        comment: what the students read.

    """

    group: int
    members: tuple[int, ...]
    seen: tuple[int, ...]
    points: float
    items: tuple[str, ...] = ()
    comment: str = ""


class Meanwhile(msgspec.Struct, frozen=True):
    """What somebody else said about an answer since the reviewer saw it."""

    member: int
    event: int
    author: str
    points: float
    comment: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of what a reviewer gave.

    Args:
        events: the number of the event about each member; empty if nothing was recorded.
        meanwhile: what was said since: nothing is recorded then, until the reviewer has seen it.

    """

    events: tuple[int, ...] = ()
    meanwhile: tuple[Meanwhile, ...] = ()


class Review:
    """The questions of a course, and the gradebook that scores go to.

    Args:
        questions: the questions with all answers.
        ledger: the open gradebook.

    """

    def __init__(self, questions: Sequence[Question], ledger: Ledger) -> None:
        self.questions = questions
        self.ledger = ledger
        self._one_at_a_time = threading.Lock()

    def scores(self, question: Question) -> dict[str, Score]:
        """Return what was last said about each answer. Raises `GradebookError`."""
        return scores(self.ledger.store.events(kind="adjustment"), question.name)

    def give(self, question: Question, given: Given) -> Outcome:
        """Record scores, all or none. Raises `GradebookError` if they can't be meant.

        Where somebody else has said something about one of the answers since it was shown, nothing is
        recorded: the reviewer sees that first. Nothing is ever overwritten, since events are only added.
        """
        students = _students(question, given)
        with self._one_at_a_time:
            now = self.scores(question)
            seen = dict(zip(students, given.seen, strict=True))
            meanwhile = tuple(
                Meanwhile(member, *now[student])
                for member, student in zip(given.members, students, strict=True)
                if student in now and now[student].event != seen[student]
            )
            if meanwhile:
                return Outcome(meanwhile=meanwhile)
            found = f": {', '.join(given.items)}" if given.items else ""
            content = Adjustment(
                reason=f"review{found}", exercise=question.name, how="set", points=given.points,
                comment=given.comment.strip(),
            )  # fmt: skip
            drafts = [Draft(student, content, self.ledger.author) for student in students]
            return Outcome(events=tuple(self.ledger.store.append(drafts)))


def _students(question: Question, given: Given) -> list[str]:
    """Return whose answers are meant. Raises `GradebookError`."""
    if not (math.isfinite(given.points) and 0 <= given.points <= question.points):
        raise GradebookError(f"{question.name} has {question.points:g} points: {given.points:g} can't be.")
    if len(given.comment) > LONGEST:
        raise GradebookError(f"A comment has at most {LONGEST} characters.")
    if any(item not in question.rubric for item in given.items):
        raise GradebookError("The rubric has no such item: load the page again.")
    if not 0 <= given.group < len(question.groups) or len(given.members) != len(given.seen):
        raise GradebookError("There is no such group of answers: load the page again.")
    answers = question.groups[given.group].answers
    if not given.members or len(set(given.members)) < len(given.members):
        raise GradebookError("Choose at least one answer, each once.")
    if not all(0 <= member < len(answers) for member in given.members):
        raise GradebookError("There is no such answer: load the page again.")
    return [answers[member].student for member in given.members]
