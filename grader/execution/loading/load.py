"""Load a section's program: run its files, and find the answer to each exercise in them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.execution.deadline import Expired
from grader.execution.loading.answers import find_answer
from grader.execution.loading.program import Program, parse_program, run
from grader.execution.loading.running import NOTHING_REPLACED, RunResult
from grader.execution.loading.supplied_snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.execution.loading.definitions import Definition
    from grader.execution.loading.errors import LoadError
    from grader.execution.loading.replacing import Replacement
    from grader.records.sources import SourceFile


@dataclass(frozen=True, slots=True)
class Attempt:
    """One definition of an exercise, loaded.

    Args:
        where: its place, such as "cell 31" or "mlp.py".
        of: how many definitions there are, without stubs.
        answer: the function or class.
        namespace: its globals.
        is_stub: whether it is a stub.
    """

    where: str
    of: int
    answer: object
    namespace: dict[str, object]
    is_stub: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A definition that may become an attempt; to load it, later ones of its name are left out."""

    program: Program
    ran: RunResult
    definition: Definition | None
    leave_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A program that has run."""

    wanted: Mapping[str, Sequence[str]]
    max_attempts: int
    replaced: Mapping[str, Replacement]
    original: Snapshot
    after: Snapshot
    ran: tuple[tuple[Program, RunResult], ...]

    def attempts(self, name: str) -> tuple[Attempt, ...]:
        """Return the attempts at an exercise, the last one first; one stub if nothing else is defined.

        To load an earlier one, the notebook is run again without the later ones. Call them within
        `with_supplied`, where supplied classes have what the program added to them.
        """
        attempts = []
        with self.with_supplied():
            found_in = (self._found(program, ran, name) for program, ran in reversed(self.ran))
            candidates = [candidate for found in found_in for candidate in found]
            real = [candidate for candidate in candidates if not _is_stub(candidate)]
            for candidate in real[: self.max_attempts] or candidates[:1]:
                namespace, found = self._loaded(candidate, name)
                if found is not None:
                    where = candidate.program.where(candidate.definition, is_only_file=len(self.ran) == 1)
                    attempts.append(Attempt(where, len(real), found, namespace, _is_stub(candidate)))
        return tuple(attempts)

    @contextlib.contextmanager
    def with_supplied(self) -> Iterator[None]:
        """In the block, give the supplied modules the contents that this program left in them."""
        self.after.restore()
        try:
            yield
        finally:
            self.original.restore()

    def missing(self, name: str) -> LoadError | None:
        """Return the error because of which an exercise isn't defined; None if it is or was never written."""
        if any(not attempt.is_stub for attempt in self.attempts(name)):
            return None
        for program, ran in reversed(self.ran):
            for definition in reversed(program.definitions):
                if definition.name in self.wanted[name] and definition.statement in ran.errors:
                    return ran.errors[definition.statement]
            for broken in program.broken:
                if any(broken.hides(spelling) for spelling in self.wanted[name]):
                    return broken.error
        return None

    def _found(self, program: Program, ran: RunResult, name: str) -> list[_Candidate]:
        """Return the definitions of an exercise in a file, the last one first."""
        matching = [definition for definition in program.definitions if definition.name in self.wanted[name]]
        if not program.is_notebook:
            reached = [definition for definition in matching if definition.statement not in ran.errors]
            last = _Candidate(program, ran, reached[-1] if reached else None, frozenset())
            return [last] if self._loaded(last, name)[1] is not None else []
        candidates = []
        later: frozenset[int] = frozenset()
        for definition in reversed(matching):
            candidates.append(_Candidate(program, ran, definition, later - {definition.statement}))
            later |= {definition.statement, *definition.additions}
        return candidates

    def _loaded(self, candidate: _Candidate, name: str) -> tuple[dict[str, object], object]:
        ran = candidate.ran
        if candidate.leave_out:
            self.original.restore()
            endless = {index for index, error in ran.errors.items() if error.exception == Expired.__name__}
            _, again = run(candidate.program, candidate.leave_out | endless, self.replaced)
            ran = RunResult(again.namespace, {index: ran.errors[index] for index in endless} | again.errors)
        definition = candidate.definition
        if definition is not None and definition.statement in ran.errors:
            return ran.namespace, None
        found = find_answer(definition, self.wanted[name], ran.namespace)
        is_own = not self.original.owns(found) and (callable(found) or not candidate.program.is_notebook)
        return ran.namespace, found if is_own else None


def load(
    files: Sequence[SourceFile],
    wanted: Mapping[str, Sequence[str]],
    *,
    attempts: int = 5,
    replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
) -> Loaded:
    """Run source files and find the wanted exercises in them.

    Exceptions of theirs are not raised but recorded. If a `grader.execution.deadline` passes, what was
    defined until then counts.

    Args:
        files: each is run by itself; names of a later file take precedence over those of an earlier one.
        wanted: by exercise, the names under which it may be defined: `softmax`, `Trainer.fit_epoch`.
        attempts: how many definitions of one name in a notebook count, starting with the last one.
        replaced: by exercise, a correct answer that takes the place of the student's.

    The modules that are `importable` are imported before. What the program adds to them is removed
    afterwards; `Loaded.with_supplied` adds it again.
    """
    original = snapshot()
    names = {spelling for spellings in wanted.values() for spelling in spellings}
    ran = tuple(run(parse_program(file, names), (), replaced) for file in files)
    loaded = Loaded(wanted, attempts, replaced, original, original.again(), ran)
    original.restore()
    return loaded


def _is_stub(candidate: _Candidate) -> bool:
    return candidate.definition is not None and candidate.definition.is_stub
