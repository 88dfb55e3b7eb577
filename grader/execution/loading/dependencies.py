"""Find the statements of a program that some of its definitions depend on, by the names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.execution.loading.definitions import DEFINING, innermost
from grader.execution.loading.pruning import names_loaded, names_stored

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.execution.loading.program import Program


def needed_statements(program: Program, names: Collection[str]) -> frozenset[int]:
    """Return the indices of the statements that define these names, and of all that those refer to."""
    providers: dict[str, set[int]] = {}
    for definition in program.definitions:
        providers.setdefault(definition.name, set()).update((definition.statement, *definition.additions))
    for index, statement in enumerate(program.statements):
        for node in innermost(statement.node):
            if not isinstance(node, DEFINING):  # what is assigned in there is local
                for name in names_stored(node):
                    providers.setdefault(name, set()).add(index)
    found: set[int] = set()
    ahead = {index for name in names for index in providers.get(name, ())}
    while ahead:
        index = ahead.pop()
        found.add(index)
        loaded = names_loaded([program.statements[index].node])
        ahead |= {one for name in loaded for one in providers.get(name, ())} - found
    return frozenset(found)
