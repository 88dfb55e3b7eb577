"""A simulated GPU: test on a machine without a GPU whether code would run on one.

Arguments are ordinary tensors on the CPU that are marked as being on a GPU. Tensors computed from them are
marked, too; tensors that the code creates are on the CPU, unless it names a device. An operation that takes
both raises what it would raise on a GPU, in the same line.

torch's fake tensors can't be used for this: in a build without CUDA, indexing one that claims to be on a GPU
raises, and differentiating one ends the process; and since they have no data, `.item()` ends every run.

There are no false alarms: where an operation may or may not take tensors of two devices, or where a tensor
was created before the call, `CannotTell` is raised.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

from grader.execution.dispatch_mode import PlainDispatchMode
from grader.records.values import Items, Tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.records.values import Value

    Location = Literal["gpu", "cpu", "unknown"]

GPU: Final = "cuda:0"
SAME_DEVICE_OPERATIONS: Final = frozenset(
    {
        *("addmm", "addmv", "addr", "addbmm", "baddbmm", "bmm", "mm", "mv", "dot", "vdot", "linear"),
        *("cat", "stack", "cumsum", "gather", "scatter", "scatter_add", "index_select", "index_add"),
        *("masked_select", "masked_scatter", "nll_loss_forward", "mse_loss", "embedding", "equal", "cdist"),
        *("convolution", "native_batch_norm", "native_layer_norm", "allclose", "isclose"),
    }
)
"""Operations, besides elementwise ones, whose tensors must all be on one device."""
MIXED_DEVICES_MESSAGE: Final = (
    "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!"
)
INDICES_MESSAGE: Final = "indices should be either on cpu or on the same device as the indexed tensor (cpu)"
TO_NUMPY_MESSAGE: Final = (
    "can't convert cuda:0 device type tensor to numpy. "
    "Use Tensor.cpu() to copy the tensor to host memory first."
)


class Mismatch(RuntimeError):
    """The code would raise this on a GPU."""


class CannotTell(BaseException):
    """Only a real GPU could tell."""


class SimulatedGpu:
    """A machine with a GPU, as seen by a student's code, and the location of each tensor on it.

    Args:
        name: the name of the GPU's device.
    """

    def __init__(self, name: str = GPU) -> None:
        self.named = torch.device(name)
        self.locations: dict[int, Location] = {}
        self.storages: list[torch.UntypedStorage] = []
        """All storages that have a location: kept alive, so that their addresses are not reused."""
        self.unknown_reason = ""
        """Why nothing can be said about the run, if so."""
        self.default_location: Location = "unknown"
        """The location of tensors that the current call of torch creates internally."""

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """Simulate the GPU for the operations in the block."""
        available = torch.cuda.is_available
        torch.cuda.is_available = lambda: True
        try:
            with _Operations(self), _Calls(self):
                yield
        finally:
            torch.cuda.is_available = available

    def location(self, tensor: torch.Tensor) -> Location:
        """Return where a tensor is; tensors share their location with their views."""
        return self.locations.get(self.address(tensor), "unknown")

    def address(self, tensor: torch.Tensor) -> int:
        """Return the number that identifies a tensor's storage."""
        found: int = self._storage(tensor)._cdata  # noqa: SLF001 - there is no public name for it
        return found

    def set_location(self, tensor: torch.Tensor, location: Location) -> torch.Tensor:
        """Set the location of a tensor, and return the tensor."""
        storage = self._storage(tensor)
        self.storages.append(storage)
        self.locations[self.address(tensor)] = location
        return tensor

    def device(self, tensor: torch.Tensor) -> torch.device:
        """Return the tensor's device, as a student's code sees it."""
        return self.named if self.location(tensor) == "gpu" else torch.device("cpu")

    def location_of(self, device: Any) -> Location:  # noqa: ANN401 - a device, its name or its number
        """Return the location of a device that code names; for "cpu", perhaps a fallback, it is "unknown"."""
        is_here = isinstance(device, int) or torch.device(device).type == self.named.type
        return "gpu" if is_here else "unknown"

    def with_devices(self, thing: Any, found: Value) -> Value:  # noqa: ANN401 - a result, and its record
        """Return the record of a result, with the simulated devices of its tensors."""
        if isinstance(found, Tensor) and isinstance(thing, torch.Tensor):
            if self.location(thing) == "unknown":
                raise self.cannot_tell("the device of the resulting tensor is unknown")
            return msgspec.structs.replace(found, device=str(self.device(thing)))
        if isinstance(found, Items) and isinstance(thing, list | tuple):
            members = (self.with_devices(*pair) for pair in zip(thing, found.items, strict=True))
            return msgspec.structs.replace(found, items=tuple(members))
        return found

    def cannot_tell(self, why: str) -> CannotTell:
        """Return the exception to raise where nothing can be said, and store the reason."""
        self.unknown_reason = self.unknown_reason or why
        return CannotTell(why)

    def _storage(self, tensor: torch.Tensor) -> torch.UntypedStorage:
        try:
            with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001 - a lazy layer's parameter refuses it
                return tensor.untyped_storage()
        except (RuntimeError, NotImplementedError) as error:  # sparse, or within vmap
            raise self.cannot_tell(f"{type(tensor).__name__} without a storage") from error


class _Operations(PlainDispatchMode):
    """Tracks locations through the operations of torch."""

    def __init__(self, gpu: SimulatedGpu) -> None:
        super().__init__()
        self.gpu = gpu

    def __torch_dispatch__(
        self,
        func: Any,  # noqa: ANN401 - an operation
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        """Check an operation, perform it, and set the location of its results."""
        gpu = self.gpu
        taken = tensors_in((args, kwargs))
        locations = [gpu.location(one) for one in taken]
        name = func.overloadpacket.__name__.removesuffix("_")
        if "gpu" in locations:
            self._check_devices(func, name, args, taken)
        result = func(*args, **(kwargs or {}))
        if not taken or name == "lift_fresh":
            made = gpu.default_location
            known = set()
        else:
            made = _common_location(locations)
            known = {gpu.address(one) for one in taken}
        for one in tensors_in(result):
            if gpu.address(one) not in known:
                gpu.set_location(one, made)
        return result

    def _check_devices(
        self,
        func: Any,  # noqa: ANN401 - an operation
        name: str,
        args: Sequence[Any],
        taken: Sequence[torch.Tensor],
    ) -> None:
        """Raise `Mismatch` where an operation takes tensors on the GPU and tensors that are not."""
        gpu = self.gpu
        first = args[0] if args and isinstance(args[0], torch.Tensor) else None
        first_on_gpu = first is not None and gpu.location(first) == "gpu"
        if name == "copy" or (name == "index" and first_on_gpu):
            return  # indices may come from the CPU
        if func._schema.is_mutable and first is not None and first.dim() == 0 and not first_on_gpu:  # noqa: SLF001 - there is no other way to know
            raise gpu.cannot_tell(f"{name} changes a number on the CPU")
        others = [one for one in taken if one.dim() > 0 and gpu.location(one) != "gpu"]
        if name == "index_put" and first_on_gpu:
            others = [one for one in tensors_in(args[2]) if one.dim() > 0 and gpu.location(one) != "gpu"]
        if not others:
            return  # numbers may come from the CPU
        if any(gpu.location(one) == "unknown" for one in others):
            raise gpu.cannot_tell(f"{name} takes a tensor whose device is unknown")
        if name == "index":
            raise Mismatch(INDICES_MESSAGE)
        if torch.Tag.pointwise in func.tags or name in SAME_DEVICE_OPERATIONS:
            raise Mismatch(MIXED_DEVICES_MESSAGE)
        raise gpu.cannot_tell(f"{name} takes tensors from both devices")


class _Calls(TorchFunctionMode):
    """Simulates the calls of torch by which code queries devices, names them, and moves tensors."""

    def __init__(self, gpu: SimulatedGpu) -> None:
        super().__init__()
        self.gpu = gpu

    def __torch_function__(
        self,
        function: Any,  # noqa: ANN401 - torch's functions have no common type
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        """Perform a call of torch as on a machine with a GPU."""
        gpu, kwargs = self.gpu, dict(kwargs or {})
        taken = tensors_in((args, kwargs))
        location = _common_location([gpu.location(one) for one in taken]) if taken else "cpu"
        before, gpu.default_location = gpu.default_location, location
        try:
            return self._call(function, args, kwargs, location)
        finally:
            gpu.default_location = before

    def _call(
        self,
        function: Any,  # noqa: ANN401 - as above
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        location: Location,
    ) -> Any:  # noqa: ANN401
        gpu = self.gpu
        if function in DEVICE_QUERIES:
            return DEVICE_QUERIES[function](gpu, args[0])
        if function in NUMPY_CONVERSIONS and gpu.location(args[0]) == "gpu" and not kwargs.get("force"):
            raise Mismatch(TO_NUMPY_MESSAGE)
        if function in MOVES:
            return self._move(function, args, kwargs)
        requested = kwargs.pop("device", None)
        result = function(*args, **kwargs)
        if requested is not None:
            location = gpu.location_of(requested)
        elif not isinstance(args[0] if args else None, torch.Tensor):
            location = "cpu" if location == "cpu" else "unknown"
        if requested is not None or function in COPIES:
            for one in tensors_in(result):
                gpu.set_location(one, location)
        return result

    def _move(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> torch.Tensor:  # noqa: ANN401
        """Perform `X.to(...)`, which takes a device, a dtype or another tensor, and similar methods."""
        gpu, tensor = self.gpu, args[0]
        location, dtype = gpu.location(tensor), None
        if function in {torch.Tensor.cuda, torch.Tensor.cpu}:
            location, args, kwargs = "gpu" if function is torch.Tensor.cuda else "cpu", (), {}
        for one in (*args[1:], *kwargs.values()):
            if isinstance(one, torch.Tensor):
                location, dtype = gpu.location(one), one.dtype
            elif isinstance(one, torch.dtype):
                dtype = one
            elif isinstance(one, str | torch.device):
                location = gpu.location_of(one)
            elif isinstance(one, int) and not isinstance(one, bool):
                location = "gpu"
        made: torch.Tensor = tensor if dtype is None else tensor.to(dtype)
        if location == gpu.location(tensor):
            return made
        with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001 - as in `_storage`
            return gpu.set_location(made.clone() if made is tensor else made, location)


def _common_location(locations: Sequence[Location]) -> Location:
    """Return the location of a tensor computed from tensors in these locations."""
    return "gpu" if "gpu" in locations else "unknown" if "unknown" in locations else "cpu"


DEVICE_QUERIES: Final[dict[Any, Callable[[SimulatedGpu, torch.Tensor], object]]] = {
    torch.Tensor.device.__get__: SimulatedGpu.device,
    torch.Tensor.is_cuda.__get__: lambda gpu, tensor: gpu.location(tensor) == "gpu",  # type: ignore[attr-defined]
    torch.Tensor.is_cpu.__get__: lambda gpu, tensor: gpu.location(tensor) != "gpu",  # type: ignore[attr-defined]
    torch.Tensor.get_device: lambda gpu, tensor: 0 if gpu.location(tensor) == "gpu" else -1,
}
"""The answers to queries about devices, by the function that asks."""
NUMPY_CONVERSIONS: Final[tuple[Any, ...]] = (torch.Tensor.numpy, torch.Tensor.__array__)
MOVES: Final = frozenset({torch.Tensor.to, torch.Tensor.type_as, torch.Tensor.cuda, torch.Tensor.cpu})
COPIES: Final = frozenset({torch.tensor, torch.as_tensor, torch.asarray})
"""Functions that copy without an operation that `_Operations` sees: a tensor stays on its device, other
things go to the CPU."""


def tensors_in(things: Any) -> list[torch.Tensor]:  # noqa: ANN401 - arguments or results, nested
    """Return all tensors in lists, tuples and dictionaries."""
    return [one for one in tree_leaves(things) if isinstance(one, torch.Tensor)]
