"""What an expression gives back: the rungs of type, shape, dtype and device, as a declaration.

Each spec answers four questions about a value, given the inputs: is its type right, its shape, its
dtype, its device? An answer is None, or a sentence to the student.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from grader.records.devices import CPU
from grader.records.values import Array, Column, Entries, Items, Opaque, Table, Tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.records.values import Value

    Inputs = Mapping[str, Any]
    Shape = Callable[[Inputs], tuple[int, ...]]
    Dtypes = Callable[[Inputs], tuple[str, ...]]

FLOATING = ("float32", "float64")


class Spec(Protocol):
    """A description of what comes back."""

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rungs of the ladder that have something to ask, in their order."""

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say what is wrong with the type."""

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say what is wrong with the shape; the type is right."""

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say what is wrong with the dtype; type and shape are right."""

    def device_problem(self, value: Value, home: str) -> str | None:
        """Say what is wrong with the device; type, shape and dtype are right."""


def described(value: Value) -> str:  # noqa: PLR0911 - one branch a kind of value
    """Name the kind of a value in a student's words."""
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
    """A tensor of a shape and one of some dtypes, both functions of the inputs; None: any."""

    shape: Shape | None
    dtypes: Dtypes | None
    rungs: tuple[str, ...] = ("right_type", "right_shape", "right_dtype", "right_device")

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Say whether it is a tensor at all."""
        return (
            None
            if isinstance(value, Tensor)
            else f"a torch.Tensor was expected, {described(value)} came back"
        )

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say which shape was expected."""
        if self.shape is None or not isinstance(value, Tensor):
            return None
        expected = tuple(self.shape(inputs))
        if value.shape == expected:
            return None
        return f"the shape is {value.shape}, expected {expected}{_axis_advice(value.shape, expected)}"

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say which dtype was expected."""
        if self.dtypes is None or not isinstance(value, Tensor):
            return None
        expected = self.dtypes(inputs)
        if value.dtype in expected:
            return None
        wanted = " or ".join(f"torch.{dtype}" for dtype in expected)
        return f"the dtype is torch.{value.dtype}, expected {wanted}"

    def device_problem(self, value: Value, home: str) -> str | None:
        """Say on which device the result should live: at home, where the arguments are."""
        if not isinstance(value, Tensor) or value.device == home:
            return None
        made_anew = ": you made a new tensor on the CPU" if value.device == CPU else ""
        return f"the result is on {value.device}, the arguments are on {home}{made_anew}"


@dataclass(frozen=True)
class ArraySpec:
    """A NumPy array of a shape, a function of the inputs, and a dtype; None: any. It is on no device."""

    shape: Shape | None
    dtype: str | None

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rung of the type, and those of shape and dtype where they matter."""
        asked = {"right_type": True, "right_shape": self.shape, "right_dtype": self.dtype}
        return tuple(rung for rung, matters in asked.items() if matters)

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Say whether it is an array at all."""
        if isinstance(value, Array):
            return None
        return f"a NumPy array was expected, {described(value)} came back"

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say which shape was expected."""
        if self.shape is None or not isinstance(value, Array):
            return None
        expected = tuple(self.shape(inputs))
        if value.shape == expected:
            return None
        return f"the shape is {value.shape}, expected {expected}{_axis_advice(value.shape, expected)}"

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Say which dtype was expected."""
        if self.dtype is None or not isinstance(value, Array) or value.dtype == self.dtype:
            return None
        return f"the dtype is {value.dtype}, expected {self.dtype}"

    def device_problem(self, value: Value, home: str) -> str | None:
        """Nothing to say: NumPy has no devices."""


@dataclass(frozen=True)
class PlainSpec:
    """A value that isn't a tensor: `fits` says whether a record is one, `name` how it is called."""

    name: str
    fits: Callable[[Value], bool]
    rungs: tuple[str, ...] = ("right_type",)

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:  # noqa: ARG002
        """Say which type was expected."""
        return None if self.fits(value) else f"{self.name} was expected, {described(value)} came back"

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Nothing to say: there is no shape."""

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Nothing to say: there is no dtype."""

    def device_problem(self, value: Value, home: str) -> str | None:
        """Nothing to say: there is no device."""


@dataclass(frozen=True)
class TupleSpec:
    """A tuple (or list) with a spec for each member."""

    members: tuple[Spec, ...]

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rungs that any member has."""
        order = ("right_type", "right_shape", "right_dtype", "right_device")
        return tuple(rung for rung in order if any(rung in member.rungs for member in self.members))

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say how many members were expected, or which member is wrong."""
        if not isinstance(value, Items) or len(value.items) != len(self.members):
            return f"a tuple of {len(self.members)} was expected, {described(value)} came back"
        return self._first("type_problem", value, inputs)

    def shape_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say which member has the wrong shape."""
        return self._first("shape_problem", value, inputs)

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say which member has the wrong dtype."""
        return self._first("dtype_problem", value, inputs)

    def device_problem(self, value: Value, home: str) -> str | None:
        """Say which member is on the wrong device."""
        return self._first("device_problem", value, home)

    def _first(self, question: str, value: Value, context: Inputs | str) -> str | None:
        if not isinstance(value, Items):
            return None
        for position, (member, item) in enumerate(zip(self.members, value.items, strict=True), start=1):
            problem: str | None = getattr(member, question)(item, context)
            if problem:
                return f"result {position} of {len(self.members)}: {problem}"
        return None


@dataclass(frozen=True)
class ListSpec:
    """A list (or tuple) of any length whose members all fit one spec; its type says most."""

    member: Spec

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rung of the type, and that of the device where members have it."""
        return tuple(rung for rung in ("right_type", "right_device") if rung in self.member.rungs)

    def type_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Say whether it is a list, and which member doesn't fit."""
        if not isinstance(value, Items):
            return f"a list was expected, {described(value)} came back"
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
        """Nothing to say: any length will do."""

    def dtype_problem(self, value: Value, inputs: Inputs) -> str | None:
        """Nothing to say: members were looked at already."""

    def device_problem(self, value: Value, home: str) -> str | None:
        """Say which member is on the wrong device."""
        for position, item in enumerate(value.items if isinstance(value, Items) else ()):
            problem = self.member.device_problem(item, home)
            if problem:
                return f"item {position}: {problem}"
        return None


def like(name: str) -> TensorSpec:
    """A tensor of the shape, dtype and device of the input `name`."""
    return TensorSpec(lambda inputs: tuple(inputs[name].shape), _dtype_of(name))


def tensor(
    shape: Shape | None = None, *, dtype: str | tuple[str, ...] | None = None, dtype_of: str | None = None
) -> TensorSpec:
    """A tensor of a shape (a function of the inputs), and of a dtype, or that of an input."""
    if dtype_of is not None:
        return TensorSpec(shape, _dtype_of(dtype_of))
    if dtype is None:
        return TensorSpec(shape, None)
    dtypes = (dtype,) if isinstance(dtype, str) else dtype
    return TensorSpec(shape, lambda _inputs: dtypes)


def scalar(*, dtype_of: str) -> TensorSpec:
    """A 0-dimensional tensor of the dtype of an input."""
    return tensor(lambda _inputs: (), dtype_of=dtype_of)


def number() -> PlainSpec:
    """A Python number."""
    return PlainSpec(
        "a number", lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)
    )


def boolean() -> PlainSpec:
    """A Python bool."""
    return PlainSpec("True or False", lambda value: isinstance(value, bool))


def text() -> PlainSpec:
    """A Python string."""
    return PlainSpec("a string", lambda value: isinstance(value, str))


def array(shape: Shape | None = None, *, dtype: str | None = None) -> ArraySpec:
    """A NumPy array, of a shape (a function of the inputs) and a dtype where they are given."""
    return ArraySpec(shape, dtype)


def table() -> PlainSpec:
    """A pandas DataFrame."""
    return PlainSpec("a pandas DataFrame", lambda value: isinstance(value, Table))


def series() -> PlainSpec:
    """A pandas Series."""
    return PlainSpec("a pandas Series", lambda value: isinstance(value, Column))


def several(*members: Spec) -> TupleSpec:
    """A tuple with a spec for each member."""
    return TupleSpec(members)


def list_of(member: Spec) -> ListSpec:
    """A list of any length, each member fitting one spec."""
    return ListSpec(member)


def _dtype_of(name: str) -> Dtypes:
    """Return the dtype of an input, which may be a list of tensors of one dtype."""

    def dtypes(inputs: Inputs) -> tuple[str, ...]:
        value = inputs[name]
        first = value[0] if isinstance(value, (list, tuple)) else value
        return (str(first.dtype).removeprefix("torch."),)

    return dtypes


def _axis_advice(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    without_ones = tuple(size for size in got if size != 1)
    advice = {
        "is it transposed?": got == tuple(reversed(expected)),
        "did a sum or an index drop an axis?": got == tuple(size for size in expected if size != 1),
        "a single number is asked for; is a sum or a mean missing?": expected == () and without_ones,
        "is there an axis of length 1 too many?": without_ones == expected,
        "all of it became a single number; was it summed over too much?": got == (),
        "are its axes in another order?": sorted(got) == sorted(expected),
        "the elements are as many; is a reshape missing?": math.prod(got) == math.prod(expected),
    }
    return next((f": {said}" for said, holds in advice.items() if holds), "")
