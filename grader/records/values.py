"""Values as records: the plain data that inputs and observations consist of.

Student code can return anything. `record` turns it into records that hold numbers, text and bytes and nothing
that could run; `grader.records.decode` turns records back into tensors and tables. Judges see only restored
values, so a verdict can't depend on whether the answer ran in the sandbox or in the same process.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union

import msgspec
import numpy as np
import torch
from msgspec import Meta

if TYPE_CHECKING:
    import pandas as pd

MAX_DEPTH: Final = 8
MAX_ITEMS: Final = 100_000
MAX_TEXT: Final = 20_000
MAX_BYTES: Final = 64 * 2**20
ITEM_BYTES: Final = 9
"""The encoded size of a number."""
MAX_COLUMNS: Final = 2_000
MAX_DIMS: Final = 64
MAX_NAME: Final = 200
MAX_OPAQUE: Final = 300
"""The length of what an `Opaque` says about an object: its type's name, and why it was not recorded."""
MAX_FILE: Final = 2**20
MIN_INT: Final = -(2**63)
MAX_INT: Final = 2**63 - 1
"""The range of torch's largest integers. Python's own have none."""

DTYPES: Final = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128,
        torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
    )
}  # fmt: skip
ARRAY_DTYPES: Final = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
    | {"float16", "float32", "float64"}
)
_NUMBER_DTYPES: Final = ARRAY_DTYPES - {"float16"}
COLUMN_DTYPES: Final = _NUMBER_DTYPES | frozenset(
    {"object", "str"} | {"Int64", "Float64", "boolean", "string", "category"}
)


Name = Annotated[str, Meta(max_length=MAX_NAME)]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Data = Annotated[bytes, Meta(max_length=MAX_BYTES)]
Int = Annotated[int, Meta(ge=MIN_INT, le=MAX_INT)]
Shape = Annotated[tuple[Annotated[int, Meta(ge=0, le=MAX_BYTES)], ...], Meta(max_length=MAX_DIMS)]
Cell = bool | Int | float | Text | None


class Record(msgspec.Struct, frozen=True, tag_field="record"):
    """Base of the records; none of them can carry code.

    Every text, number and collection has its limits in its type. msgspec rejects a message that exceeds them
    before it creates the parts: a few bytes of a message can become many in memory. What is recorded in the
    sandbox is cut to the same limits, so only a forged message exceeds them.
    """


class Tensor(Record, frozen=True, tag="tensor"):
    """A dense tensor; `data` is None where it has no numbers (device "meta")."""

    dtype: Name
    shape: Shape
    device: Name
    data: Data | None
    requires_grad: bool = False


class Array(Record, frozen=True, tag="array"):
    """A NumPy array of numbers."""

    dtype: Name
    shape: Shape
    data: Data


class Items(Record, frozen=True, tag="items"):
    """A list or a tuple."""

    kind: Literal["list", "tuple"]
    items: Annotated[tuple[Value, ...], Meta(max_length=MAX_ITEMS)]


class Entries(Record, frozen=True, tag="entries"):
    """A dictionary with text keys."""

    entries: Annotated[dict[Text, Value], Meta(max_length=MAX_ITEMS)]


class Column(Record, frozen=True, tag="column"):
    """A pandas Series, or a column of a table. Missing values are None, or NaN among floats."""

    name: Text | Int | None
    dtype: Name
    values: Annotated[tuple[Cell, ...], Meta(max_length=MAX_ITEMS)]


class Table(Record, frozen=True, tag="table"):
    """A pandas DataFrame; `index` is None where it counts from 0."""

    columns: Annotated[tuple[Column, ...], Meta(max_length=MAX_COLUMNS)]
    rows: Annotated[int, Meta(ge=0, le=MAX_ITEMS)]
    index: Annotated[tuple[Int | Text, ...], Meta(max_length=MAX_ITEMS)] | None = None


class TextFile(Record, frozen=True, tag="file"):
    r"""A text file, as an input: the answer gets the path of a file with this name and text.

    Example:
        >>> examples = [{"path": TextFile("houses.csv", "rooms,price\nNA,127500\n")}]

    """

    name: Name
    text: Annotated[str, Meta(max_length=MAX_FILE)]


class Opaque(Record, frozen=True, tag="opaque"):
    """Any other object, of which only the type's name is kept."""

    name: Annotated[str, Meta(max_length=MAX_OPAQUE)]


Value = Union[  # noqa: UP007 - msgspec resolves the name at run time, before every alternative exists
    None, bool, Int, float, Text, Tensor, Array, Items, Entries, Column, Table, TextFile, Opaque
]


def dtypes_in(value: Value) -> frozenset[str]:
    """Return the dtypes of the tensors that a record stands for or has inside."""
    match value:
        case Tensor():
            return frozenset({value.dtype})
        case Items():
            return frozenset().union(*map(dtypes_in, value.items))
        case Entries():
            return frozenset().union(*map(dtypes_in, value.entries.values()))
        case _:
            return frozenset()


class _TooLarge(Exception):
    """The object is larger than its record may be."""


class _Budget:
    """The items and bytes that are left while one object is recorded, nested parts included."""

    def __init__(self, size: int) -> None:
        self.items = MAX_ITEMS
        self.bytes = size

    def take(self, *, items: int = 0, size: int = 0) -> None:
        self.items -= items
        self.bytes -= items * ITEM_BYTES + size
        if self.items < 0 or self.bytes < 0:
            raise _TooLarge


def record(thing: Any, max_bytes: int = MAX_BYTES) -> Value:  # noqa: ANN401
    """Return the record of any object; one of another type, or of more than `max_bytes`, becomes `Opaque`.

    The object may be hostile. None of its overridden methods is used where it could pass something off as a
    plain number, text, tensor, list or dictionary. Exceptions that it raises are caught, except `MemoryError`
    and those that are no `Exception`.
    """
    try:
        return _recorded(thing, 0, _Budget(max_bytes))
    except _TooLarge:
        return Opaque(f"{_name_of(type(thing))}, larger than any right answer")


def _recorded(thing: Any, depth: int, budget: _Budget) -> Value:  # noqa: ANN401
    kind = type(thing)  # never isinstance(): it believes the object's __class__
    try:
        return _recorded_builtin(thing, kind, depth, budget)
    except (_TooLarge, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - an object's own methods may raise anything
        return Opaque(_name_of(kind))


def _recorded_builtin(thing: Any, kind: type, depth: int, budget: _Budget) -> Value:  # noqa: ANN401, PLR0911
    """Record an object of a built-in type, by the methods of that type; pass others on."""
    if thing is None or kind is bool or kind is float or kind in _RECORDS:
        return thing  # type: ignore[no-any-return]
    if kind is int:
        return thing if _is_int64(thing) else Opaque("int, of more than 64 bits")
    if issubclass(kind, str):
        return _text(thing, budget)
    if issubclass(kind, (list, tuple, dict)) and depth >= MAX_DEPTH:
        return Opaque(_name_of(kind))
    if issubclass(kind, (list, tuple)):
        listed: Literal["list", "tuple"] = "list" if issubclass(kind, list) else "tuple"
        parts = (list if listed == "list" else tuple).__getitem__(thing, slice(None))
        budget.take(items=len(parts))
        return Items(listed, tuple(_recorded(item, depth + 1, budget) for item in parts))
    if issubclass(kind, dict):
        budget.take(items=dict.__len__(thing))
        entries = list(dict.items(thing))
        if all(issubclass(type(key), str) for key, _item in entries):
            return Entries({_text(key, budget): _recorded(item, depth + 1, budget) for key, item in entries})
        return Opaque(_name_of(kind))
    return _recorded_foreign(thing, kind, budget)


_RECORDS: Final = frozenset({Tensor, Array, Items, Entries, Column, Table, TextFile, Opaque})


def _is_int64(number: int) -> bool:
    return MIN_INT <= number <= MAX_INT


def _text(text: str, budget: _Budget) -> str:
    """Return a plain string that can be encoded: lone surrogates can't."""
    plain = str.__getitem__(text, slice(MAX_TEXT))
    budget.take(size=len(plain))
    return plain if plain.isascii() else plain.encode("utf-8", "replace").decode()


def _name_of(kind: type) -> str:
    home, name = type.__dict__["__module__"].__get__(kind), type.__dict__["__qualname__"].__get__(kind)
    full = name if home == "builtins" or not isinstance(home, str) else f"{home}.{name}"
    return full[:MAX_NAME].encode("utf-8", "replace").decode()


def _recorded_foreign(thing: Any, kind: type, budget: _Budget) -> Value:  # noqa: ANN401 - any object
    """Record an object of a library. pandas is not imported for this: without it there are no tables."""
    if issubclass(kind, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001 - torch documents it for subclasses
            plain = thing if kind is torch.Tensor else torch.Tensor.as_subclass(thing, torch.Tensor)
            return _recorded_tensor(plain, budget)
    if kind is np.ndarray and thing.dtype.name in ARRAY_DTYPES:
        budget.take(size=thing.nbytes)
        _require_possible(thing.shape)
        native = thing.astype(thing.dtype.newbyteorder("="))
        return Array(thing.dtype.name, tuple(thing.shape), native.tobytes())
    pandas = sys.modules.get("pandas")
    if pandas is not None and issubclass(kind, pandas.DataFrame):
        return _recorded_table(thing, budget)
    if pandas is not None and issubclass(kind, pandas.Series):
        budget.take(items=len(thing))
        return _recorded_column(thing, thing.name, budget)
    return Opaque(_name_of(kind))


def _recorded_tensor(tensor: torch.Tensor, budget: _Budget) -> Value:
    dtype = str(tensor.dtype).removeprefix("torch.")
    if dtype not in DTYPES or tensor.layout is not torch.strided or tensor.is_nested:
        return Opaque(f"torch.Tensor of {tensor.dtype}, {tensor.layout}"[:MAX_OPAQUE])
    _require_possible(tuple(tensor.shape))
    data = None
    if tensor.device.type != "meta":
        budget.take(size=tensor.numel() * tensor.element_size())
        plain = tensor.detach().resolve_conj().resolve_neg().cpu()
        # NumPy has no bfloat16; only its bytes are needed.
        data = (plain.view(torch.int16) if plain.dtype is torch.bfloat16 else plain).numpy().tobytes()
    return Tensor(dtype, tuple(tensor.shape), str(tensor.device), data, tensor.requires_grad)


def _require_possible(shape: tuple[int, ...]) -> None:
    """Raise `_TooLarge` for a shape that no record may have: one with an axis of length 0 needs no bytes."""
    if len(shape) > MAX_DIMS or any(size > MAX_BYTES for size in shape):
        raise _TooLarge


def _recorded_table(table: pd.DataFrame, budget: _Budget) -> Value:
    rows, width = table.shape
    if width > MAX_COLUMNS:
        raise _TooLarge
    budget.take(items=rows * max(width, 1))
    columns = tuple(_recorded_column(column, name, budget) for name, column in table.items())
    labels = table.index.tolist()
    index = None if labels == list(range(rows)) else tuple(_label(label, budget) for label in labels)
    return Table(columns, rows, index)


def _recorded_column(column: pd.Series[Any], name: object, budget: _Budget) -> Column:
    dtype = str(column.dtype)[:MAX_NAME]
    plain: tuple[Cell, ...]
    if dtype in _NUMBER_DTYPES and (dtype != "uint64" or column.max() <= MAX_INT):
        numbers = column.to_numpy().tolist()
        # One NaN object for all: records are compared, and a NaN is equal only to itself.
        plain = tuple(math.nan if number != number else number for number in numbers)  # noqa: PLR0124
    else:
        missing = column.isna().tolist()
        values = column.astype(object).tolist()
        missing_value = math.nan if dtype.startswith("float") else None
        plain = tuple(
            missing_value if is_missing else _cell(value, budget)
            for value, is_missing in zip(values, missing, strict=True)
        )
    return Column(None if name is None else _label(name, budget), dtype, plain)


def _label(label: object, budget: _Budget) -> int | str:
    return label if type(label) is int and _is_int64(label) else _text(str(label), budget)


def _cell(value: Any, budget: _Budget) -> Cell:  # noqa: ANN401 - a cell of a table
    item = value.item() if hasattr(value, "item") else value
    if type(item) in {bool, float} or (type(item) is int and _is_int64(item)):
        return item  # type: ignore[no-any-return]
    return _text(item if issubclass(type(item), str) else str(item), budget)
