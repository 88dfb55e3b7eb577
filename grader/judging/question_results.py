"""The results of a question: what was observed on each case, as records and as Python values."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from grader.judging.generated_cases import digest_of
from grader.records.decode import restore
from grader.records.protocol import DISTURBANCES

if TYPE_CHECKING:
    from grader.records.protocol import Observation


class CaseResult:
    """An observation, and its result as a Python value, decoded on first use."""

    def __init__(self, observation: Observation) -> None:
        self.observation = observation

    @cached_property
    def result(self) -> Any:  # noqa: ANN401 - whatever came back
        """The result. Raises `InvalidValue` if its record is inconsistent."""
        return restore(self.observation.result)


class QuestionResults:
    """The results of a question, one for each case, and the digest of all observations."""

    def __init__(self, cases: list[CaseResult]) -> None:
        self.cases = cases

    @cached_property
    def digest(self) -> bytes:
        """The digest of all observations."""
        return digest_of([one.observation for one in self.cases])

    @property
    def remark(self) -> str:
        """What an instructor should know if a check rests on what was recorded about the answer's calls."""
        observations = [one.observation for one in self.cases]
        disturbances = sorted({one for seen in observations for one in seen.disturbances})
        reasons = [DISTURBANCES[one] for one in disturbances]
        if any(seen.raised is None and not (seen.called or seen.operations) for seen in observations):
            reasons.append("no function was recorded at all")
        return f"the answer may have called more than was seen: {'; '.join(reasons)}" if reasons else ""
