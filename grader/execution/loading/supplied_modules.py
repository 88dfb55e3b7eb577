"""Import the modules that a course supplies, from source in memory; withheld names raise `NotSupplied`."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from types import ModuleType

    from grader.records.sources import SuppliedModule


class NotSupplied(AttributeError):
    """A program used a supplied name that the student is asked to write."""

    def __init__(self, module: str, name: str) -> None:
        package = module.partition(".")[0]
        super().__init__(f"{package}.{name} is what you are asked to write here")


@dataclass(frozen=True, slots=True)
class _WithheldMethod:
    """Stands in a supplied class for a method that the student is asked to write.

    The class doesn't have it. An object does, and raises when it is called: of an `nn.Module` that raised
    when it is looked up, torch would report a missing attribute instead.
    """

    module: str
    path: str

    def __get__(self, instance: object, owner: type) -> Callable[..., NoReturn]:
        if instance is None:
            raise NotSupplied(self.module, self.path)
        return self._refuse

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotSupplied(self.module, self.path)


class SuppliedImporter(MetaPathFinder, InspectLoader):
    """Finds and loads supplied modules; none of them has a file."""

    def __init__(self, modules: Iterable[SuppliedModule]) -> None:
        self.modules = {module.name: module for module in modules}

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return the specification of a supplied module; None for any other."""
        module = self.modules.get(fullname)
        if module is None:
            return None
        return ModuleSpec(fullname, self, origin=module.path, is_package=module.is_package)

    def is_package(self, fullname: str) -> bool:
        """Return whether a supplied module is a package."""
        return self.modules[fullname].is_package

    def get_source(self, fullname: str) -> str:
        """Return a module's source, of which tracebacks show lines."""
        return self.modules[fullname].source

    def exec_module(self, module: ModuleType) -> None:
        """Run a module, and withhold what is left of the names that are asked for."""
        supplied = self.modules[module.__name__]
        module.__file__ = supplied.path
        code = compile(supplied.source, supplied.path, "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102 - the course's own source
        withhold(module, supplied.withheld)

    def withholds(self, module: str, name: str) -> bool:
        """Return whether a module would have this name if it were not withheld."""
        return module in self.modules and name in self.modules[module].withheld


@contextlib.contextmanager
def importable(modules: Iterable[SuppliedModule]) -> Iterator[None]:
    """In the block, let the modules be imported, each afresh, before any installed ones of their names."""
    importer = SuppliedImporter(modules)
    before = _removed(importer.modules)
    sys.meta_path.insert(0, importer)
    try:
        yield
    finally:
        sys.meta_path.remove(importer)
        _removed(importer.modules)
        sys.modules.update(before)


def importer_in_use() -> SuppliedImporter | None:
    """Return the importer of the supplied modules; None if there are none."""
    return next((finder for finder in sys.meta_path if isinstance(finder, SuppliedImporter)), None)


def public_names(module: ModuleType) -> list[str]:
    """Return the names that a module exports."""
    listed = vars(module).get("__all__")
    return list(listed) if isinstance(listed, list) else [name for name in vars(module) if name[0] != "_"]


def withhold(module: ModuleType, paths: Collection[str]) -> None:
    """Make uses of these names and methods of a module raise `NotSupplied`, and export none of them."""
    namespace = vars(module)
    for path in paths:
        name, _, method = path.partition(".")
        if not method:
            namespace.pop(name, None)
        elif isinstance(namespace.get(name), type):
            setattr(namespace[name], method, _WithheldMethod(module.__name__, path))
    names = frozenset(path for path in paths if "." not in path)
    if not names:
        return
    own_getattr = namespace.get("__getattr__")

    def missing(name: str) -> object:
        if name in names:
            raise NotSupplied(module.__name__, name)
        if callable(own_getattr):
            return own_getattr(name)
        message = f"module {module.__name__!r} has no attribute {name!r}"
        raise AttributeError(message)

    namespace["__all__"] = [name for name in public_names(module) if name not in names]
    namespace["__getattr__"] = missing


def _removed(names: Iterable[str]) -> dict[str, ModuleType]:
    """Remove modules from those that are imported; return the ones that were there."""
    return {name: sys.modules.pop(name) for name in names if name in sys.modules}
