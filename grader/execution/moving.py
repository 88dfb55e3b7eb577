"""Put a student's model on a device as it is: what the student made wrong stays as wrong as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from grader.records.devices import CPU

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_DEPTH = 10


def moved(thing: Any, device: torch.device) -> Any:  # noqa: ANN401 - a model, of whatever class
    """Put a model on a device, and return it: parameters, buffers, and tensors in its attributes.

    Tensors may be in lists, tuples and dictionaries, too. A leaf stays the same object, so that whoever has
    it, such as an optimizer, has it still; tensors that share their memory share it afterwards. What is no
    leaf becomes no leaf: it is computed from the same leaves, and no gradient reaches it.

    Not every function that makes tensors heeds `with torch.device(...)`: `torch.normal` doesn't, with which
    the book begins its weights.

    Args:
        thing: the model, of whatever class.
        device: the device. On the CPU, where models are made, nothing is done.
    """
    if device.type == CPU:
        return thing
    if isinstance(thing, torch.nn.Module):
        thing.to(device)
    carrier = _Carrier(device)
    for name, value in list(vars(thing).items()):
        carried = carrier.carry(value)
        if carried is not value:
            setattr(thing, name, carried)
    return thing


class _Carrier:
    """Moves tensors, each once, with the memory that they share."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self.storages: dict[int, torch.UntypedStorage] = {}
        self.results: dict[int, tuple[object, Any]] = {}
        """By id, what was carried before, and what became of it: kept, so that an id stays its own."""

    def carry(self, value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - any attribute
        """Return a value with all tensors in it moved; the same object wherever that can be."""
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if not isinstance(value, list | tuple | dict) or depth > MAX_DEPTH:
            return value
        if id(value) in self.results:
            return self.results[id(value)][1]
        self.results[id(value)] = value, value  # for a container that contains itself
        if isinstance(value, tuple):
            self.results[id(value)] = value, self._tuple(value, depth)
            return self.results[id(value)][1]
        places: Iterable[Any] = list(value) if isinstance(value, dict) else range(len(value))
        for place in places:
            carried = self.carry(value[place], depth + 1)
            if carried is not value[place]:
                value[place] = carried
        return value

    def _tuple(self, value: tuple[Any, ...], depth: int) -> Any:  # noqa: ANN401 - of the same class
        carried = [self.carry(one, depth + 1) for one in value]
        if all(one is other for one, other in zip(carried, value, strict=True)):
            return value
        return type(value)(*carried) if hasattr(value, "_fields") else tuple(carried)

    def _tensor(self, tensor: torch.Tensor) -> torch.Tensor:
        if tensor.device.type == self.device.type:
            return tensor
        if tensor.is_leaf:
            tensor.data = self._data(tensor)
            return tensor
        if id(tensor) not in self.results:
            self.results[id(tensor)] = tensor, tensor.to(self.device)
        moved_tensor: torch.Tensor = self.results[id(tensor)][1]
        return moved_tensor

    def _data(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return what a tensor holds, on the device, in memory that is shared as it was."""
        if tensor.layout is not torch.strided:
            return tensor.detach().to(self.device)
        storage = tensor.untyped_storage()
        key = storage._cdata  # noqa: SLF001 - two objects of Python may be one storage
        if key not in self.storages:
            whole = torch.empty(0, dtype=torch.uint8).set_(storage)
            self.storages[key] = whole.to(self.device).untyped_storage()
        made = torch.empty(0, dtype=tensor.dtype, device=self.device)
        return made.set_(self.storages[key], tensor.storage_offset(), tensor.size(), tensor.stride())
