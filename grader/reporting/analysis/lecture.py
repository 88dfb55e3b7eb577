"""What is most worth ten minutes of the next lecture: the shared mistakes that cost the class most points.

Where fewer than three mistakes are shared, exercises follow that are often wrong, each time in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.analysis.behaviour import lost, unexplained
from grader.reporting.class_statistics import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.reporting.analysis.alarms import Alarm
    from grader.reporting.analysis.answers import Answer, Answers
    from grader.reporting.analysis.behaviour import Cluster

TOPICS: Final = 3
SHARED: Final = 0.03
"""The share of those who tried an exercise that makes a mistake a shared one."""


class Topic(NamedTuple):
    """Something to talk about.

    Args:
        answers: the answers to the exercise that it is about.
        what: the mistake in a sentence, as it is explained to students.
        why: whom it concerns, and what it costs.
        lost: the points that it costs the class.
        place: where the page says more: "misconceptions", "unexplained" or "exercises".

    """

    answers: Answers
    what: str
    why: str
    lost: float
    place: str


def topics_of(
    answers: Sequence[Answers], clusters: Iterable[Cluster], alarms: Iterable[Alarm]
) -> list[Topic]:
    """Return the topics that are most worth ten minutes, those that cost most points first.

    What a check that may be broken rejects is none of them.
    """
    doubtful = {alarm.key for alarm in alarms}
    explained = [topic for one in answers for topic in _misconceptions(one)]
    sound = [one for one in clusters if not any((*one.answers.key, name) in doubtful for name in one.checks)]
    alike = [_of_cluster(one) for one in sound if _is_shared(one.members, one.answers)]
    scattered = []
    shared = {id(member) for one in sound for member in one.members}
    for one in answers:
        is_doubtful = any(key[:2] == one.key for key in doubtful)
        each = [answer for answer in unexplained(one) if id(answer) not in shared]
        if len(each) > 1 and not is_doubtful:
            scattered.append(_of_exercise(one, each))
    return [*_by_cost([*explained, *alike]), *_by_cost(scattered)][:TOPICS]


def _by_cost(topics: Sequence[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: -topic.lost)


def _is_shared(members: Sequence[Answer], answers: Answers) -> bool:
    return len(members) >= max(2, SHARED * len(answers.tried))


def _misconceptions(answers: Answers) -> list[Topic]:
    held: dict[str, list[Answer]] = {}
    for answer in answers.tried:
        if answer.result.misconception is not None:
            held.setdefault(answer.result.misconception.id, []).append(answer)
    return [
        Topic(
            answers,
            _first_line(members[0]),
            f"{_share(len(members), answers)} make this mistake. {_costs(members)}",
            lost(members),
            "misconceptions",
        )
        for members in held.values()
        if _is_shared(members, answers)
    ]


def _of_cluster(cluster: Cluster) -> Topic:
    check = cluster.example
    call = f" on `{check.counterexample}`" if check.counterexample and "`" not in check.counterexample else ""
    return Topic(
        cluster.answers,
        f"{check.statement} {len(cluster.members)} answers break this in the same way{call}.",
        f"{_share(len(cluster.members), cluster.answers)} do the same, and no misconception explains it yet. "
        f"{_costs(cluster.members)}",
        cluster.lost,
        "unexplained",
    )


def _of_exercise(answers: Answers, each: Sequence[Answer]) -> Topic:
    return Topic(
        answers,
        "Answers are wrong in many ways.",
        f"{_share(len(each), answers)} are wrong, each in another way: they may not know how to begin. "
        f"{_costs(each)}",
        lost(each),
        "exercises",
    )


def _first_line(answer: Answer) -> str:
    misconception = answer.result.misconception
    return misconception.explanation.partition("\n")[0] if misconception else ""


def _share(count: int, answers: Answers) -> str:
    tried = len(answers.tried)
    return f"{count} of {tried} who tried it ({100 * count / tried:.0f}%)"


def _costs(members: Sequence[Answer]) -> str:
    return f"It costs the class {number(lost(members))} points."
