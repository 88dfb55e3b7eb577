"""Hostile variants of a right value: of the same record type, with other contents, or contradicting itself.

All of them pass the decoder, whose limits are tested in `tests/records/test_protocol.py`.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import numpy as np

from grader.records.protocol import MAX_CALLED, MAX_KIND, MAX_LINES, MAX_MESSAGE, Observation, Raised
from grader.records.values import (
    DTYPES,
    MAX_BYTES,
    MAX_DIMS,
    MAX_INT,
    MAX_ITEMS,
    MAX_NAME,
    MAX_TEXT,
    MIN_INT,
    Array,
    Column,
    Entries,
    Items,
    Opaque,
    Table,
    Tensor,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.records.values import Value

MAX_PARTS: Final = 4
"""Of a collection, this many parts are varied: the others are of the same kind."""
DEEP: Final = 40
NUMBERS: Final[tuple[Value, ...]] = (
    MIN_INT, MAX_INT, 0, -1, 10**18, math.nan, math.inf, -math.inf, -0.0, 1e308, 5e-324, True, "1", None,
)  # fmt: skip
TEXTS: Final = ("", "\x00", "a" * MAX_TEXT, "\u202e", "\U0001f600", "=1+1", "/" * 100, "`" * 500, "\n" * 500)
ELEMENTS: Final[dict[str, tuple[bytes, ...]]] = {
    "float32": tuple(struct.pack("<f", one) for one in (math.nan, math.inf, -math.inf, 3e38, 1e-45)),
    "float64": tuple(struct.pack("<d", one) for one in (math.nan, math.inf, 1e308, 5e-324)),
    "float16": (struct.pack("<e", 1.0), struct.pack("<e", math.nan)),
    "bfloat16": (b"\x80\x3f",),
    "complex64": (bytes(8), struct.pack("<ff", 1.0, math.nan)),
    "complex128": (struct.pack("<dd", math.nan, 1.0),),
    "bool": (b"\x01", b"\xff"),
    "uint8": (b"\xff",),
    "int8": (b"\x80",),
    "int16": (b"\x00\x80",),
    "int32": (b"\x00\x00\x00\x80",),
    "int64": (struct.pack("<q", MIN_INT), struct.pack("<q", MAX_INT)),
}
"""Bytes of one element, by the dtype of its tensor."""
ARRAY_ELEMENTS: Final[tuple[tuple[str, Any], ...]] = (
    ("float64", math.nan), ("float64", math.inf), ("float32", 3e38), ("float16", 1), ("uint64", 2**64 - 1),
    ("int64", MIN_INT), ("int8", -128), ("bool", True), ("uint16", 7), ("uint32", 7),
)  # fmt: skip
COLUMN_DTYPES: Final = (
    "object", "float64", "float32", "int64", "uint64", "int8", "bool", "Int64", "Float64", "boolean",
    "string", "category", "str", "no such dtype",
)  # fmt: skip
CELLS: Final = (None, 1, MAX_INT, MIN_INT, 1e308, math.nan, math.inf, "x", True, "1", "")


def hostile_values(value: Value) -> Iterator[Value]:
    """Yield the variants of a value, and of its parts one by one."""
    match value:
        case Tensor():
            yield from _tensors(value)
        case Array():
            yield from _arrays(value)
        case Items():
            yield from _items(value)
        case Entries():
            yield from _entries(value)
        case Column():
            yield from _columns(value)
        case Table():
            yield from _tables(value)
        case str():
            yield from TEXTS
        case bool() | int() | float():
            yield from NUMBERS
    yield from (None, Opaque("x"), "x", 7, Items("list", ()), _nested(DEEP))


def hostile_observations(seen: Observation) -> Iterator[Observation]:
    """Yield variants of an observation: of its result, its gradients, and what else it claims."""
    for value in hostile_values(seen.result):
        yield msgspec.structs.replace(seen, result=value)
    for name, gradient in (seen.gradients or {}).items():
        for value in (None, *(hostile_values(gradient) if gradient is not None else ())):
            if value is None or isinstance(value, Tensor):
                gradients = {**(seen.gradients or {}), name: value}
                yield msgspec.structs.replace(seen, gradients=gradients)
    claimed: list[dict[str, Any]] = [
        {"gradients": None}, {"gradients": {}}, {"gradients": {"no such input": None}},
        {"argument_device": "\x1b[31m"}, {"argument_device": "meta"}, {"argument_device": ""},
        {"called": ("x" * MAX_NAME,) * MAX_CALLED}, {"called": ("softmax", "torch.optim", "\x00")},
        {"changed": ("no such input", "\x1b[31m")}, {"changed": ("X",) * 1_000},
    ]  # fmt: skip
    for claims in claimed:
        yield msgspec.structs.replace(seen, **claims)
    for raised in _exceptions():
        yield msgspec.structs.replace(seen, raised=raised)
        yield Observation(raised=raised)


def _exceptions() -> Iterator[Raised]:
    for kind in (
        "",
        "NotImplementedError",
        "MemoryError",
        "Mismatch",
        "CannotTell",
        "KeyError",
        "K" * MAX_KIND,
    ):
        for message in ("", ("Expected on " * MAX_MESSAGE)[:MAX_MESSAGE], "CUDA error: \x1b[31m"):
            for inside in (True, False):
                yield Raised(kind, message, "l" * MAX_LINES, inside=inside)


def _tensors(value: Tensor) -> Iterator[Value]:
    size = math.prod(value.shape)
    for dtype, elements in ELEMENTS.items():
        for element in elements:
            yield msgspec.structs.replace(value, dtype=dtype, data=element * size)
    element = bytes(DTYPES[value.dtype].itemsize)
    for shape, data in (
        ((0,), b""), ((), element), ((0, MAX_BYTES), b""), ((1,) * MAX_DIMS, element), ((2, 0, 3), b""),
        ((*value.shape, 1), value.data), ((1, *value.shape), value.data), ((size,), value.data),
        (value.shape[::-1], value.data), ((7, 5), element * 35), (value.shape, b""), (value.shape, None),
        (tuple(length + 1 for length in value.shape), value.data),
    ):  # fmt: skip
        yield msgspec.structs.replace(value, shape=shape, data=data)
    yield msgspec.structs.replace(value, device="meta", data=None)
    yield msgspec.structs.replace(value, device="no such device")
    yield msgspec.structs.replace(value, dtype="no such dtype")
    yield msgspec.structs.replace(value, requires_grad=not value.requires_grad)


def _arrays(value: Array) -> Iterator[Value]:
    size = math.prod(value.shape)
    for dtype, element in ARRAY_ELEMENTS:
        yield Array(dtype, value.shape, np.full(size, element, dtype=dtype).tobytes())
    element = bytes(np.dtype(value.dtype).itemsize)
    for shape, data in (
        ((0,), b""), ((), element), ((0, MAX_BYTES), b""), ((2, 0, 3), b""), ((7, 5), element * 35),
        ((*value.shape, 1), value.data), ((size,), value.data), (value.shape, b""),
    ):  # fmt: skip
        yield Array(value.dtype, shape, data)
    yield Array("no such dtype", value.shape, value.data)


def _items(value: Items) -> Iterator[Value]:
    other: Literal["list", "tuple"] = "tuple" if value.kind == "list" else "list"
    parts = value.items
    for kind, items in (
        (value.kind, ()), (other, parts), (value.kind, parts * 2), (value.kind, parts[:-1]),
        (value.kind, parts[::-1]), (value.kind, (*parts, Opaque("x"))), (value.kind, parts[:1] * 5_000),
        (value.kind, (None,) * MAX_ITEMS),
    ):  # fmt: skip
        yield Items(kind, items)
    for position, part in enumerate(parts[:MAX_PARTS]):
        for variant in hostile_values(part):
            yield Items(value.kind, (*parts[:position], variant, *parts[position + 1 :]))
    for alike in zip(*(hostile_values(part) for part in parts), strict=False):
        yield Items(value.kind, alike)


def _entries(value: Entries) -> Iterator[Value]:
    names = list(value.entries)
    yield Entries({})
    yield Entries(dict.fromkeys(names, Opaque("x")))
    yield Entries({f"{name}\x00": part for name, part in value.entries.items()})
    for name in names[:MAX_PARTS]:
        yield Entries({other: part for other, part in value.entries.items() if other != name})
        for variant in hostile_values(value.entries[name]):
            yield Entries({**value.entries, name: variant})


def _columns(value: Column) -> Iterator[Column]:
    length = len(value.values)
    for dtype in COLUMN_DTYPES:
        for cell in CELLS:
            yield Column(value.name, dtype, (cell,) * length)
    for name in (None, 7, MIN_INT, MAX_INT, "", "a" * 300, "\x00"):
        yield Column(name, value.dtype, value.values)
    yield Column(value.name, "object", tuple((None, 1, "x", 1.5, True)[i % 5] for i in range(length)))
    yield Column(value.name, value.dtype, value.values[:-1])
    yield Column(value.name, value.dtype, ())
    yield Column(value.name, value.dtype, value.values * 2)


def _tables(value: Table) -> Iterator[Value]:
    columns, rows = value.columns, value.rows
    yield from (
        Table((), 0), Table((), rows), Table((), MAX_ITEMS), Table(columns * 2, rows),
        Table(columns[:-1], rows), Table(columns[::-1], rows),
        Table(columns, rows, tuple(range(1, rows + 1))),
        Table(columns, rows, ("a",) * rows), Table(columns, rows, (MAX_INT,) * rows),
        Table(columns, rows + 1), Table(columns, rows, ()),
        Table(_renamed(columns, None), rows), Table(_renamed(columns, "x"), rows),
        Table(tuple(Column(one.name, one.dtype, ()) for one in columns), 0),
        Table(tuple(Column(number, one.dtype, one.values) for number, one in enumerate(columns)), rows),
    )  # fmt: skip
    for position, column in enumerate(columns[:MAX_PARTS]):
        for variant in _columns(column):
            yield Table((*columns[:position], variant, *columns[position + 1 :]), rows, value.index)


def _renamed(columns: Sequence[Column], name: str | None) -> tuple[Column, ...]:
    return tuple(msgspec.structs.replace(column, name=name) for column in columns)


def _nested(depth: int) -> Value:
    made: Value = None
    for _ in range(depth):
        made = Items("list", (made,))
    return made
