"""Operators on values: related functions swapped, operands and functions left out, results cast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from grader.audit.operators.trees import argument, bracketed, calling, is_library, name_of, with_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS: Final = (
    ("sum", "mean"), ("max", "min"), ("amax", "amin"), ("argmax", "argmin"), ("maximum", "minimum"),
    ("cumsum", "cumprod"), ("zeros", "ones"), ("zeros_like", "ones_like"), ("vstack", "hstack"),
    ("std", "var"), ("ceil", "floor"), ("float32", "float64"), ("all", "any"), ("l1_loss", "mse_loss"),
)  # fmt: skip
OPPOSITES: Final = dict([*PAIRS, *((one, other) for other, one in PAIRS)])
TRANSPARENT: Final = frozenset({"abs", "float", "int", "bool", "list", "tuple", "sorted", "set"})
"""Built-in functions that can be left out: what remains is a value of a similar kind."""
NO_VALUE: Final = frozenset({"no_grad", "enable_grad", "manual_seed", "set_grad_enabled"})
BOUNDS: Final = {"min": "max", "max": "min"}
CASTS: Final = ("float", "double", "int")
LAYERS: Final = frozenset({"Linear", "LazyLinear"})
BOTH_ARE_VALUES: Final = cst.Add | cst.Subtract | cst.Multiply
KEEPS_LEFT: Final = BOTH_ARE_VALUES | cst.Divide | cst.Power


def opposite_function(node: cst.Call) -> Iterator[cst.Call]:
    """Call a related function: `sum` becomes `mean`, `max` becomes `min`, `zeros` becomes `ones`."""
    if other := OPPOSITES.get(name_of(node.func)):
        if isinstance(node.func, cst.Attribute):
            yield node.with_changes(func=node.func.with_changes(attr=cst.Name(other)))
        elif other in {"max", "min", "all", "any"}:
            yield node.with_changes(func=cst.Name(other))


def opposite_bound(node: cst.Arg) -> Iterator[cst.Arg]:
    """Bound from the other side: `clamp(min=0)` becomes `clamp(max=0)`."""
    if node.keyword is not None and (other := BOUNDS.get(node.keyword.value)):
        yield node.with_changes(keyword=cst.Name(other))


def operand_dropped(node: cst.BinaryOperation) -> Iterator[cst.BaseExpression]:
    """Leave an operand out: `x + b` becomes `x`, and `b`; `x / 2` and `x ** 2` become `x`."""
    if isinstance(node.operator, KEEPS_LEFT):
        yield bracketed(node.left)
    if isinstance(node.operator, BOTH_ARE_VALUES):
        yield bracketed(node.right)


def function_dropped(node: cst.Call) -> Iterator[cst.BaseExpression]:
    """Leave a function out: `torch.sqrt(x)` becomes `x`."""
    if not node.args or node.args[0].keyword is not None or node.args[0].star:
        return
    name = name_of(node.func)
    if (is_library(node.func) and name not in NO_VALUE and not name[:1].isupper()) or (
        isinstance(node.func, cst.Name) and name in TRANSPARENT
    ):
        yield bracketed(node.args[0].value)


def result_cast(node: cst.Return) -> Iterator[cst.Return]:
    """Cast what is returned: `return x` becomes `return x.double()`."""
    for method in CASTS:
        yield from each_result(node, method)


def dtype_swapped(node: cst.Arg) -> Iterator[cst.Arg]:
    """Compute in the other precision: `dtype=torch.float32` becomes `dtype=torch.float64`."""
    other = OPPOSITES.get(name_of(node.value))
    if other in {"float32", "float64"} and isinstance(node.value, cst.Attribute):
        yield node.with_changes(value=node.value.with_changes(attr=cst.Name(other)))


def estimate_swapped(node: cst.Call) -> Iterator[cst.Call]:
    """Divide by n instead of n - 1, or the other way around, in `std` and `var`."""
    told = any(argument(node, keyword) for keyword in ("unbiased", "correction", "ddof"))
    if name_of(node.func) in {"std", "var"} and not told:
        in_numpy = isinstance(node.func, cst.Attribute) and name_of(node.func.value) == "np"
        yield with_argument(node, "ddof", "1") if in_numpy else with_argument(node, "unbiased", "False")


def bias_dropped(node: cst.Call) -> Iterator[cst.Call]:
    """Make a layer without a bias: `nn.Linear(2, 1)` becomes `nn.Linear(2, 1, bias=False)`."""
    if name_of(node.func) in LAYERS and argument(node, "bias") is None:
        yield with_argument(node, "bias", "False")


def each_result(node: cst.Return, method: str) -> Iterator[cst.Return]:
    """Yield the statement with a method called on what it returns, for a tuple on one member at a time."""
    match node.value:
        case None | cst.Name(value="None" | "True" | "False") | cst.Integer() | cst.Float():
            return
        case cst.Tuple(elements=elements):
            for index, one in enumerate(elements):
                changed = one.with_changes(value=calling(one.value, method))
                made = node.value.with_changes(elements=[*elements[:index], changed, *elements[index + 1 :]])
                yield node.with_changes(value=made)
        case value:
            yield node.with_changes(value=calling(value, method))
