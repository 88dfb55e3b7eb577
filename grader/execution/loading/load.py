"""Load a section's program: run its files, and find in them what answers each exercise."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.execution.deadline import Expired
from grader.execution.loading.answers import answer
from grader.execution.loading.d2l_names import Supplied, supplied
from grader.execution.loading.program import Program, parsed, run
from grader.execution.loading.running import Ran, override

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.execution.loading.definitions import Definition
    from grader.execution.loading.errors import LoadError
    from grader.records.sources import SourceFile


@dataclass(frozen=True, slots=True)
class Attempt:
    """One definition of an exercise, loaded.

    `where` is "cell 31" or "mlp.py", `of` the number of definitions there are (stubs aside), `answer` the
    function or class, `namespace` the globals around it.
    """

    where: str
    of: int
    answer: object
    namespace: dict[str, object]
    is_stub: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A definition that may become an attempt: later ones of its name are left out to get at it."""

    program: Program
    ran: Ran
    definition: Definition | None
    leave_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A program that has run."""

    wanted: Mapping[str, Sequence[str]]
    most: int
    overrides: Mapping[str, str]
    pristine: Supplied
    before: Supplied
    after: Supplied
    ran: tuple[tuple[Program, Ran], ...]

    def attempts(self, name: str) -> tuple[Attempt, ...]:
        """The attempts at an exercise, the last one first; a single stub where nothing else is defined.

        To load an earlier one, the notebook runs again without the later ones. For what the run as a whole
        added to supplied classes, see `supplying`.
        """
        attempts = []
        with self.supplying():
            found_in = (self._found(program, ran, name) for program, ran in reversed(self.ran))
            candidates = [candidate for found in found_in for candidate in found]
            real = [candidate for candidate in candidates if not _is_stub(candidate)]
            for candidate in real[: self.most] or candidates[:1]:
                namespace, found = self._loaded(candidate, name)
                if found is not None:
                    where = candidate.program.where(candidate.definition, alone=len(self.ran) == 1)
                    attempts.append(Attempt(where, len(real), found, namespace, _is_stub(candidate)))
        return tuple(attempts)

    @contextlib.contextmanager
    def supplying(self) -> Iterator[None]:
        """Let the supplied module be as this program left it, and afterwards as it was before."""
        self.after.restore()
        try:
            yield
        finally:
            self.pristine.restore()

    def missing(self, name: str) -> LoadError | None:
        """The error because of which an exercise isn't defined; None where it is, or was never written."""
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

    def _found(self, program: Program, ran: Ran, name: str) -> list[_Candidate]:
        """What a file may define the exercise by, the last definition first."""
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
            self.before.restore()
            endless = {index for index, error in ran.errors.items() if error.exception == Expired.__name__}
            _, again = run(candidate.program, candidate.leave_out | endless)
            override(again.namespace, self.overrides)
            ran = Ran(again.namespace, {index: ran.errors[index] for index in endless} | again.errors)
        definition = candidate.definition
        if definition is not None and definition.statement in ran.errors:
            return ran.namespace, None
        found = answer(definition, self.wanted[name], ran.namespace)
        is_own = not self.pristine.holds(found) and (callable(found) or not candidate.program.is_notebook)
        return ran.namespace, found if is_own else None


def load(
    files: Sequence[SourceFile],
    wanted: Mapping[str, Sequence[str]],
    *,
    attempts: int = 5,
    overrides: Mapping[str, str] = MappingProxyType({}),
) -> Loaded:
    """Run source files and find the wanted exercises in them.

    No exception of theirs comes out of here; within a `grader.execution.deadline`, what was defined in time
    stands.

    Args:
        files: each runs by itself; the names of a later file come before those of an earlier one.
        wanted: by exercise, the names under which it may be defined: `softmax`, `Trainer.fit_epoch`.
        attempts: how many definitions of one name in notebooks count, from the last one on.
        overrides: source by name; its object of that name replaces the student's.

    A course's own `d2l` must be in `sys.modules` beforehand. What of it is wanted is taken out meanwhile (see
    `grader.execution.loading.sittings`), and what the program adds to it is undone; `Loaded.supplying` brings
    it back.
    """
    pristine = supplied()
    pristine.take_out(spelling for spellings in wanted.values() for spelling in spellings)
    before = pristine.now()
    names = {spelling for spellings in wanted.values() for spelling in spellings}
    ran = tuple(run(parsed(file, names)) for file in files)
    for _, result in ran:
        override(result.namespace, overrides)
    loaded = Loaded(wanted, attempts, overrides, pristine, before, pristine.now(), ran)
    pristine.restore()
    return loaded


def _is_stub(candidate: _Candidate) -> bool:
    return candidate.definition is not None and candidate.definition.is_stub
