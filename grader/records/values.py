"""Plain data: what inputs and observations are made of, on both sides of the wall.

Student code can return anything. `record` turns it into records that hold numbers, text and bytes
and nothing that could run; `grader.records.decode` turns records back into tensors and tables. Whoever judges
sees only what was restored, so a verdict can't depend on which side of a wall the answer was computed.
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
BYTES_OF_ITEM: Final = 9
"""What a number takes on the wire."""
MAX_COLUMNS: Final = 2_000
MAX_DIMS: Final = 64
MAX_NAME: Final = 200

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


class Record(msgspec.Struct, frozen=True, tag_field="record"):
    """Base of the records; none of them can carry code.

    How many parts one may have is part of its type: msgspec counts before it makes any of them, and a few
    bytes on the wire can become many in memory.
    """


class Tensor(Record, frozen=True, tag="tensor"):
    """A dense tensor; `data` is None where its numbers can't be had (device "meta")."""

    dtype: str
    shape: Annotated[tuple[int, ...], Meta(max_length=MAX_DIMS)]
    device: str
    data: bytes | None
    requires_grad: bool = False


class Array(Record, frozen=True, tag="array"):
    """A NumPy array of numbers."""

    dtype: str
    shape: Annotated[tuple[int, ...], Meta(max_length=MAX_DIMS)]
    data: bytes


class Items(Record, frozen=True, tag="items"):
    """A list or a tuple."""

    kind: Literal["list", "tuple"]
    items: Annotated[tuple[Value, ...], Meta(max_length=MAX_ITEMS)]


class Entries(Record, frozen=True, tag="entries"):
    """A dictionary with text keys."""

    entries: Annotated[dict[str, Value], Meta(max_length=MAX_ITEMS)]


class Column(Record, frozen=True, tag="column"):
    """A pandas Series, or a column of a table. Missing values are None, or NaN among floats."""

    name: str | int | None
    dtype: str
    values: Annotated[tuple[bool | int | float | str | None, ...], Meta(max_length=MAX_ITEMS)]


class Table(Record, frozen=True, tag="table"):
    """A pandas DataFrame; `index` is None where it counts from 0."""

    columns: Annotated[tuple[Column, ...], Meta(max_length=MAX_COLUMNS)]
    rows: int
    index: Annotated[tuple[int | str, ...], Meta(max_length=MAX_ITEMS)] | None = None


class TextFile(Record, frozen=True, tag="file"):
    """A text file that an exercise is given by its path."""

    name: str
    text: str


class Opaque(Record, frozen=True, tag="opaque"):
    """Any other object: only its type's name is known."""

    name: str


Value = Union[  # noqa: UP007 - msgspec resolves the name at run time, before every alternative exists
    None, bool, int, float, str, Tensor, Array, Items, Entries, Column, Table, TextFile, Opaque
]


class _Full(Exception):
    """An object is larger than a record may be."""


class _Room:
    """What is left of the limits while one object is recorded, parts within parts included."""

    def __init__(self, size: int) -> None:
        self.items = MAX_ITEMS
        self.bytes = size

    def take(self, *, items: int = 0, size: int = 0) -> None:
        self.items -= items
        self.bytes -= items * BYTES_OF_ITEM + size
        if self.items < 0 or self.bytes < 0:
            raise _Full


def record(thing: Any, room: int = MAX_BYTES) -> Value:  # noqa: ANN401
    """Return the record of any object; what has no record of its own, or needs more `room`, becomes `Opaque`.

    The object may be hostile. Of what it overrides nothing is asked that could change a plain number, text,
    tensor, list or dictionary into something else, and nothing that it raises comes out, unless it is
    no `Exception` or a `MemoryError`.
    """
    try:
        return _recorded(thing, 0, _Room(room))
    except _Full:
        return Opaque(f"{_name_of(type(thing))}, larger than any right answer")


def _recorded(thing: Any, depth: int, room: _Room) -> Value:  # noqa: ANN401
    kind = type(thing)  # never isinstance(): it believes what an object says of its class
    try:
        return _recorded_builtin(thing, kind, depth, room)
    except (_Full, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - whatever an object's own methods raise
        return Opaque(_name_of(kind))


def _recorded_builtin(thing: Any, kind: type, depth: int, room: _Room) -> Value:  # noqa: ANN401, PLR0911
    """Record what is built in, by the methods of the built-in class; hand on anything else."""
    if thing is None or kind is bool or kind is float or kind in _RECORDS:
        return thing  # type: ignore[no-any-return]
    if kind is int:
        return thing if _fits_a_word(thing) else Opaque("int")
    if issubclass(kind, str):
        return _text(thing, room)
    if issubclass(kind, (list, tuple, dict)) and depth >= MAX_DEPTH:
        return Opaque(_name_of(kind))
    if issubclass(kind, (list, tuple)):
        listed: Literal["list", "tuple"] = "list" if issubclass(kind, list) else "tuple"
        parts = (list if listed == "list" else tuple).__getitem__(thing, slice(None))
        room.take(items=len(parts))
        return Items(listed, tuple(_recorded(item, depth + 1, room) for item in parts))
    if issubclass(kind, dict):
        room.take(items=dict.__len__(thing))
        entries = list(dict.items(thing))
        if all(issubclass(type(key), str) for key, _item in entries):
            return Entries({_text(key, room): _recorded(item, depth + 1, room) for key, item in entries})
        return Opaque(_name_of(kind))
    return _recorded_foreign(thing, kind, room)


_RECORDS: Final = frozenset({Tensor, Array, Items, Entries, Column, Table, TextFile, Opaque})


def _fits_a_word(number: int) -> bool:
    return -(2**63) <= number < 2**64


def _text(text: str, room: _Room) -> str:
    """Return a plain string that can be encoded: lone surrogates can't."""
    plain = str.__getitem__(text, slice(MAX_TEXT))
    room.take(size=len(plain))
    return plain if plain.isascii() else plain.encode("utf-8", "replace").decode()


def _name_of(kind: type) -> str:
    home, name = type.__dict__["__module__"].__get__(kind), type.__dict__["__qualname__"].__get__(kind)
    full = name if home == "builtins" or not isinstance(home, str) else f"{home}.{name}"
    return full[:MAX_NAME].encode("utf-8", "replace").decode()


def _recorded_foreign(thing: Any, kind: type, room: _Room) -> Value:  # noqa: ANN401 - any object
    """Record what belongs to a library. pandas need not be imported: who has no table has no need of it."""
    if issubclass(kind, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001 - how subclasses call torch themselves
            plain = thing if kind is torch.Tensor else torch.Tensor.as_subclass(thing, torch.Tensor)
            return _recorded_tensor(plain, room)
    if kind is np.ndarray and thing.dtype.name in ARRAY_DTYPES:
        room.take(size=thing.nbytes)
        native = thing.astype(thing.dtype.newbyteorder("="))
        return Array(thing.dtype.name, tuple(thing.shape), native.tobytes())
    pandas = sys.modules.get("pandas")
    if pandas is not None and issubclass(kind, pandas.DataFrame):
        return _recorded_table(thing, room)
    if pandas is not None and issubclass(kind, pandas.Series):
        room.take(items=len(thing))
        return _recorded_column(thing, thing.name, room)
    return Opaque(_name_of(kind))


def _recorded_tensor(tensor: torch.Tensor, room: _Room) -> Value:
    dtype = str(tensor.dtype).removeprefix("torch.")
    if dtype not in DTYPES or tensor.layout is not torch.strided or tensor.is_nested:
        return Opaque(f"torch.Tensor of {tensor.dtype}, {tensor.layout}")
    data = None
    if tensor.device.type != "meta":
        room.take(size=tensor.numel() * tensor.element_size())
        plain = tensor.detach().resolve_conj().resolve_neg().cpu()
        # NumPy has no bfloat16; its bytes are all that is wanted.
        data = (plain.view(torch.int16) if plain.dtype is torch.bfloat16 else plain).numpy().tobytes()
    return Tensor(dtype, tuple(tensor.shape), str(tensor.device), data, tensor.requires_grad)


def _recorded_table(table: pd.DataFrame, room: _Room) -> Value:
    rows, width = table.shape
    if width > MAX_COLUMNS:
        raise _Full
    room.take(items=rows * max(width, 1))
    columns = tuple(_recorded_column(column, name, room) for name, column in table.items())
    labels = table.index.tolist()
    index = None if labels == list(range(rows)) else tuple(_label(label, room) for label in labels)
    return Table(columns, rows, index)


def _recorded_column(column: pd.Series[Any], name: object, room: _Room) -> Column:
    dtype = str(column.dtype)
    plain: tuple[bool | int | float | str | None, ...]
    if dtype in _NUMBER_DTYPES:
        numbers = column.to_numpy().tolist()
        # One NaN for all: records are compared, and a NaN is equal to itself alone.
        plain = tuple(math.nan if number != number else number for number in numbers)  # noqa: PLR0124
    else:
        missing = column.isna().tolist()
        values = column.astype(object).tolist()
        gap = math.nan if dtype.startswith("float") else None
        plain = tuple(
            gap if gone else _cell(value, room) for value, gone in zip(values, missing, strict=True)
        )
    return Column(None if name is None else _label(name, room), dtype, plain)


def _label(label: object, room: _Room) -> int | str:
    return label if type(label) is int and _fits_a_word(label) else _text(str(label), room)


def _cell(value: Any, room: _Room) -> bool | int | float | str | None:  # noqa: ANN401 - a cell of a table
    item = value.item() if hasattr(value, "item") else value
    if type(item) in {bool, float} or (type(item) is int and _fits_a_word(item)):
        return item  # type: ignore[no-any-return]
    return _text(item if issubclass(type(item), str) else str(item), room)
