"""Which statements of a program depend on which, by the names in them, and where a name is bound again."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from grader.execution.loading.definitions import (
    DEFINING,
    FUNCTIONS,
    bindings,
    class_names,
    innermost,
    is_stub,
)
from grader.execution.loading.names import names_changed, names_imported, names_loaded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from grader.execution.loading.definitions import Definition, Statement

_STAR = "*"


@dataclass(frozen=True, eq=False)
class _Bound:
    """What a statement binds to a name: told apart from something else by its source, positions aside.

    Args:
        what: a node, or a text that stands for it.
        is_stub: whether it is a stub.
    """

    what: ast.AST | str
    is_stub: bool

    def differs_from(self, other: _Bound) -> bool:
        """Return whether the other one is something else."""
        return (self._source, self.is_stub) != (other._source, other.is_stub)

    @cached_property
    def _source(self) -> str:
        """A text that nodes share which say the same; few are ever compared."""
        return self.what if isinstance(self.what, str) else _source(self.what)


class Dependencies:
    """The names that the statements of a program bind and refer to.

    A method is bound to the name `Class.method`, whether it is written in its class or added to it.
    """

    def __init__(self, statements: Sequence[Statement], definitions: Sequence[Definition]) -> None:
        self.statements = statements
        self.definitions = definitions
        self._plans: dict[int | None, list[int]] = {}
        self.classes = class_names(statements)
        self.functions = {one.name for one in definitions if one.owner is None and "." not in one.name}

    def needed(self, names: Collection[str]) -> frozenset[int]:
        """Return the indices of the statements that define these names, and of all that those refer to."""
        return self.needed_by({index for name in names for index in self._providers.get(name, ())})

    def needed_by(self, statements: Collection[int]) -> frozenset[int]:
        """Return some statements, and those that define what they refer to, and so on."""
        found: set[int] = set()
        ahead = set(statements)
        while ahead:
            index = ahead.pop()
            found.add(index)
            ahead |= {one for name in self._loaded[index] for one in self._providers.get(name, ())} - found
        return frozenset(found)

    def names_needed_by(self, statements: Collection[int]) -> set[str]:
        """Return the names that `needed_by` statements refer to, and all methods that they may call."""
        needed = self.needed_by(statements)
        loaded = {name for index in needed for name in self._loaded[index]}
        attributes = {
            node.attr
            for index in needed
            for node in ast.walk(self.statements[index].node)
            if isinstance(node, ast.Attribute)
        }
        return loaded | {name for name in self.names if "." in name and name.rpartition(".")[2] in attributes}

    def bound_again(
        self, names: Collection[str], *, after: int, until: int | None, since: int = 0
    ) -> list[int]:
        """Return the statements that bind something else to one of these names.

        Args:
            names: the names.
            after: only statements after this one are returned,
            until: and before this one, if it is given.
            since: the statement with which names begin to be bound.
        """
        before: dict[str, _Bound] = {}
        found: dict[int, None] = {}
        for index in self.plan():
            if until is not None and index >= until:
                break
            for name, bound in self.bound[index].items() if index >= since else ():
                old = before.get(name)
                if name in names and index > after and old and not old.is_stub and old.differs_from(bound):
                    found[index] = None
                before[name] = bound
        return list(found)

    def plan(self, until: int | None = None) -> Sequence[int]:
        """Return the statements to run, in their order, so that names are bound as before a statement.

        Of the statements from `until` on, those are run that bind nothing but names that aren't bound before,
        or only to stubs; and of those that only a main program runs, or that are deferred, those that bind
        nothing that the ordinary ones do.
        """
        if until not in self._plans:
            self._plans[until] = self._planned(until)
        return self._plans[until]

    def _planned(self, until: int | None) -> list[int]:
        stages: tuple[list[int], ...] = ([], [], [])
        for index, statement in enumerate(self.statements):
            stages[2 if statement.is_deferred else 1 if statement.is_of_main else 0].append(index)
        chosen: list[int] = []
        written: set[str] = set()
        passed_over: set[str] = set()
        for stage, indices in enumerate(stages):
            before = written
            for index in indices:
                names = self.bound[index]
                owners = {name.partition(".")[0] for name in names if "." in name}
                is_above = until is None or index < until
                taken = before if is_above else written
                is_free = not (names.keys() & taken or owners & passed_over or _STAR in names)
                if (is_above and stage == 0) or (is_free and (names or stage == len(stages) - 1)):
                    chosen.append(index)
                    written = _written_after(written, names)
                else:
                    passed_over |= names.keys()
        return chosen

    @cached_property
    def names(self) -> frozenset[str]:
        """All names that are bound."""
        return frozenset(name for bound in self.bound for name in bound)

    @cached_property
    def _loaded(self) -> list[set[str]]:
        return [names_loaded([statement.node]) for statement in self.statements]

    @cached_property
    def bound(self) -> list[Mapping[str, _Bound]]:
        """By statement, the names that it binds, and what to."""
        return [dict(self._bindings(statement)) for statement in self.statements]

    @cached_property
    def _providers(self) -> Mapping[str, set[int]]:
        providers: dict[str, set[int]] = {}
        for definition in self.definitions:
            providers.setdefault(definition.name, set()).update((definition.statement, *definition.additions))
        for index, statement in enumerate(self.statements):
            for node in innermost(statement.node):
                if not isinstance(node, DEFINING):  # what is assigned in there is local
                    for name in names_changed(node):
                        providers.setdefault(name, set()).add(index)
        return providers

    def _bindings(self, statement: Statement) -> Iterator[tuple[str, _Bound]]:
        for node in innermost(statement.node):
            for one in bindings(node, self.classes):
                yield one.name, _Bound(one.node, is_stub(one.node))
            if isinstance(node, FUNCTIONS) and node.name in self.functions:
                # Also where it is added to a class: the book's decorator leaves None under its own name.
                yield node.name, _Bound(node, is_stub(node))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield from _bound_by_import(node, statement.star_names)
            elif not isinstance(node, DEFINING):
                yield from ((name, _Bound(node, is_stub=False)) for name in names_changed(node))


def _bound_by_import(
    node: ast.Import | ast.ImportFrom, star_names: Collection[str]
) -> Iterator[tuple[str, _Bound]]:
    for alias, name in zip(node.names, names_imported(node), strict=True):
        bound = _Bound(_imported(node, alias), is_stub=False)
        yield name, bound
        if alias.name == _STAR:
            yield from ((name, bound) for name in star_names)


def _written_after(written: set[str], names: Mapping[str, _Bound]) -> set[str]:
    """Return which names are bound to more than stubs when these `names` have been bound, too."""
    stubs = {name for name, what in names.items() if what.is_stub}
    return (written | names.keys()) - stubs


def _imported(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    if isinstance(node, ast.ImportFrom):
        return f"{'.' * node.level}{node.module or ''}.{alias.name}"
    return alias.name if alias.asname else alias.name.partition(".")[0]


def _source(node: ast.AST) -> str:
    """Return a text that statements share which say the same."""
    try:
        return ast.dump(node)
    except RecursionError:  # thousands of nested expressions, as in no honest program
        return f"{type(node).__name__} {id(node)}"
