"""Records of values: what goes in comes out again, and hostile things in either direction do no harm."""

from __future__ import annotations

import math
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.execution.deadline import Expired
from grader.records.decode import InvalidValue, restore
from grader.records.values import (
    ARRAY_DTYPES,
    DTYPES,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_TEXT,
    Array,
    Column,
    Entries,
    Items,
    Opaque,
    Table,
    Tensor,
    TextFile,
    Value,
    record,
)

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def through_the_wall(thing: object) -> Any:  # noqa: ANN401 - whatever comes back
    """Record, encode, decode and restore, as between a child and the grader."""
    return restore(msgspec.msgpack.decode(msgspec.msgpack.encode(record(thing)), type=Value))


@st.composite
def any_tensors(draw: st.DrawFn) -> torch.Tensor:
    """Tensors of every dtype that has a record, of any bytes, NaNs included, and not always contiguous."""
    dtype = draw(st.sampled_from(sorted(DTYPES)))
    shape = draw(SHAPES)
    size = math.prod(shape) * DTYPES[dtype].itemsize
    data = draw(st.binary(min_size=size, max_size=size))
    made: torch.Tensor = restore(Tensor(dtype, shape, "cpu", data))
    return made.transpose(0, -1) if made.dim() > 1 and draw(st.booleans()) else made


def plain_values() -> st.SearchStrategy[Any]:
    """None, numbers, text, and lists, tuples and dictionaries of them."""
    leaves = (
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False)
        | st.text(max_size=9)
    )
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=9,
    )


@given(any_tensors())
def test_a_tensor_comes_back_bit_for_bit(tensor: torch.Tensor) -> None:
    back = through_the_wall(tensor)
    assert (back.dtype, back.shape) == (tensor.dtype, tensor.shape)
    flat, again = (one.contiguous().reshape(-1).view(torch.uint8) for one in (tensor, back))
    assert torch.equal(flat, again)


@given(plain_values())
def test_what_is_built_in_comes_back_equal_and_of_the_same_types(thing: object) -> None:
    back = through_the_wall(thing)
    assert back == thing
    assert repr(back) == repr(thing)  # 1 == 1.0 == True, and their texts differ


@given(npst.arrays(st.sampled_from(sorted(ARRAY_DTYPES)), SHAPES))
def test_an_array_comes_back_bit_for_bit(array: np.ndarray[Any, Any]) -> None:
    back = through_the_wall(array)
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())


def test_numbers_that_are_not_finite_come_back() -> None:
    assert through_the_wall(math.inf) == math.inf
    assert math.isnan(through_the_wall(math.nan))


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, -2], dtype="int64"),
        pd.Series([2**64 - 1], dtype="uint64"),
        pd.Series([1.5, math.nan], dtype="float64"),
        pd.Series([0.1, math.nan], dtype="float32"),
        pd.Series([True, False], dtype="bool"),
        pd.Series(["a", None], dtype="object"),
        pd.Series([1, None, "a", True, 2.5], dtype="object"),
        pd.Series(["a", None], dtype="str"),
        pd.Series(["a", None], dtype="string"),
        pd.Series([1, None], dtype="Int64"),
        pd.Series([1.5, None], dtype="Float64"),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(["x", None, "x"], dtype="category"),
        pd.Series([], dtype="float64"),
        pd.Series([1], name="count"),
        pd.Series([1], name=3),
    ],
    ids=lambda column: f"{column.dtype}-{column.name}",
)
def test_a_column_comes_back(column: pd.Series[Any]) -> None:
    pd.testing.assert_series_equal(through_the_wall(column), column)


def test_a_table_comes_back_with_its_gaps_its_index_and_even_its_doubled_names() -> None:
    table = pd.DataFrame([[1, None, "x"], [2, 0.5, None]], columns=["a", "b", "a"], index=[7, 3])
    pd.testing.assert_frame_equal(through_the_wall(table), table)


@pytest.mark.parametrize("rows", [0, 3])
def test_a_table_without_columns_keeps_its_rows(rows: int) -> None:
    assert through_the_wall(pd.DataFrame(index=range(rows))).shape == (rows, 0)


def test_missing_values_of_a_column_are_none_but_nan_among_floats() -> None:
    words, floats = record(pd.Series(["a", None, np.nan])), record(pd.Series([1.0, None]))
    assert isinstance(words, Column)
    assert words.values == ("a", None, None)  # noqa: PD011 - of a record
    assert isinstance(floats, Column)
    assert math.isnan(floats.values[1])  # type: ignore[arg-type] # noqa: PD011 - of a record


def test_dates_and_lists_in_a_table_become_text() -> None:
    table = pd.DataFrame({"when": pd.to_datetime(["2024-01-02"]), "what": [[1, 2]]})
    back = through_the_wall(table)
    assert back["when"].tolist() == ["2024-01-02 00:00:00"]
    assert back["what"].tolist() == ["[1, 2]"]


def test_a_tensor_says_where_it_was_and_whether_it_wants_gradients() -> None:
    seen = record(torch.ones(2, requires_grad=True))
    assert isinstance(seen, Tensor)
    assert (seen.device, seen.requires_grad) == ("cpu", True)
    far = record(torch.empty(2, 3, device="meta", dtype=torch.float64))
    assert far == Tensor("float64", (2, 3), "meta", None)


def test_a_meta_tensor_is_restored_with_its_shape_and_dtype_only() -> None:
    back = restore(Tensor("int64", (2, 3), "meta", None))
    assert (back.shape, back.dtype) == ((2, 3), torch.int64)


def test_lazy_conjugates_and_negatives_are_resolved() -> None:
    lazy = torch.tensor([1 + 2j]).conj()
    assert through_the_wall(lazy).tolist() == [1 - 2j]
    assert through_the_wall(lazy.imag).tolist() == [-2.0]


def test_an_expanded_tensor_comes_back_whole() -> None:
    assert through_the_wall(torch.tensor([[1.0], [2.0]]).expand(2, 3)).tolist() == [[1.0] * 3, [2.0] * 3]


def test_a_view_does_not_bring_the_rest_of_its_storage_along() -> None:
    seen = record(torch.arange(1000)[3:5])
    assert isinstance(seen, Tensor)
    assert len(seen.data or b"") == 16


@pytest.mark.parametrize(
    "tensor",
    [
        torch.eye(2).to_sparse(),
        torch.zeros(2, dtype=torch.float8_e5m2),
        torch.zeros(2, dtype=torch.uint16),
    ],
    ids=str,
)
def test_a_tensor_that_no_exercise_asks_for_is_named_only(tensor: torch.Tensor) -> None:
    seen = record(tensor)
    assert isinstance(seen, Opaque)
    assert str(tensor.dtype) in seen.name


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_quantized_and_nested_tensors_are_named_only() -> None:
    ragged = torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)])
    coarse = torch.quantize_per_tensor(torch.zeros(2), 1.0, 0, torch.quint8)
    assert isinstance(record(ragged), Opaque)
    assert isinstance(record(coarse), Opaque)


class Liar:
    """Says that it is a tensor."""

    __class__ = torch.Tensor  # type: ignore[assignment]


class Raiser:
    """Raises when it is asked anything, its class included."""

    def __getattribute__(self, name: str) -> object:
        raise RuntimeError(name)


class Text(str):
    """A string that cuts, prints and encodes itself as something else."""

    __slots__ = ()

    def __getitem__(self, _key: object) -> str:
        raise RuntimeError

    def __str__(self) -> str:
        return "forged"


class Many(list[int]):
    """A list that claims another length, and never ends."""

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Any:  # noqa: ANN401
        while True:
            yield 1

    def __getitem__(self, _key: object) -> Any:  # noqa: ANN401
        raise RuntimeError


class Lookup(dict[str, int]):
    """A dictionary that shows other items than it holds."""

    def items(self) -> Any:  # noqa: ANN401
        return [("forged", 1)]

    def __len__(self) -> int:
        raise RuntimeError

    def __iter__(self) -> Any:  # noqa: ANN401
        raise RuntimeError


class Odd(torch.Tensor):
    """A tensor that answers every call of torch with an error, and lies about its dtype."""

    dtype = property(lambda _self: torch.int64)

    @classmethod
    def __torch_function__(cls, *_args: object, **_kwargs: object) -> Any:  # noqa: ANN401
        raise RuntimeError


class Meta(type):
    """A class of classes that can't be hashed, compared or asked anything."""

    def __hash__(cls) -> int:
        raise RuntimeError

    def __eq__(cls, _other: object) -> bool:
        raise RuntimeError

    def __getattribute__(cls, _name: str) -> object:
        raise RuntimeError


class Unnamed(metaclass=Meta):
    """An object whose class answers nothing."""


def test_objects_that_lie_about_their_class_or_raise_are_opaque() -> None:
    for thing, name in ((Liar(), "Liar"), (Raiser(), "Raiser"), (Unnamed(), "Unnamed")):
        seen = record(thing)
        assert isinstance(seen, Opaque)
        assert name in seen.name


def test_subclasses_are_recorded_as_what_they_hold_not_as_what_they_say() -> None:
    assert record(Text("true")) == "true"
    assert type(record(Text("true"))) is str
    assert record(Many([1, 2, 3])) == Items("list", (1, 2, 3))
    assert record(Lookup(a=1)) == Entries({"a": 1})
    assert through_the_wall(torch.tensor([1.5]).as_subclass(Odd)).tolist() == [1.5]
    assert through_the_wall(torch.nn.Parameter(torch.tensor([1.5]))).tolist() == [1.5]


def test_what_runs_out_of_time_while_it_is_recorded_says_so() -> None:
    """The deadline's exception is not an `Exception`, and is not to be mistaken for a fault of the object."""

    class Slow(pd.DataFrame):
        @property
        def shape(self) -> tuple[int, int]:
            raise Expired

    with pytest.raises(Expired):
        record(Slow({"a": [1]}))


def test_numbers_beyond_a_machine_word_are_opaque() -> None:
    numbers = (2**63, 2**64, -(2**63) - 1)
    assert [record(number) for number in numbers] == [Opaque("int, of more than 64 bits")] * 3
    assert [record(number) for number in (2**63 - 1, -(2**63))] == [2**63 - 1, -(2**63)]


def test_a_shape_that_no_record_may_have_is_opaque() -> None:
    """Both take no bytes."""
    for hostile in (torch.empty(0, MAX_BYTES + 1), np.empty((0, MAX_BYTES + 1)), torch.empty((1,) * 65)):
        found = record(hostile)
        assert isinstance(found, Opaque)
        assert found.name.endswith("larger than any right answer")


def test_a_column_of_the_largest_numbers_is_text() -> None:
    found = record(pd.Series([2**64 - 1, 1], dtype="uint64"))
    assert found == Column(None, "uint64", ("18446744073709551615", 1))
    assert record(pd.Series([2**64, 1], dtype="object")) == Column(None, "object", (str(2**64), 1))


def test_text_that_cannot_be_encoded_is_recorded_with_replacements() -> None:
    assert through_the_wall("a\ud800b") == "a?b"
    assert through_the_wall({"\ud800": 1}) == {"?": 1}
    assert through_the_wall(pd.DataFrame({"\ud800": ["\ud800"]})).to_dict("list") == {"?": ["?"]}
    assert isinstance(through_the_wall(type("Odd", (), {"__module__": "\ud800"})()), Opaque)


def test_text_is_cut_at_a_limit() -> None:
    assert record("x" * (MAX_TEXT + 1)) == "x" * MAX_TEXT


def test_lists_within_lists_end_at_a_limit_that_restoring_knows_too() -> None:
    nested: list[Any] = []
    for _ in range(3 * MAX_DEPTH):
        nested = [nested]
    cyclic: list[Any] = []
    cyclic.append(cyclic)
    for thing in (nested, cyclic):
        back, depth = through_the_wall(thing), 0
        while isinstance(back, list):
            back, depth = back[0], depth + 1
        assert back == Opaque("list")
        assert depth == MAX_DEPTH


def test_what_is_too_large_is_opaque_as_a_whole_however_it_is_cut_up() -> None:
    block = torch.zeros(MAX_BYTES // 4)
    million = [0] * (MAX_ITEMS // 100)
    cases: list[Any] = [
        torch.zeros(MAX_BYTES // 4 + 1),
        [block, torch.zeros(1)],
        np.zeros(MAX_BYTES + 1, dtype=np.uint8),
        [0] * (MAX_ITEMS + 1),
        [million] * 100,
        dict.fromkeys(map(str, range(MAX_ITEMS + 1))),
        ["x" * MAX_TEXT] * (MAX_BYTES // MAX_TEXT + 1),
        pd.DataFrame(index=range(MAX_ITEMS + 1)),
        pd.DataFrame(columns=range(MAX_COLUMNS + 1)),
        pd.DataFrame({"a": range(MAX_ITEMS)}).assign(b=1),
        pd.Series(range(MAX_ITEMS + 1)),
    ]
    for case in cases:
        seen = record(case)
        assert isinstance(seen, Opaque)
        assert "larger" in seen.name


def test_a_list_that_holds_itself_many_times_costs_neither_time_nor_memory() -> None:
    bomb: list[Any] = [0]
    for _ in range(MAX_DEPTH):
        bomb = [bomb] * 1_000
    assert isinstance(record(bomb), Opaque)


def test_the_largest_tensor_that_is_recorded_is_restored() -> None:
    assert through_the_wall(torch.zeros(MAX_BYTES // 8, dtype=torch.float64)).numel() == MAX_BYTES // 8


SHORT = b"\0" * 4
HOSTILE = [
    Tensor("float32", (2,), "cpu", SHORT),
    Tensor("float32", (), "cpu", b""),
    Tensor("float32", (-1,), "cpu", SHORT),
    Tensor("float32", (-1, -1), "cpu", SHORT),
    Tensor("float32", (2**62, 2**62), "cpu", SHORT),
    Tensor("float32", (2**62, 2**62), "meta", None),
    Tensor("float32", (2**40,), "meta", None),
    Tensor("float32", (0, 2**62), "cpu", b""),
    Tensor("float32", (0, 2**63), "meta", None),
    Tensor("float32", (2**64, 0), "cpu", b""),
    Tensor("float32", (1,) * 1_000, "cpu", SHORT),
    Tensor("float32", (2**62,) * 100_000, "cpu", SHORT),
    Tensor("float32", (1,), "cpu", None),
    Tensor("quint8", (4,), "cpu", SHORT),
    Tensor("", (1,), "cpu", SHORT),
    Tensor("load", (1,), "cpu", SHORT),
    Array("float32", (2,), SHORT),
    Array("float32", (-1,), SHORT),
    Array("float32", (2**62, 2**62), SHORT),
    Array("float32", (0, 2**62), b""),
    Array("O", (1,), b"\0" * 8),
    Array("V4", (1,), SHORT),
    Array("f4,,", (1,), SHORT),
    Array("f4,i4", (1,), b"\0" * 8),
    Array("M8[ns]", (1,), b"\0" * 8),
    Array("x" * 10_000, (1,), SHORT),
    Column("a", "int64", ("x",)),
    Column("a", "int64", (1.5,)),
    Column("a", "int64", (None,)),
    Column("a", "int64", (2**64 - 1,)),
    Column("a", "uint8", (300,)),
    Column("a", "float64", ("x" * 10_000,)),
    Column("a", "bool", (None,)),
    Column("a", "bool", (2,)),
    Column("x" * 10_000, "bool", (2,)),
    Column("a", "boolean", (3,)),
    Column("a", "Int64", ("x",)),
    Column("a", "Float64", ("x",)),
    Table((Column("a", "int64", (1,)), Column("b", "int64", ())), 1),
    Table((Column("a", "int64", (1,)),), 2),
    Table((), -5),
    Table((), 10**12),
    Table((), 2**63),
    Table((Column("a", "int64", (1,)),), 1, (1, 2)),
    Table((Column(None, "int64", ()),) * (MAX_COLUMNS + 1), 0),
]


@pytest.mark.parametrize("forged", HOSTILE, ids=lambda one: repr(one)[:60])
def test_a_record_that_contradicts_itself_is_a_value_fault_with_a_short_message(forged: Value) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(InvalidValue) as caught:
            restore(Items("list", (forged,)))
        assert tracemalloc.get_traced_memory()[1] < 2**24
    finally:
        tracemalloc.stop()
    assert 0 < len(str(caught.value)) < 600


def test_lists_nested_beyond_the_limit_are_a_value_fault_not_a_recursion_error() -> None:
    nested: Value = None
    for _ in range(sys.getrecursionlimit() * 2):
        nested = Items("list", (nested,))
    with pytest.raises(InvalidValue, match="too deep"):
        restore(nested)


def anything() -> st.SearchStrategy[Any]:
    """What a hostile process may send where each kind of record is expected, of the right msgpack types."""
    sizes = st.lists(st.integers(-3, 4) | st.integers(-(2**63), 2**64 - 1), max_size=4).map(tuple)
    names = st.sampled_from([*DTYPES, *ARRAY_DTYPES, "str", "object", "category", "Int64", "O"]) | st.text()
    cells = st.lists(
        st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=3),
        max_size=4,
    ).map(tuple)
    columns = st.builds(Column, st.none() | st.text(max_size=3) | st.integers(-9, 9), names, cells)
    data = st.binary(max_size=64)
    return st.one_of(
        st.builds(Tensor, names, sizes, st.sampled_from(["cpu", "meta", "cuda:0", ""]), st.none() | data),
        st.builds(Array, names, sizes, data),
        columns,
        st.builds(
            Table,
            st.lists(columns, max_size=3).map(tuple),
            st.integers(-2, 4) | st.integers(-(2**63), 2**64 - 1),
            st.none() | st.lists(st.integers() | st.text(max_size=2), max_size=4).map(tuple),
        ),
    )


@settings(max_examples=300)
@given(anything())
def test_whatever_is_sent_restores_or_is_a_value_fault(forged: Value) -> None:
    try:
        made = restore(forged)
    except InvalidValue:
        return
    assert isinstance(made, (torch.Tensor, np.ndarray, pd.Series, pd.DataFrame))
    record(made)


def test_a_forged_truth_value_is_0_or_1_inside() -> None:
    tensor = restore(Tensor("bool", (3,), "cpu", b"\0\1\xff"))
    assert tensor.view(torch.uint8).tolist() == [0, 1, 1]
    assert restore(Array("bool", (3,), b"\0\1\xff")).view(np.uint8).tolist() == [0, 1, 1]


def test_what_is_restored_can_be_written_to() -> None:
    for thing in (torch.zeros(2), np.zeros(2), np.zeros(2, dtype=bool)):
        back = through_the_wall(thing)
        back[0] = 1
        assert back[0] == 1


def test_an_array_in_the_other_byte_order_keeps_its_numbers() -> None:
    assert through_the_wall(np.array([1, 2], dtype=">i4")).tolist() == [1, 2]


def test_a_text_file_becomes_a_path_in_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    path = restore(TextFile("../../houses.csv", "a,b\n"), folder=tmp_path)
    assert path == str(tmp_path / "houses.csv")
    assert (tmp_path / "houses.csv").read_text(encoding="utf-8") == "a,b\n"
    assert restore(TextFile("houses.csv", "a,b\n")) == TextFile("houses.csv", "a,b\n")


def test_records_pass_as_they_are() -> None:
    table = Table((Column("a", "int64", (1,)),), 1)
    assert record(table) is table
    assert record([table]) == Items("list", (table,))
