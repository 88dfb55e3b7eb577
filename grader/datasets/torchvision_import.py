"""Imports torchvision beside any build of torch.

Where torch is a CPU build and torchvision is not, torchvision's compiled operators can't load, and a plain
`import torchvision` raises because two of them have no declaration. Declared beforehand they let it import;
nothing here calls them. Where torchvision's own operators load, a second declaration would be an error:
hence the plain import first.
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
    """The module torchvision; its data sets and transforms work, its operators on boxes may not."""
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as fault:
        if "torchvision::nms" not in str(fault):
            raise
    _forget_half_imported()
    _declare()
    return importlib.import_module("torchvision")


def _forget_half_imported() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]


def _declare() -> None:
    from torch.library import Library

    library = Library("torchvision", "FRAGMENT")
    for operator in OPERATORS:
        library.define(operator + SIGNATURE)
    _declared.append(library)
