"""Specs: what the type, shape, dtype and device of a result must be.

The methods of a spec compare a value with what the inputs require. Each returns None, or the problem in a
sentence for the student.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from grader.records.check_names import RETURN_CHECKS, RIGHT_DEVICE, RIGHT_DTYPE, RIGHT_SHAPE, RIGHT_TYPE
from grader.records.devices import CPU, device_type
from grader.records.values import Array, Column, Entries, Items, Opaque, Table, Tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.checks.case import Case
    from grader.records.protocol import Observation
    from grader.records.values import Value

    Inputs = Mapping[str, Any]
    Shape = Callable[[Inputs], tuple[int, ...]]
    Dtypes = Callable[[Inputs], tuple[str, ...]]


class Spec(Protocol):
    """A description of the results of an expression."""

    @property
    def standard_checks(self) -> tuple[str, ...]:
        """The names of the standard checks that apply, in their order."""

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return what is wrong with the type."""

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return what is wrong with the shape; the type is right."""

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return what is wrong with the dtype; type and shape are right."""

    def device_problem(self, value: Value, home: str) -> str | None:
        """Return what is wrong with the device; type, shape and dtype are right."""


def return_problem(check: str, spec: Spec, case: Case, seen: Observation) -> str | None:
    """Return what is wrong with a result by one of `RETURN_CHECKS`, or None; those before it have passed."""
    problems: dict[str, Callable[[], str | None]] = {
        RIGHT_TYPE: lambda: spec.type_problem(seen.result, case.inputs),
        RIGHT_SHAPE: lambda: spec.shape_problem(seen.result, case.inputs),
        RIGHT_DTYPE: lambda: spec.dtype_problem(seen.result, case.inputs),
        RIGHT_DEVICE: lambda: spec.device_problem(seen.result, seen.argument_device),
    }
    return problems[check]()


def describe(value: Value) -> str:  # noqa: PLR0911 - one branch a kind of value
    """Return the type of a value, in words for a student."""
    match value:
        case None:
            return "None (is a `return` missing?)"
        case Tensor():
            return "a torch.Tensor"
        case Array():
            return "a NumPy array"
        case Items():
            return f"a {value.kind} of {len(value.items)}"
        case Entries():
            return "a dict"
        case Table():
            return "a DataFrame"
        case Column():
            return "a Series"
        case Opaque():
            return f"an object of type {value.name}"
        case _:
            return f"a Python {type(value).__name__}"


@dataclass(frozen=True)
class TensorSpec:
    """A tensor. Shape and allowed dtypes are functions of the inputs; None allows any."""

    shape: Shape | None
    dtypes: Dtypes | None
    standard_checks: tuple[str, ...] = RETURN_CHECKS

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Return a problem unless it is a tensor."""
        return (
            None if isinstance(value, Tensor) else f"a torch.Tensor was expected, {describe(value)} came back"
        )

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return a problem unless the shape is the expected one."""
        if self.shape is None or not isinstance(value, Tensor):
            return None
        expected = tuple(self.shape(inputs))
        if value.shape == expected:
            return None
        return f"the shape is {value.shape}, expected {expected}{_shape_hint(value.shape, expected)}"

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return a problem unless the dtype is an expected one."""
        if self.dtypes is None or not isinstance(value, Tensor):
            return None
        expected = self.dtypes(inputs)
        if value.dtype in expected:
            return None
        wanted = " or ".join(f"torch.{dtype}" for dtype in expected)
        return f"the dtype is torch.{value.dtype}, expected {wanted}"

    def device_problem(self, value: Value, home: str) -> str | None:
        """Return a problem unless the result is on the device of the arguments."""
        if not isinstance(value, Tensor) or device_type(value.device) == device_type(home):
            return None
        made_anew = ": you made a new tensor on the CPU" if value.device == CPU else ""
        return f"the result is on {value.device}, the arguments are on {home}{made_anew}"


@dataclass(frozen=True)
class ArraySpec:
    """A NumPy array. The shape is a function of the inputs; None allows any shape or dtype."""

    shape: Shape | None
    dtype: str | None

    @property
    def standard_checks(self) -> tuple[str, ...]:
        """The check of the type, and those of shape and dtype if they are declared."""
        applies = {RIGHT_TYPE: True, RIGHT_SHAPE: self.shape, RIGHT_DTYPE: self.dtype}
        return tuple(check for check, does in applies.items() if does)

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Return a problem unless it is an array."""
        if isinstance(value, Array):
            return None
        return f"a NumPy array was expected, {describe(value)} came back"

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return a problem unless the shape is the expected one."""
        if self.shape is None or not isinstance(value, Array):
            return None
        expected = tuple(self.shape(inputs))
        if value.shape == expected:
            return None
        return f"the shape is {value.shape}, expected {expected}{_shape_hint(value.shape, expected)}"

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Return a problem unless the dtype is an expected one."""
        if self.dtype is None or not isinstance(value, Array) or value.dtype == self.dtype:
            return None
        return f"the dtype is {value.dtype}, expected {self.dtype}"

    def device_problem(self, value: Value, home: str) -> str | None:
        """Return None: NumPy has no devices."""


@dataclass(frozen=True)
class PlainSpec:
    """The spec of a value that isn't a tensor, for types that have no function here.

    Args:
        name: what is expected, in words for students: "a dict".
        accepts: a function that returns whether a value matches. It gets the value's record
            (`grader.records.values`).

    Example:
        >>> none = PlainSpec("None", lambda value: value is None)

    """

    name: str
    accepts: Callable[[Value], bool]
    standard_checks: tuple[str, ...] = (RIGHT_TYPE,)

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Return a problem unless the value has this type."""
        return None if self.accepts(value) else f"{self.name} was expected, {describe(value)} came back"

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return None: there is no shape."""

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return None: there is no dtype."""

    def device_problem(self, value: Value, home: str) -> str | None:
        """Return None: there is no device."""


@dataclass(frozen=True)
class TupleSpec:
    """A tuple (or list) with a spec for each member."""

    members: tuple[Spec, ...]

    @property
    def standard_checks(self) -> tuple[str, ...]:
        """The standard_checks that any member has."""
        return tuple(
            check for check in RETURN_CHECKS if any(check in one.standard_checks for one in self.members)
        )

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return a problem with the number of members, or with the first wrong one."""
        if not isinstance(value, Items) or len(value.items) != len(self.members):
            return f"a tuple of {len(self.members)} was expected, {describe(value)} came back"
        return self._first("type_problem", value, inputs)

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return the first problem with a member's shape."""
        return self._first("shape_problem", value, inputs)

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return the first problem with a member's dtype."""
        return self._first("dtype_problem", value, inputs)

    def device_problem(self, value: Value, home: str) -> str | None:
        """Return the first problem with a member's device."""
        return self._first("device_problem", value, home)

    def _first(self, method: str, value: Value, context: Inputs | str) -> str | None:
        if not isinstance(value, Items):
            return None
        for position, (member, item) in enumerate(zip(self.members, value.items, strict=True), start=1):
            problem: str | None = getattr(member, method)(item, context)
            if problem:
                return f"result {position} of {len(self.members)}: {problem}"
        return None


@dataclass(frozen=True)
class ListSpec:
    """A list (or tuple) of any length whose members all match one spec, judged as part of its type."""

    member: Spec

    @property
    def standard_checks(self) -> tuple[str, ...]:
        """The check of the type, and that of the device if it applies to members."""
        return tuple(check for check in (RIGHT_TYPE, RIGHT_DEVICE) if check in self.member.standard_checks)

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return a problem unless it is a list whose members match."""
        if not isinstance(value, Items):
            return f"a list was expected, {describe(value)} came back"
        for position, item in enumerate(value.items):
            problem = (
                self.member.type_problem(item, inputs)
                or self.member.shape_problem(item, inputs)
                or self.member.dtype_problem(item, inputs)
            )
            if problem:
                return f"item {position}: {problem}"
        return None

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return None: any length is right."""

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Return None: `type_problem` covers the members."""

    def device_problem(self, value: Value, home: str) -> str | None:
        """Return the first problem with a member's device."""
        for position, item in enumerate(value.items if isinstance(value, Items) else ()):
            problem = self.member.device_problem(item, home)
            if problem:
                return f"item {position}: {problem}"
        return None


def _shape_hint(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    without_ones = tuple(size for size in got if size != 1)
    hints = {
        "is it transposed?": got == tuple(reversed(expected)),
        "did a sum or an index drop an axis?": got == tuple(size for size in expected if size != 1),
        "a single number is expected; is a sum or a mean missing?": expected == () and without_ones,
        "is there an axis of length 1 too many?": without_ones == expected,
        "all of it became a single number; was it summed over too much?": got == (),
        "are its axes in another order?": sorted(got) == sorted(expected),
        "the number of elements is right; is a reshape missing?": math.prod(got) == math.prod(expected),
    }
    return next((f": {hint}" for hint, holds in hints.items() if holds), "")
