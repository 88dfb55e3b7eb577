"""Import torchvision with any build of torch.

With a CPU build of torch and another build of torchvision, torchvision's compiled operators can't be loaded,
and a plain `import torchvision` raises because two of them are not declared. If they are declared before, the
import works; nothing here calls them. If torchvision's own operators are loaded, a second declaration is an
error: hence the plain import first.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

    from torch.library import Library

OPERATORS: Final = ("nms", "qnms")
SIGNATURE: Final = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"

_declared: list[Library] = []  # a declaration lasts as long as its Library


def import_torchvision() -> ModuleType:
    """Return the module torchvision. Its data sets and transforms work, its operators on boxes may not."""
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as fault:
        if not lacks_operators(fault):
            raise
    _remove_partial_import()
    _declare_operators()
    return importlib.import_module("torchvision")


def lacks_operators(fault: Exception) -> bool:
    """Return whether an import failed for the reason that `import_torchvision` knows to mend."""
    return isinstance(fault, RuntimeError) and f"torchvision::{OPERATORS[0]}" in str(fault)


def _remove_partial_import() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]


def _declare_operators() -> None:
    from torch.library import Library

    library = Library("torchvision", "FRAGMENT")
    for operator in OPERATORS:
        library.define(operator + SIGNATURE)
    _declared.append(library)
