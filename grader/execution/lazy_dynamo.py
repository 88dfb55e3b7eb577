"""Put off the import of Dynamo, torch's compiler of Python, until something compiles.

The first optimizer that is created, and every step of one, imports `torch._dynamo`, which takes about as
long as `import torch`, only to call two functions that do nothing where nothing is compiled. So a module that
has just these two stands in for it, and gives way to the real one as soon as anything else of it is wanted.
Where a version of torch asks for more than the two, nothing is spared, and all works as without this.
"""

from __future__ import annotations

import importlib
import sys
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    _F = TypeVar("_F", bound=Callable[..., Any])

DYNAMO: Final = "torch._dynamo"


def put_off_dynamo() -> None:
    """Let `import torch._dynamo` import nothing yet, unless it has been imported already."""
    if DYNAMO in sys.modules:
        return
    spec = find_spec(DYNAMO)
    if spec is None:
        return
    stand_in = _StandIn(spec)
    sys.modules[DYNAMO] = stand_in
    torch._dynamo = stand_in  # noqa: SLF001 - what the import statement does
    sys.meta_path.insert(0, _Finder())


def real_dynamo() -> ModuleType:
    """Return the real module, imported if need be."""
    if isinstance(sys.modules.get(DYNAMO), _StandIn):
        del sys.modules[DYNAMO]
    return importlib.import_module(DYNAMO)


class _StandIn(ModuleType):
    """`torch._dynamo` while nothing is compiled."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(DYNAMO)
        self.__spec__ = spec
        self.__path__ = list(spec.submodule_search_locations or ())

    @staticmethod
    def graph_break(*_arguments: object, **_named: object) -> None:
        """Do nothing: no graph is being recorded."""

    @staticmethod
    def disable(fn: _F | None = None, *_arguments: object, **_named: object) -> _F | Callable[[_F], _F]:
        """Return a function as it is, or a decorator that does so: nothing would compile it."""
        return _unchanged if fn is None else fn

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the real module's
        return getattr(real_dynamo(), name)


def _unchanged(function: _F) -> _F:
    return function


class _Finder:
    """Imports the real package when one of its modules is wanted while the stand-in is there."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not name.startswith(f"{DYNAMO}.") or not isinstance(sys.modules.get(DYNAMO), _StandIn):
            return None
        real_dynamo()
        # The package has imported most of its modules itself: these must not be executed a second time.
        return ModuleSpec(name, _Imported(sys.modules[name])) if name in sys.modules else None


class _Imported(Loader):
    """A loader that returns a module which has been imported meanwhile."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.spec = module.__spec__

    def create_module(self, _spec: ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self.spec
