"""Load a section's program: run its files, and find the answer to each exercise in them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.execution.deadline import Expired
from grader.execution.loading.answers import find_answer
from grader.execution.loading.candidates import AT_THE_END, Candidate, candidates
from grader.execution.loading.program import Program, parse_program
from grader.execution.loading.running import NOTHING_REPLACED, RunResult, new_module, run
from grader.execution.loading.siblings import Siblings
from grader.execution.loading.supplied_snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

    from grader.execution.loading.errors import LoadError
    from grader.execution.loading.replacing import Replacement
    from grader.records.sources import SourceFile

    Recording = Callable[[], contextlib.AbstractContextManager[None]]


MAX_ATTEMPTS: Final = 5
"""How many attempts at one exercise count at most. So many are tried, too, for the last one that can be
loaded: a definition that raises leaves the name as it was."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at an exercise, loaded.

    Args:
        where: the place of its definition, such as "cell 31" or "mlp.py".
        of: how many definitions there are, without stubs.
        answer: the function or class.
        namespace: its globals.
        is_stub: whether it is a stub.
        line: the line of its definition; 0 if only running shows it.
        changed_at: the line below that changed what the definition needs, where this is it before; 0 where
            nothing did.
    """

    where: str
    of: int
    answer: object
    namespace: dict[str, object]
    is_stub: bool
    line: int = 0
    changed_at: int = 0


class Loaded:
    """A program that has run.

    Args:
        files: its files. Exercises are looked for in those of the section, and then in all others.
        wanted: by exercise, the names under which it may be defined: `softmax`, `Trainer.fit_epoch`.
        section: the section's module; None if all files are alike.
        attempts: how many attempts at one exercise count.
        replaced: by exercise, a correct answer that takes the place of the student's.
        recording: returns the context in which statements run, and nothing else does.
    """

    def __init__(
        self,
        files: Sequence[SourceFile],
        wanted: Mapping[str, Sequence[str]],
        *,
        section: str | None,
        attempts: int,
        replaced: Mapping[str, Replacement],
        recording: Recording,
    ) -> None:
        self.files = tuple(files)
        self.wanted = wanted
        self.max_attempts = attempts
        self.replaced = replaced
        self.recording = recording
        are_alike = section is None or not any(file.module for file in files)
        self.own = [file for file in files if are_alike or file.module == section]
        self.others = [file for file in files if not (are_alike or file.module == section)]
        self.programs: dict[str, Program] = {}
        self.modules: dict[str, ModuleType] = {}
        self.results: dict[str, RunResult] = {}
        self.states: dict[tuple[str, int], RunResult] = {}
        self.siblings = Siblings(files, self._module, self._run_for_import)
        self.original = snapshot()
        with self.siblings.importable():
            for file in self.own:
                self._run(file)
            self.candidates = {name: self._candidates(name) for name in wanted}
            for candidate in (one for found in self.candidates.values() for one in found):
                self._run(candidate.program.file)
        self.after = self.original.again()
        self.original.restore()

    @property
    def ran(self) -> list[tuple[Program, RunResult]]:
        """The programs that have run, each with its result."""
        return [(self.programs[path], result) for path, result in self.results.items()]

    def attempts(self, name: str) -> tuple[Attempt, ...]:
        """Return the attempts at an exercise, the last one first; one stub if nothing else is defined.

        Each definition is one, with what stood above it and before the next one. Where a name that it needs
        is bound again below, what stood there before is an attempt, too. Call them in `active`.
        """
        with self.active():
            real = [candidate for candidate in self.candidates[name] if not candidate.is_stub]
            of = sum(not candidate.is_variant for candidate in real)
            attempts: list[Attempt] = []
            for candidate in real[:MAX_ATTEMPTS] or self.candidates[name][:1]:
                if len(attempts) == self.max_attempts:
                    break
                namespace, found = self._loaded(candidate, name)
                if found is not None:
                    where = candidate.program.where(candidate.definition, is_only_file=len(self.files) == 1)
                    place = candidate.line, candidate.changed_at
                    attempts.append(Attempt(where, of, found, namespace, candidate.is_stub, *place))
        return tuple(attempts)

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """Let the program be asked in the block.

        Its files can import each other, and supplied modules have what it left in them.
        """
        self.after.restore()
        try:
            with self.siblings.importable():
                yield
        finally:
            self.original.restore()

    def missing(self, name: str) -> LoadError | None:
        """Return the error because of which an exercise isn't defined; None if it is or was never written."""
        if any(not attempt.is_stub for attempt in self.attempts(name)):
            return None
        files = [*reversed(self.own), *(file for file in self.others if file.path in self.programs)]
        for program in (self._program(file) for file in files):
            errors = self.results[program.file.path].errors if program.file.path in self.results else {}
            for definition in reversed(program.defining(self.wanted[name])):
                if definition.statement in errors:
                    return errors[definition.statement]
            for broken in program.broken:
                if any(broken.hides(spelling) for spelling in self.wanted[name]):
                    return broken.error
        return None

    def _candidates(self, name: str) -> list[Candidate]:
        """Return what may become attempts, the last one first: in the section's files, else in all others."""
        own = [one for file in reversed(self.own) for one in self._candidates_in(file, name)]
        if any(not candidate.is_stub for candidate in own):
            return own
        others = [one for file in reversed(self.others) for one in self._candidates_in(file, name)]
        if any(not candidate.is_stub for candidate in others):
            return others
        return own or others

    def _candidates_in(self, file: SourceFile, name: str) -> list[Candidate]:
        program = self._program(file)
        found = candidates(program, self.wanted[name])
        if not found and file.path in self.results:
            only_running_shows = Candidate(program, None)
            found = [only_running_shows] if self._found(only_running_shows, name) is not None else []
        return found

    def _loaded(self, candidate: Candidate, name: str) -> tuple[dict[str, object], object]:
        result = self._state(candidate)
        definition = candidate.definition
        if definition is not None and definition.statement in result.errors:
            return result.namespace, None
        return result.namespace, self._found(candidate, name)

    def _found(self, candidate: Candidate, name: str) -> object | None:
        found = find_answer(candidate.definition, self.wanted[name], self._state(candidate).namespace)
        return found if callable(found) and not self.original.owns(found) else None

    def _state(self, candidate: Candidate) -> RunResult:
        """Return the result of a program that has run to its end, or as it stood before a statement."""
        program, until = candidate.program, candidate.until
        at_the_end = self.results[program.file.path]
        if until is AT_THE_END:
            return at_the_end
        key = (program.file.path, until)
        if key not in self.states:
            self.original.restore()
            endless = {i for i, error in at_the_end.errors.items() if error.exception == Expired.__name__}
            plan = [index for index in program.dependencies.plan(until) if index not in endless]
            with self.recording():
                again = run(program, plan, self.replaced)
            again.errors.update({index: at_the_end.errors[index] for index in endless})
            self.states[key] = again
        return self.states[key]

    def _program(self, file: SourceFile) -> Program:
        if file.path not in self.programs:
            names = {spelling for spellings in self.wanted.values() for spelling in spellings}
            self.programs[file.path] = parse_program(file, names, self.siblings)
        return self.programs[file.path]

    def _module(self, file: SourceFile) -> ModuleType:
        """Return the module in which a file runs, or has run."""
        if file.path not in self.modules:
            self.modules[file.path] = new_module(file)
        return self.modules[file.path]

    def _run(self, file: SourceFile) -> None:
        """Run a file to its end, unless it has been run, or is running and imports itself in a circle."""
        if file.path in self.results:
            return
        program = self._program(file)
        result = self.results[file.path] = RunResult(self._module(file).__dict__)
        plan = program.dependencies.plan()
        with self.recording():
            run(program, plan, self.replaced, ran=result)

    def _run_for_import(self, file: SourceFile) -> None:
        """Run a file that another one imports. What stops the one stops the other."""
        self._run(file)
        stopped_by = self.results[file.path].stopped_by
        if stopped_by is not None:
            raise stopped_by


def load(
    files: Sequence[SourceFile],
    wanted: Mapping[str, Sequence[str]],
    *,
    section: str | None = None,
    attempts: int = MAX_ATTEMPTS,
    replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
    recording: Recording = contextlib.nullcontext,
) -> Loaded:
    """Run source files and find the wanted exercises in them.

    Exceptions of theirs are not raised but recorded. If a `grader.execution.deadline` passes, what was
    defined until then counts.

    Args:
        files: the program. Of its files, those of the section are run, and those that are needed beside:
            because they are imported, or define an exercise that the section's files don't. Names of a later
            file take precedence over those of an earlier one.
        wanted: by exercise, the names under which it may be defined: `softmax`, `Trainer.fit_epoch`.
        section: the section's module; by default, all files are the section's.
        attempts: how many attempts at one exercise count, starting with the last one.
        replaced: by exercise, a correct answer that takes the place of the student's.
        recording: returns the context in which statements run, and nothing else does.

    The modules that are `importable` are imported before. What the program adds to them is removed
    afterwards; `Loaded.active` adds it again.
    """
    return Loaded(files, wanted, section=section, attempts=attempts, replaced=replaced, recording=recording)
