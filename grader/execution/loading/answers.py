"""Find the object that answers an exercise, in a namespace in which its definition has run."""

from __future__ import annotations

import ast
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from grader.execution.loading.missing_packages import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.execution.loading.definitions import Definition


def find_answer(
    definition: Definition | None, spellings: Sequence[str], namespace: Mapping[str, object]
) -> object | None:
    """Return what `definition` defined, else the first object with one of the spellings, else None.

    A decorator such as the book's `add_to_class` leaves None under a function's own name: the function is
    then in the class that it was added to.
    """
    found = _defined(definition, namespace) if definition is not None else None
    if _is_something(found):
        return found
    candidates = (candidate for spelling in spellings for candidate in _named(spelling, namespace))
    return next((candidate for candidate in candidates if _is_something(candidate)), None)


def _defined(definition: Definition, namespace: Mapping[str, object]) -> object | None:
    if definition.owner is None:
        return namespace.get(definition.name)
    try:
        code = compile(ast.Expression(definition.owner), "<class>", "eval")
        owner = eval(code, dict(namespace))  # noqa: S307 - the name of a class, as the student wrote it
    except BaseException:  # noqa: BLE001 - looking up a name may run a student's code, too
        return None
    return _attribute(owner, definition.name.rpartition(".")[2])


def _named(spelling: str, namespace: Mapping[str, object]) -> Iterator[object | None]:
    """Yield what `Class.method` may be: of the student's own class, or of a supplied one."""
    first, *rest = spelling.split(".")
    roots = [namespace.get(first)]
    if rest:
        modules = (namespace.get("d2l"), sys.modules.get("d2l.torch"))
        roots += [_attribute(module, first) for module in modules if isinstance(module, ModuleType)]
    for root in roots:
        found = root
        for name in rest:
            found = _attribute(found, name)
        yield found


def _attribute(owner: object, name: str) -> object | None:
    try:
        found: object = getattr(owner, name, None)
    except BaseException:  # noqa: BLE001 - as above
        return None
    return found


def _is_something(found: object) -> bool:
    return found is not None and not isinstance(found, StandIn)
