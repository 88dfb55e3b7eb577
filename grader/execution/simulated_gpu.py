"""Would this code run on a GPU? Asked on a machine that has none.

Arguments are ordinary tensors on the CPU of which it is *said* that they are on a GPU. All that is made of
them is said to be there, too; what the code makes anew is on the CPU, unless it names a device. Where an
operation meets both, it raises what it would raise on a GPU, in the same line.

torch's own fake tensors don't do: in a build without CUDA, to index one that claims to be on a GPU raises, to
differentiate one ends the process; and as they have no numbers, `.item()` is the end of every run.

It never blames what works: where an operation may or may not take tensors of two devices, or where a tensor
comes from before the call, it raises `CannotTell`.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from grader.records.values import Items, Tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.records.values import Value

    Place = Literal["gpu", "cpu", "unknown"]

GPU: Final = "cuda:0"
MATCHING: Final = frozenset(
    {
        *("addmm", "addmv", "addr", "addbmm", "baddbmm", "bmm", "mm", "mv", "dot", "vdot", "linear"),
        *("cat", "stack", "cumsum", "gather", "scatter", "scatter_add", "index_select", "index_add"),
        *("masked_select", "masked_scatter", "nll_loss_forward", "mse_loss", "embedding", "equal", "cdist"),
        *("convolution", "native_batch_norm", "native_layer_norm", "allclose", "isclose"),
    }
)
"""Operations, beside those that work element by element, of which all tensors must be on one device."""
MIXED: Final = (
    "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!"
)
INDICES: Final = "indices should be either on cpu or on the same device as the indexed tensor (cpu)"
TO_NUMPY: Final = (
    "can't convert cuda:0 device type tensor to numpy. "
    "Use Tensor.cpu() to copy the tensor to host memory first."
)


class Mismatch(RuntimeError):
    """What would raise on a GPU."""


class CannotTell(BaseException):
    """It takes a GPU to know."""


class Elsewhere:
    """A machine with a GPU, as far as a student's code can see, and where on it each tensor is."""

    def __init__(self) -> None:
        self.places: dict[int, Place] = {}
        self.kept: list[torch.UntypedStorage] = []
        """All storages that have a place, so that none of their addresses is used again."""
        self.doubt = ""
        self.inside: Place = "unknown"
        """Where a call of torch that goes on makes what it needs by itself."""

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Let operations in the block see these devices."""
        available = torch.cuda.is_available
        torch.cuda.is_available = lambda: True
        try:
            with _Operations(self), _Calls(self):
                yield
        finally:
            torch.cuda.is_available = available

    def place(self, tensor: torch.Tensor) -> Place:
        """Return where a tensor is; tensors share their place with their views."""
        return self.places.get(self.address(tensor), "unknown")

    def address(self, tensor: torch.Tensor) -> int:
        """Return what tells a tensor's storage from all others."""
        found: int = self._storage(tensor)._cdata  # noqa: SLF001 - there is no public name for it
        return found

    def put(self, tensor: torch.Tensor, place: Place) -> torch.Tensor:
        """Say where a tensor is, and return it."""
        storage = self._storage(tensor)
        self.kept.append(storage)
        self.places[self.address(tensor)] = place
        return tensor

    def device(self, tensor: torch.Tensor) -> torch.device:
        """Return the device that a student's code sees."""
        return torch.device(GPU if self.place(tensor) == "gpu" else "cpu")

    def located(self, thing: Any, found: Value) -> Value:  # noqa: ANN401 - a result, and its record
        """Return the record of a result, in which tensors are where they are said to be."""
        if isinstance(found, Tensor) and isinstance(thing, torch.Tensor):
            if self.place(thing) == "unknown":
                raise self.give_up("the result is a tensor of which it isn't known where it was made")
            return msgspec.structs.replace(found, device=str(self.device(thing)))
        if isinstance(found, Items) and isinstance(thing, list | tuple):
            members = (self.located(*pair) for pair in zip(thing, found.items, strict=True))
            return msgspec.structs.replace(found, items=tuple(members))
        return found

    def give_up(self, why: str) -> CannotTell:
        """Return what is to be raised where nothing can be said; it is remembered if somebody catches it."""
        self.doubt = self.doubt or why
        return CannotTell(why)

    def _storage(self, tensor: torch.Tensor) -> torch.UntypedStorage:
        try:
            with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001 - a lazy layer's parameter refuses it
                return tensor.untyped_storage()
        except (RuntimeError, NotImplementedError) as error:  # sparse, or within vmap
            raise self.give_up(f"{type(tensor).__name__} without a storage") from error


class _Operations(TorchDispatchMode):
    """Follows places through the operations of torch."""

    def __init__(self, stage: Elsewhere) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.stage = stage

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Import no compiler: it takes as long as all of torch, and nothing is compiled here."""
        return False

    def __torch_dispatch__(
        self,
        func: Any,  # noqa: ANN401 - an operation
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        """Check an operation, do it, and say where its results are."""
        stage = self.stage
        taken = tensors_in((args, kwargs))
        places = [stage.place(one) for one in taken]
        name = func.overloadpacket.__name__.removesuffix("_")
        if "gpu" in places:
            self._demand_one_device(func, name, args, taken)
        result = func(*args, **(kwargs or {}))
        if not taken or name == "lift_fresh":
            made = stage.inside
            known = set()
        else:
            made = _common(places)
            known = {stage.address(one) for one in taken}
        for one in tensors_in(result):
            if stage.address(one) not in known:
                stage.put(one, made)
        return result

    def _demand_one_device(
        self,
        func: Any,  # noqa: ANN401 - an operation
        name: str,
        args: Sequence[Any],
        taken: Sequence[torch.Tensor],
    ) -> None:
        """Raise `Mismatch` where an operation that takes something from the GPU takes something else, too."""
        stage = self.stage
        first = args[0] if args and isinstance(args[0], torch.Tensor) else None
        at_home = first is not None and stage.place(first) == "gpu"
        if name == "copy" or (name == "index" and at_home):
            return  # indices may come from the CPU
        if func._schema.is_mutable and first is not None and first.dim() == 0 and not at_home:  # noqa: SLF001 - there is no other way to know
            raise stage.give_up(f"{name} changes a number on the CPU")
        others = [one for one in taken if one.dim() > 0 and stage.place(one) != "gpu"]
        if name == "index_put" and at_home:
            others = [one for one in tensors_in(args[2]) if one.dim() > 0 and stage.place(one) != "gpu"]
        if not others:
            return  # numbers may come from the CPU
        if any(stage.place(one) == "unknown" for one in others):
            raise stage.give_up(f"{name} takes a tensor of which it isn't known where it was made")
        if name == "index":
            raise Mismatch(INDICES)
        if torch.Tag.pointwise in func.tags or name in MATCHING:
            raise Mismatch(MIXED)
        raise stage.give_up(f"{name} takes tensors from both")


class _Calls(TorchFunctionMode):
    """Answers what code asks about devices, and does what it says about them."""

    def __init__(self, stage: Elsewhere) -> None:
        super().__init__()
        self.stage = stage

    def __torch_function__(
        self,
        function: Any,  # noqa: ANN401 - torch's functions have no common type
        types: Any,  # noqa: ANN401
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        """Do a call of torch as it would be done on a machine with a GPU."""
        stage, kwargs = self.stage, dict(kwargs or {})
        taken = tensors_in((args, kwargs))
        place = _common([stage.place(one) for one in taken]) if taken else "cpu"
        before, stage.inside = stage.inside, place
        try:
            return self._done(function, args, kwargs, place)
        finally:
            stage.inside = before

    def _done(
        self,
        function: Any,  # noqa: ANN401 - as above
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        place: Place,
    ) -> Any:  # noqa: ANN401
        stage = self.stage
        if function in ANSWERS:
            return ANSWERS[function](stage, args[0])
        if function in TO_ARRAY and stage.place(args[0]) == "gpu" and not kwargs.get("force"):
            raise Mismatch(TO_NUMPY)
        if function in MOVING:
            return self._moved(function, args, kwargs)
        said = kwargs.pop("device", None)
        result = function(*args, **kwargs)
        if said is not None:
            place = _stated(said)
        elif not isinstance(args[0] if args else None, torch.Tensor):
            place = "cpu" if place == "cpu" else "unknown"
        if said is not None or function in COPYING:
            for one in tensors_in(result):
                stage.put(one, place)
        return result

    def _moved(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> torch.Tensor:  # noqa: ANN401
        """Do `X.to(...)`, which takes a device, a dtype or another tensor, and its relatives."""
        stage, tensor = self.stage, args[0]
        place, dtype = stage.place(tensor), None
        if function in {torch.Tensor.cuda, torch.Tensor.cpu}:
            place, args, kwargs = "gpu" if function is torch.Tensor.cuda else "cpu", (), {}
        for one in (*args[1:], *kwargs.values()):
            if isinstance(one, torch.Tensor):
                place, dtype = stage.place(one), one.dtype
            elif isinstance(one, torch.dtype):
                dtype = one
            elif isinstance(one, str | torch.device):
                place = _stated(one)
            elif isinstance(one, int) and not isinstance(one, bool):
                place = "gpu"
        made: torch.Tensor = tensor if dtype is None else tensor.to(dtype)
        if place == stage.place(tensor):
            return made
        with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001 - as in `_storage`
            return stage.put(made.clone() if made is tensor else made, place)


def _common(places: Sequence[Place]) -> Place:
    """Return where that is which is made of things in these places."""
    return "gpu" if "gpu" in places else "unknown" if "unknown" in places else "cpu"


def _stated(device: Any) -> Place:  # noqa: ANN401 - a device, its name or its number
    """Return where a device is that code names; "cpu" may be said only because there is no GPU here."""
    named = torch.device("cuda", device) if isinstance(device, int) else torch.device(device)
    return "gpu" if named.type == "cuda" else "unknown"


ANSWERS: Final[dict[Any, Callable[[Elsewhere, torch.Tensor], object]]] = {
    torch.Tensor.device.__get__: Elsewhere.device,
    torch.Tensor.is_cuda.__get__: lambda stage, tensor: stage.place(tensor) == "gpu",  # type: ignore[attr-defined]
    torch.Tensor.is_cpu.__get__: lambda stage, tensor: stage.place(tensor) != "gpu",  # type: ignore[attr-defined]
    torch.Tensor.get_device: lambda stage, tensor: 0 if stage.place(tensor) == "gpu" else -1,
}
"""What code that asks about devices is told, by what it asks."""
TO_ARRAY: Final[tuple[Any, ...]] = (torch.Tensor.numpy, torch.Tensor.__array__)
MOVING: Final = frozenset({torch.Tensor.to, torch.Tensor.type_as, torch.Tensor.cuda, torch.Tensor.cpu})
COPYING: Final = frozenset({torch.tensor, torch.as_tensor, torch.asarray})
"""Functions that copy out of sight of `_Operations`: a tensor to where it is, all else to the CPU."""


def tensors_in(things: Any) -> list[torch.Tensor]:  # noqa: ANN401 - arguments or results, nested
    """Return all tensors in lists, tuples and dictionaries."""
    return [one for one in tree_leaves(things) if isinstance(one, torch.Tensor)]
