"""Operators of this field: functions that yield what a node may be replaced by, one mistake each.

Those of mutmut know numbers, strings, comparisons, branches and the arguments of calls. These know tensors.
The name of a function is the operator's name: an audit shows it, and a list of equivalent mutants may use it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from grader.audit.operators import arguments, axes, gradients, state, statements, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Operators = Sequence[tuple[Any, Callable[[Any], Iterable[cst.CSTNode]]]]

OPERATORS: Final[Operators] = (
    (cst.SimpleStatementLine, statements.statement_dropped),
    (cst.Call, statements.method_dropped),
    (cst.SimpleStatementLine, statements.returns_none),
    (cst.For | cst.While | cst.With, statements.statements_swapped),
    (cst.Call, statements.order_changed),
    (cst.Call, statements.mode_swapped),
    (cst.BinaryOperation, axes.elementwise_product),
    (cst.Call, axes.axis_changed),
    (cst.Call, axes.axis_from_the_end),
    (cst.Call, axes.axis_dropped),
    (cst.Call, axes.keepdim_added),
    (cst.Subscript, axes.new_axis_dropped),
    (cst.Attribute, axes.transpose_dropped),
    (cst.BinaryOperation | cst.Call, axes.transpose_added),
    (cst.BinaryOperation, axes.product_swapped),
    (cst.Call, values.opposite_function),
    (cst.Arg, values.opposite_bound),
    (cst.BinaryOperation, values.operand_dropped),
    (cst.Call, values.function_dropped),
    (cst.Return, values.result_cast),
    (cst.Arg, values.dtype_swapped),
    (cst.Call, values.estimate_swapped),
    (cst.Call, values.bias_dropped),
    (cst.Return, gradients.result_detached),
    (cst.Assign, gradients.value_detached),
    (cst.FunctionDef, gradients.without_gradients),
    (cst.With | cst.FunctionDef, gradients.with_gradients),
    (cst.FunctionDef, arguments.parameters_swapped),
    (cst.Call, arguments.arguments_swapped),
    (cst.FunctionDef, arguments.argument_ignored),
    (cst.AugAssign, state.not_in_place),
    (cst.Assign, state.in_place),
    (cst.Call, state.method_in_place),
    (cst.Assign, state.kept_on_class),
    (cst.ClassDef, state.made_with_class),
    (cst.FunctionDef, state.computed_once),
)
"""Each operator, with the type of the nodes that it is for."""
