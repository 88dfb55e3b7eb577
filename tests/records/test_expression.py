"""Expressions: what is printed for a student to paste evaluates to what was asked."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.checks.table_strategies import tables_with_gaps
from grader.records.decode import restore
from grader.records.expression import ExpressionError, compiled, evaluate, literal, names_in, pasteable
from grader.records.values import ARRAY_DTYPES, DTYPES, Opaque, Table, Tensor, TextFile, Value, record

NAMES = {"torch": torch, "np": np, "pd": pd}


def pasted(text: str, **names: object) -> Any:  # noqa: ANN401 - whatever the last line gives
    """Run text as a student would: paste it, and look at the value of its last line."""
    scope = {**NAMES, **names}
    *statements, last = ast.parse(text).body
    exec(compile(ast.Module(statements, []), "<pasted>", "exec"), scope)  # noqa: S102
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), "<pasted>", "eval"), scope)  # noqa: S307


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - tensors, arrays, tables or plain values
    """Whether two values have the same record; a NaN is a NaN, whatever its bits."""
    if isinstance(other, torch.Tensor):
        alike = isinstance(one, torch.Tensor) and (one.dtype, one.shape) == (other.dtype, other.shape)
        return alike and torch.allclose(one, other, rtol=0, atol=0, equal_nan=True)
    if isinstance(other, np.ndarray):
        return (one.dtype, one.shape) == (other.dtype, other.shape) and np.array_equal(
            one, other, equal_nan=True
        )
    if isinstance(other, (list, tuple)):
        return type(one) is type(other) and all(map(same, one, other)) and len(one) == len(other)
    return repr(one) == repr(other)


@st.composite
def small_tensors(draw: st.DrawFn) -> Tensor:
    """Records of tensors of any dtype, few enough numbers to be printed, from any bytes."""
    dtype = draw(st.sampled_from(sorted(DTYPES)))
    shape = draw(npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
    size = math.prod(shape) * DTYPES[dtype].itemsize
    made = record(restore(Tensor(dtype, shape, "cpu", draw(st.binary(min_size=size, max_size=size)))))
    assert isinstance(made, Tensor)
    return made


def inputs() -> st.SearchStrategy[Value]:
    """Whatever an exercise may be asked on."""
    numbers = st.floats() | st.integers(-(2**63), 2**63 - 1)
    arrays = npst.arrays(
        st.sampled_from(sorted(ARRAY_DTYPES)),
        npst.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3),
    ).map(record)
    plain = numbers | st.text(max_size=5) | st.none() | st.booleans()
    nested = st.lists(plain | small_tensors().map(restore), max_size=3)
    return small_tensors() | arrays | plain | nested.map(record) | nested.map(tuple).map(record)


@given(inputs(), inputs())
def test_what_is_pasted_asks_the_same_of_the_same_inputs(a: Value, b: Value) -> None:
    calls: list[tuple[Any, Any]] = []

    def answer(one: object, other: object) -> int:
        calls.append((one, other))
        return 1

    text = pasteable("answer(a, b) + answer(b, 1)", {"a": a, "b": b})
    pasted(text, answer=answer)
    (first, second), (third, fourth) = calls
    assert fourth == 1
    for got, given_ in ((first, a), (second, b), (third, b)):
        assert same(got, restore(given_))


@given(tables_with_gaps())
def test_a_pasted_table_holds_the_same_cells(table: Table) -> None:
    back = pasted(pasteable("answer(table)", {"table": table}), answer=lambda one: one)
    pd.testing.assert_frame_equal(back, restore(table))


def test_a_pasted_table_keeps_its_index() -> None:
    table = pd.DataFrame({"a": [1, 2]}, index=["x", "y"])
    pd.testing.assert_frame_equal(pasted(literal(record(table))), table)


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (torch.tensor([[0.0, 1.0]]), "torch.tensor([[0., 1.]])"),
        (torch.tensor(0.1), "torch.tensor(0.1)"),
        (torch.tensor([0.1], dtype=torch.float64), "torch.tensor([0.1], dtype=torch.float64)"),
        (torch.tensor([1, 2]), "torch.tensor([1, 2])"),
        (torch.tensor([True]), "torch.tensor([True])"),
        (torch.tensor([math.nan, -math.inf]), "torch.tensor([float('nan'), float('-inf')])"),
        (torch.empty(0, 3), "torch.empty((0, 3))"),
        (torch.empty(0, dtype=torch.int64), "torch.empty((0,), dtype=torch.int64)"),
        (torch.tensor([1], dtype=torch.uint8), "torch.tensor([1], dtype=torch.uint8)"),
        (
            torch.empty(2, device="meta", dtype=torch.int64),
            "torch.empty((2,), dtype=torch.int64, device='meta')",
        ),
        (np.zeros((0, 2)), "np.empty((0, 2), dtype='float64')"),
        ((torch.tensor(1.0),), "(torch.tensor(1.),)"),
        ({"lr": 0.5}, "{'lr': 0.5}"),
        (math.inf, "float('inf')"),
        (None, "None"),
        (pd.Series([1.0, math.nan], name="a"), "pd.Series([1.0, float('nan')], name='a')"),
    ],
    ids=repr,
)
def test_literals_read_as_in_the_book(thing: object, text: str) -> None:
    assert literal(record(thing)) == text


def test_an_input_that_is_short_and_used_once_stands_in_its_place() -> None:
    x = record(torch.tensor([1.0]))
    assert pasteable("softmax(X)", {"X": x}) == "softmax(torch.tensor([1.]))"


def test_an_input_that_is_used_twice_is_assigned_first() -> None:
    x = record(torch.tensor([1.0]))
    assert pasteable("f(X), f(X + c)", {"X": x, "c": 2.0}) == "X = torch.tensor([1.])\nf(X), f(X + (2.0))"


def test_what_is_put_in_keeps_its_value_among_operators() -> None:
    for text in ("a**2", "2 ** a", "-a", "a.real", "f(x=a)", "f(a if a else 1)", "[a, 1]", "(a)", "a"):
        assert pasted(pasteable(text, {"a": -1.5}), f=abs_or_x) == eval(text, {"a": -1.5, "f": abs_or_x})  # noqa: S307


def abs_or_x(value: float = 0.0, x: float = 0.0) -> float:
    return abs(value) + x


def test_an_expression_over_several_lines_in_other_letters_is_filled_in() -> None:
    asks = "softmax(\n    'größe' and X,\n    dim=d)"
    assert pasteable(asks, {"X": 1, "d": 0}) == "softmax(\n    'größe' and (1),\n    dim=0)"


def test_a_long_input_is_assigned_first() -> None:
    x = record(torch.arange(60.0))
    first, last = pasteable("f(X)", {"X": x}).splitlines()
    assert first.startswith("X = torch.tensor([0., 1., 2.,")
    assert last == "f(X)"


def test_an_input_that_the_expression_does_not_name_is_left_out() -> None:
    assert pasteable("f(X)", {"X": 1, "Y": 2}) == "f(1)"


def test_an_input_with_more_numbers_than_can_be_typed_is_described() -> None:
    x = record(torch.zeros(11, 10))
    assert pasteable("f(X)", {"X": x}) == "X = <tensor of shape (11, 10), float32: 0., 0., 0., …>\nf(X)"
    assert pasteable("f(X)", {"X": Opaque("some.Thing")}) == "X = <some.Thing>\nf(X)"
    assert literal(record(np.zeros(101))) == "<array of shape (101,), float64: 0., 0., 0., …>"


def test_a_file_is_written_above_the_call_that_reads_it() -> None:
    file = TextFile("houses.csv", "rooms,price\nNA,2\n")
    shown = """\
import tempfile; path = tempfile.mkdtemp() + '/houses.csv'
open(path, 'w').write('''\\
rooms,price
NA,2
''')
load_table(path)"""
    assert pasteable("load_table(path)", {"path": file}) == shown
    assert pasteable("f(X)", {"X": 1, "path": file}) == "f(1)"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "no end", "'''\n", "back\\slash\n", "a\0b", "'"])
def test_the_file_that_a_pasted_call_reads_holds_the_same_text(text: str) -> None:
    read = pasted(
        pasteable("read(path)", {"path": TextFile("a.csv", text)}), read=lambda one: Path(one).read_text()
    )
    assert read == text


def test_names_in_an_expression_are_found_wherever_they_stand() -> None:
    assert names_in("train(net(X), lr=rate)[0]") == {"train", "net", "X", "rate"}


@pytest.mark.parametrize("text", ["", "x = 1", "f(", "import os", "f(x); g(x)"])
def test_what_is_no_expression_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ExpressionError, match="is not a Python expression"):
        compiled(text)


def test_evaluating_leaves_the_names_as_they_were() -> None:
    names: dict[str, object] = {"x": 2}
    assert evaluate("(y := x + 1)", names) == 3
    assert names == {"x": 2}


def test_the_device_of_a_check_is_filled_in_unless_an_input_has_its_name() -> None:
    assert pasteable("trained(Model, device)", {}) == "trained(Model, torch.device('cpu'))"
    assert pasteable("device.type", {}, "cuda") == "torch.device('cuda').type"
    assert pasted(pasteable("str(device)", {})) == "cpu"
    assert pasteable("f(device)", {"device": record(3)}) == "f(3)"
