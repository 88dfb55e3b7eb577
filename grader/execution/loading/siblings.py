"""Imports among the files of one submission: `from mlp import relu`, `import utils`, also of a notebook.

Which file an import means is decided by its text, and the import is rewritten: to a module in a package of
this program alone. So it means the same whatever else was loaded before, and no file takes the place of an
installed package.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import sys
from collections import Counter
from functools import cached_property
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeGuard

from grader.execution.loading.cells import parse
from grader.execution.loading.definitions import DEFINING, innermost, may_define
from grader.execution.loading.names import names_imported, names_stored
from grader.execution.loading.supplied_modules import importer_in_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

    from grader.records.sources import SourceFile

PACKAGE: Final = "this_submission"
"""The package in which a program's files are modules."""

Parts = tuple[str, ...]
_WORD: Final = re.compile(r"\w+")


class Siblings(MetaPathFinder, Loader):
    """The files of a program as modules that its files can import.

    Args:
        files: the files.
        module_of: returns the module in which a file runs, or has run, and whether that is still to be done.
        run: runs a file in its module.
    """

    def __init__(
        self,
        files: Sequence[SourceFile],
        module_of: Callable[[SourceFile], ModuleType],
        run: Callable[[SourceFile], None],
    ) -> None:
        self.module_of = module_of
        self.run = run
        self.places = _places(files)
        self.files: dict[Parts, SourceFile] = {}
        for file in sorted(files, key=lambda one: one.path.endswith(".py"), reverse=True):
            self.files.setdefault(self.places[file.path], file)
        self.folders = {parts[:depth] for parts in self.files for depth in range(len(parts))}
        self.loaded: dict[str, ModuleType] = {}

    def mentioned_beside(self, file: SourceFile) -> frozenset[str]:
        """Return the words of all other files: they may import what they mean from this one."""
        own = self._words.get(file.path, frozenset())
        return frozenset(word for word, count in self._counts.items() if count > (word in own))

    @contextlib.contextmanager
    def importable(self) -> Iterator[None]:
        """In the block, let the files be imported."""
        if len(self.files) < 2:  # noqa: PLR2004 - one file has no siblings
            yield
            return
        before = _removed_modules()
        sys.modules.update(self.loaded)
        sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            sys.meta_path.remove(self)
            self.loaded = _removed_modules()
            sys.modules.update(before)

    def rewritten(self, node: ast.stmt, file: SourceFile) -> ast.stmt:
        """Return a statement of a file, in which imports of other files are imports from the package."""
        if len(self.files) < 2 or not any(  # noqa: PLR2004 - as above
            isinstance(inner, ast.Import | ast.ImportFrom) or _module_imported_by(inner) is not None
            for inner in ast.walk(node)
        ):
            return node
        changed: ast.stmt = _Rewriting(self, file).visit(node)
        return ast.fix_missing_locations(changed)

    def star_names(self, node: ast.AST, file: SourceFile) -> frozenset[str]:
        """Return the names that a statement binds by `import *` of other files, judging by their texts."""
        found: set[str] = set()
        ahead = [(inner, file) for inner in ast.walk(node) if _is_star(inner)]
        seen: set[str] = set()
        while ahead:
            star, of = ahead.pop()
            parts = self.find(of, star.module or "", star.level, ())
            imported = self._file(parts) if parts is not None else None
            if imported is None or imported.path in seen:
                continue
            seen.add(imported.path)
            for statement in self._statements(imported):
                if isinstance(statement, DEFINING):
                    found.add(statement.name)
                elif isinstance(statement, ast.Import | ast.ImportFrom):
                    found.update(names_imported(statement))
                    ahead += [(statement, imported)] if _is_star(statement) else []
                else:
                    found |= names_stored(statement)
        return frozenset(found - {"*"})

    def find(self, file: SourceFile, dotted: str, level: int, names: Sequence[str]) -> Parts | None:
        """Return the file or folder that an import in a file means; None if it means none of them.

        Args:
            file: where the import stands.
            dotted: what is imported: "utils", "models.mlp", or "" for `from . import mlp`.
            level: the number of leading dots.
            names: what is imported from it.
        """
        parts: Parts = tuple(dotted.split(".")) if dotted else ()
        folder = self.places[file.path][:-1]
        if level:
            base = folder[: len(folder) - level + 1] if level - 1 <= len(folder) else None
            return None if base is None else self._existing((*base, *parts))
        around = [folder[:depth] for depth in range(len(folder), -1, -1)]
        anywhere = sorted(self.folders, key=lambda one: (len(one), one))
        base = next((base for base in (*around, *anywhere) if self._existing((*base, *parts))), None)
        if base is None and len(parts) > 1 and not self._is_taken(parts[0]):
            # `hw1.utils`, where the folder that was handed in has another name, or none, by now.
            inner = self.find(file, ".".join(parts[1:]), 0, names)
            return inner if inner is not None and self._defines(inner, names) else None
        if base is None:
            return None
        found = (*base, *parts)
        if self._is_taken(parts[0]):
            # As Python does where a program is started in its folder; but only if it has what is asked for.
            return found if base == folder and self._defines(found, names) else None
        return found

    def module_name(self, parts: Parts) -> str:
        """Return the name of a file or folder in the package."""
        return ".".join((PACKAGE, *parts))

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return the specification of a file or folder in the package; None for any other module."""
        package, *parts = fullname.split(".")
        if package != PACKAGE or self._existing(tuple(parts)) is None:
            return None
        return ModuleSpec(fullname, self, is_package=tuple(parts) in self.folders)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the module of a file, which may be running; a new one for a folder."""
        parts = tuple(spec.name.split(".")[1:])
        file = self._file(parts)
        if file is None:
            return None
        module = self.module_of(file)
        if parts in self.folders:
            module.__name__ = spec.name  # by which `from . import answers` finds a folder's other files
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Run the file of a module, unless that has been done. A folder has nothing to run."""
        spec = module.__spec__
        file = self._file(tuple(spec.name.split(".")[1:])) if spec is not None else None
        if file is not None:
            self.run(file)

    def _statements(self, file: SourceFile) -> Iterator[ast.stmt]:
        for cell in file.cells:
            for statement in parse(cell.source, file.path).statements:
                yield from innermost(statement)

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {
            file.path: frozenset(word for cell in file.cells for word in _WORD.findall(cell.source))
            for file in self.files.values()
        }

    @cached_property
    def _counts(self) -> Counter[str]:
        """How many files have each word."""
        return Counter(word for words in self._words.values() for word in words)

    def _file(self, parts: Parts) -> SourceFile | None:
        return self.files.get(parts) or self.files.get((*parts, "__init__"))

    def _existing(self, parts: Parts) -> Parts | None:
        return parts if parts in self.files or parts in self.folders else None

    def _defines(self, parts: Parts, names: Sequence[str]) -> bool:
        """Return whether a file's text defines all of some names."""
        file = self.files.get(parts)
        text = "\n".join(cell.source for cell in file.cells) if file is not None else ""
        return bool(names) and all(may_define(text, name) for name in names)

    def _is_taken(self, name: str) -> bool:
        """Return whether a name is that of a module that isn't the student's."""
        importer = importer_in_use()
        if name in sys.stdlib_module_names or (importer is not None and name in importer.modules):
            return True
        spec = PathFinder.find_spec(name)
        return spec is not None and spec.origin not in self.places


class _Rewriting(ast.NodeTransformer):
    """Rewrites the imports of other files, also those within functions."""

    def __init__(self, siblings: Siblings, file: SourceFile) -> None:
        self.siblings = siblings
        self.file = file

    def visit_Import(self, node: ast.Import) -> ast.stmt:
        aliases = []
        for alias in node.names:
            parts = self.siblings.find(self.file, alias.name, 0, ())
            if parts is None:
                aliases.append(alias)
                continue
            # `import a.b` binds `a`, of which `b` must be an attribute.
            first = parts if alias.asname else parts[: len(parts) - alias.name.count(".")]
            bound = alias.asname or alias.name.partition(".")[0]
            aliases.append(ast.alias(self.siblings.module_name(first), bound))
            if first != parts:
                aliases.append(ast.alias(self.siblings.module_name(parts), f"_{parts[-1]}_"))
        return ast.copy_location(ast.Import(aliases), node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        names = [alias.name for alias in node.names]
        parts = self.siblings.find(self.file, node.module or "", node.level, names)
        if parts is None:
            return node
        return ast.copy_location(ast.ImportFrom(self.siblings.module_name(parts), node.names, 0), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        name = _module_imported_by(node)
        parts = self.siblings.find(self.file, name, 0, ()) if name is not None else None
        if parts is None:
            return node
        module = ast.copy_location(ast.Constant(self.siblings.module_name(parts)), node.args[0])
        return ast.copy_location(ast.Call(node.func, [module], []), node)


def _places(files: Sequence[SourceFile]) -> dict[str, Parts]:
    """Return, by its path, the place of each file below the folder that has them all, without extension."""
    paths = {file.path: PurePath(file.path) for file in files}
    folders = [path.parent for path in paths.values()]
    common = PurePath(os.path.commonpath(folders)) if _have_common(folders) else PurePath()
    return {
        text: tuple(_identifier(part) for part in path.with_suffix("").parts[len(common.parts) :])
        for text, path in paths.items()
    }


def _have_common(folders: Sequence[PurePath]) -> bool:
    return bool(folders) and len({folder.is_absolute() for folder in folders}) == 1


def _is_star(node: ast.AST) -> TypeGuard[ast.ImportFrom]:
    return isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)


def _module_imported_by(node: ast.AST) -> str | None:
    """Return "mlp" of the expression `importlib.import_module("mlp")`; None for others."""
    match node:
        case ast.Call(
            func=ast.Name(id="import_module")
            | ast.Attribute(value=ast.Name(id="importlib"), attr="import_module"),
            args=[ast.Constant(value=str(name))],
        ) if name[:1] != ".":
            return name
        case _:
            return None


def _identifier(part: str) -> str:
    return part.replace(".", "_")


def _removed_modules() -> dict[str, ModuleType]:
    """Remove the modules of the package from those that are imported, and return them."""
    names = [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]
    return {name: sys.modules.pop(name) for name in names}
