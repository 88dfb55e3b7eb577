"""A function that another process has: its values and its gradients come from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.autograd.function import once_differentiable

from grader.records.decode import restore
from grader.records.protocol import RemoteCall
from grader.records.values import Items, Tensor, record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.records.protocol import RemoteResult

    Call = Callable[[RemoteCall], RemoteResult]


class RemoteCallFailed(RuntimeError):
    """The other process could not answer a call; the message says why."""


class RemoteFunction:
    """Stands for a function of tensors, numbers and tables, without its source.

    Its result can be differentiated once.

    Args:
        name: the name of the function.
        call: sends a call to the process that has it, and waits for the result.

    """

    def __init__(self, name: str, call: Call) -> None:
        self.__name__ = name
        self._call = call

    def __call__(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function itself
        """Return the result. Raises `RemoteCallFailed`."""
        given, names = (*arguments, *named.values()), tuple(named)
        tensors = [one for one in given if isinstance(one, torch.Tensor)]
        if torch.is_grad_enabled() and any(one.requires_grad for one in tensors):
            return _Differentiable.apply(self, names, *given)  # type: ignore[no-untyped-call]
        return self.value(given, names)

    def value(
        self, arguments: Sequence[Any], named: tuple[str, ...], cotangent: torch.Tensor | None = None
    ) -> Any:  # noqa: ANN401 - as the function itself
        """Return the result; with a cotangent, the vector-Jacobian product for each argument, or None.

        The last arguments are given by name.
        """
        weights = None if cotangent is None else record(cotangent.detach())
        answer = self._call(
            RemoteCall(
                self.__name__,
                tuple(record(_detached(one)) for one in arguments),
                named,
                weights if isinstance(weights, Tensor) else None,
            )
        )
        if answer.problem:
            raise RemoteCallFailed(answer.problem)
        device = next((str(one.device) for one in arguments if isinstance(one, torch.Tensor)), "cpu")
        return restore(answer.value, device=device)


class _Differentiable(torch.autograd.Function):
    """A call of a remote function, as a node of autograd."""

    @staticmethod
    def forward(ctx: Any, function: RemoteFunction, named: tuple[str, ...], *arguments: Any) -> Any:  # noqa: ANN401
        ctx.function, ctx.named = function, named
        ctx.others = [None if isinstance(one, torch.Tensor) else one for one in arguments]
        ctx.save_for_backward(*(one if isinstance(one, torch.Tensor) else None for one in arguments))
        return function.value(arguments, named)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, cotangent: torch.Tensor) -> Any:  # noqa: ANN401
        saved = zip(ctx.saved_tensors, ctx.others, strict=True)
        arguments = [other if tensor is None else tensor for tensor, other in saved]
        return (None, None, *ctx.function.value(arguments, ctx.named, cotangent))


def products(result: Any, arguments: Sequence[Any], cotangent: torch.Tensor) -> Items:  # noqa: ANN401
    """Return the vector-Jacobian product of a result for each argument, or None: what `backward` asks for.

    Raises `TypeError` if the result is not one tensor of the cotangent's shape that has a gradient.
    """
    if not (isinstance(result, torch.Tensor) and result.requires_grad and result.shape == cotangent.shape):
        raise TypeError("the function has no such gradient")
    leaves = [one for one in arguments if isinstance(one, torch.Tensor) and one.requires_grad]
    found = iter(torch.autograd.grad(result, leaves, cotangent.to(result), allow_unused=True))
    gradients = [
        next(found) if isinstance(one, torch.Tensor) and one.requires_grad else None for one in arguments
    ]
    return Items("tuple", tuple(None if one is None else record(one) for one in gradients))


def _detached(thing: Any) -> Any:  # noqa: ANN401 - an argument
    return thing.detach() if isinstance(thing, torch.Tensor) else thing
