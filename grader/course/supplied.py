"""The modules that a course supplies to programs (`reference/supplied/`), without what is being asked for.

A notebook may build on the book's package `d2l`, and an exercise may ask for a part of it. The source of
that part must never be in a process in which the exercise is asked: it is cut out here, in the grader.
So is what a module declares as all but an answer: `__near_answers__ = {"SGD": ["sgd"]}`.
"""

from __future__ import annotations

import ast
import importlib
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from grader.course.course_toml import CourseError
from grader.execution.loading.definitions import DEFINING
from grader.execution.loading.supplied_modules import importable, public_names
from grader.records.sources import SuppliedModule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from grader.records.sources import SourceFile

Wanted = dict[str, tuple[str, ...]]


class Group(NamedTuple):
    """Exercises that one process is asked, each with its spellings, and the modules supplied to it."""

    wanted: Wanted
    supplied: tuple[SuppliedModule, ...]


class Supplied:
    """The modules that a course supplies; `modules` has their whole source."""

    def __init__(self, modules: Sequence[SuppliedModule]) -> None:
        self.modules = tuple(modules)
        self._cuts: dict[frozenset[str], tuple[SuppliedModule, ...]] = {}

    @classmethod
    def read(cls, folder: Path) -> Supplied:
        """Return the modules in a folder; none if there is no such folder."""
        return cls([_module(path, path.relative_to(folder)) for path in sorted(folder.rglob("*.py"))])

    def groups(self, files: Sequence[SourceFile], wanted: Mapping[str, tuple[str, ...]]) -> list[Group]:
        """Return a section's exercises in groups, each of which is asked in a process of its own.

        An exercise that the modules could answer is a group by itself, if the program mentions it: other
        exercises may build on that answer, as the book's `Trainer` does on `HyperParameters`. A program that
        never mentions the modules needs one process, and is supplied with nothing.
        """
        text = "\n".join(cell.source for file in files for cell in file.cells)
        if not any(module.name.partition(".")[0] in text for module in self.modules):
            return [Group(dict(wanted), ())]
        separate = [name for name in wanted if name in text and any(map(self.provides, wanted[name]))]
        together = {name: spellings for name, spellings in wanted.items() if name not in separate}
        parts = (together, *({name: wanted[name]} for name in separate))
        return [Group(part, self.without(chain.from_iterable(part.values()))) for part in parts if part]

    def provides(self, spelling: str) -> bool:
        """Return whether a module exports this name or defines this method: "Trainer", "Trainer.fit"."""
        return any(_provides(module, spelling) for module in self._whole.values())

    def without(self, spellings: Iterable[str]) -> tuple[SuppliedModule, ...]:
        """Return the modules without these names and methods, and without all that derives from them.

        The near-answers of these names are left out like the names themselves.

        Raises:
            CourseError: a module doesn't run without them, or still has one of them.
        """
        asked = frozenset(chain.from_iterable(map(self.answers, spellings)))
        if asked not in self._cuts:
            self._cuts[asked] = self._cut(asked)
            _require_absent(self._cuts[asked], asked)
        return self._cuts[asked]

    def answers(self, spelling: str) -> frozenset[str]:
        """Return the supplied names and methods that answer an exercise, wholly or nearly."""
        own = {spelling} if self.provides(spelling) else set()
        return frozenset(own.union(self._near_answers.get(spelling, ())))

    def reveals(self, supplied: Sequence[SuppliedModule], spellings: Iterable[str]) -> bool:
        """Return whether modules that `groups` returned answer an exercise, wholly or nearly."""
        withheld = frozenset(chain.from_iterable(module.withheld for module in supplied))
        return bool(supplied) and any(not self.answers(one) <= withheld for one in spellings)

    @cached_property
    def _whole(self) -> dict[str, ModuleType]:
        return _imported(self.modules)

    @cached_property
    def _near_answers(self) -> dict[str, list[str]]:
        """By exercise, the near-answers that the modules declare.

        Raises:
            CourseError: no module has one of them.
        """
        found: dict[str, list[str]] = {}
        for module in self._whole.values():
            for spelling, paths in vars(module).get("__near_answers__", {}).items():
                found.setdefault(spelling, []).extend(paths)
        unknown = sorted(path for paths in found.values() for path in paths if not self.provides(path))
        if unknown:
            raise CourseError(f"reference/supplied: __near_answers__ has {unknown[0]}, which no module has")
        return found

    def _cut(self, asked: Collection[str]) -> tuple[SuppliedModule, ...]:
        """Return the modules without these names and methods, and without what derives from them."""
        names = {path for path in asked if "." not in path}
        own = [found for one in self._whole.values() for name in names if (found := self._own(one, name))]
        for module in self._whole.values():
            for name, value in vars(module).items():
                if any(value is one or _derives(value, one) for one in own):
                    names.add(name)
        withheld = tuple(sorted(names.union(asked)))
        return tuple(
            replace(module, source=cut(module.source, withheld), withheld=withheld) for module in self.modules
        )

    def _own(self, module: ModuleType, name: str) -> object:
        """Return what a module has under a name, if a supplied module defines it; else None."""
        found = vars(module).get(name)
        return found if getattr(found, "__module__", None) in self._whole else None


def cut(source: str, paths: Collection[str]) -> str:
    """Return source without the definitions of some names and methods; all lines keep their numbers."""
    lines = source.splitlines()
    for name, node in reversed(list(_definitions(ast.parse(source)))):  # methods before their class
        if name in paths:
            first = min(one.lineno for one in (node, *getattr(node, "decorator_list", ())))
            last = node.end_lineno or first
            lines[first - 1 : last] = [" " * node.col_offset + "pass", *[""] * (last - first)]
    return "\n".join(lines) + "\n"


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what a module defines, by name: functions, classes with their methods, and other assignments."""
    for node in tree.body:
        if isinstance(node, DEFINING):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, DEFINING))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and len(node.targets) == 1:
            yield node.targets[0].id, node


def _require_absent(modules: Sequence[SuppliedModule], asked: Collection[str]) -> None:
    """Raise `CourseError` if modules don't run, or define a name that they should be without."""
    bare = [replace(module, withheld=()) for module in modules]
    names = ", ".join(sorted(asked))
    try:
        contents = _imported(bare)
    except Exception as error:
        raise CourseError(
            f"reference/supplied can't be loaded without {names}, which exercises ask for: "
            f"{type(error).__name__}: {error}"
        ) from error
    for module in modules:
        for path in module.withheld:
            if _defines(contents[module.name], path):
                raise CourseError(
                    f"reference/supplied/{module.path} defines {path}, which an exercise asks for, in a way "
                    "that can't be left out. Write it as one function, method or class."
                )


def _module(file: Path, relative: Path) -> SuppliedModule:
    is_package = relative.name == "__init__.py"
    parts = relative.parent.parts if is_package else relative.with_suffix("").parts
    source = file.read_text(encoding="utf-8")
    return SuppliedModule(".".join(parts), relative.as_posix(), is_package, source)


def _imported(modules: Sequence[SuppliedModule]) -> dict[str, ModuleType]:
    with importable(modules):
        return {module.name: importlib.import_module(module.name) for module in modules}


def _provides(module: ModuleType, spelling: str) -> bool:
    name, _, method = spelling.partition(".")
    found = vars(module).get(name)
    is_public = name in public_names(module) and name in vars(module)
    return is_public and (not method or _has_method(found, method))


def _defines(module: ModuleType, path: str) -> bool:
    """Return whether this module, and no package that it imports, defines a name or method."""
    name, _, method = path.partition(".")
    found = vars(module).get(name)
    return _has_method(found, method) if method else getattr(found, "__module__", None) == module.__name__


def _has_method(found: object, method: str) -> bool:
    return isinstance(found, type) and method in vars(found)


def _derives(value: object, parent: object) -> bool:
    return isinstance(value, type) and isinstance(parent, type) and issubclass(value, parent)
