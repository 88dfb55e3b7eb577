"""What may become attempts at an exercise: its definitions, each in the program as it stood at some time.

Students leave experiments behind: below the right answer a second one, or another value of a constant, a
helper or a method that it needs. Such an answer was right where it stood, before a name was bound again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grader.execution.loading.definitions import Definition
    from grader.execution.loading.program import Program

AT_THE_END: Final = None
"""When a program has run to its end."""
MAX_DEFINITIONS: Final = 50
"""How many definitions of one exercise are looked at, from the last one on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A definition in its program, as the program stood before a statement.

    Args:
        program: the program.
        definition: the definition; None if a name is bound in a way that only running shows.
        until: the index of the statement, or `AT_THE_END`.
        is_variant: whether the same definition has another candidate, which differs in what it needs.
    """

    program: Program
    definition: Definition | None
    until: int | None = AT_THE_END
    is_variant: bool = False

    @property
    def line(self) -> int:
        """The line of the definition; 0 if there is none."""
        return 0 if self.definition is None else self._line(self.definition.statement)

    @property
    def changed_at(self) -> int:
        """The line that changes what the definition needs, of which this is a variant; else 0."""
        return self._line(self.until) if self.is_variant and self.until is not None else 0

    def _line(self, statement: int) -> int:
        return self.program.statements[statement].node.lineno

    @property
    def is_stub(self) -> bool:
        """Whether it is still to be written."""
        return self.definition is not None and self.definition.is_stub


def candidates(program: Program, names: Collection[str]) -> list[Candidate]:
    """Return what may answer to one of some names in a program, the last definition first.

    Variants with what a definition needs as it stood before come after all definitions.
    """
    runs = set(program.dependencies.plan())
    found = [one for one in reversed(program.defining(names)) if one.statement in runs]
    definitions = found[:MAX_DEFINITIONS]
    main = [candidate for one in definitions for candidate in _at_each_method(program, one)]
    variants = [candidate for one in main for candidate in _before_helpers_changed(one, names)]
    return [*main, *variants]


def _at_each_method(program: Program, definition: Definition) -> Iterator[Candidate]:
    """Yield a definition as it stood last and, of a class, before each method that took another's place."""
    end = _next(program, definition)
    yield Candidate(program, definition, end)
    methods = {name for name in program.dependencies.names if _is_of(name, definition.name)}
    since = definition.statement
    for index in reversed(program.dependencies.bound_again(methods, after=since, until=end, since=since)):
        yield Candidate(program, definition, index)


def _before_helpers_changed(candidate: Candidate, names: Collection[str]) -> Iterator[Candidate]:
    """Yield the same definition before each statement below that changes what it needs."""
    program, definition = candidate.program, candidate.definition
    if definition is None or definition.is_stub:
        return
    dependencies = program.dependencies
    statements = {definition.statement, *definition.additions}
    own = {*names, *(name for name in dependencies.names if _is_of(name, definition.name))}
    helpers = dependencies.names_needed_by(statements) - own
    for index in reversed(
        dependencies.bound_again(helpers, after=definition.statement, until=candidate.until)
    ):
        yield Candidate(program, definition, index, is_variant=True)


def _next(program: Program, definition: Definition) -> int | None:
    """Return the statement that takes a definition's place: by its name, or that of its class."""
    names = {definition.name, definition.name.partition(".")[0]}
    for index in program.dependencies.plan():
        if index > definition.statement and names & program.dependencies.bound[index].keys():
            return index
    return AT_THE_END


def _is_of(name: str, owner: str) -> bool:
    return name.startswith(f"{owner}.")
