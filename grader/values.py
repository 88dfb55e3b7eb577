"""Plain data: what inputs and observations are made of, on both sides of the wall.

Student code can return anything. `record` turns it into records that hold numbers, text and bytes
and nothing that could run; `restore` turns records back into tensors and tables. Whoever judges sees
only what was restored, so a verdict can't depend on which side of a wall the answer was computed.
"""

from __future__ import annotations

import contextlib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Union

import msgspec
import torch

if TYPE_CHECKING:
    import pandas as pd

MAX_DEPTH: Final = 8
MAX_ITEMS: Final = 100_000
MAX_TEXT: Final = 20_000
MAX_BYTES: Final = 64 * 2**20

DTYPES: Final = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128,
        torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
    )
}  # fmt: skip
COLUMN_DTYPES: Final = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
    | {"float32", "float64", "object", "str"}
    | {"Int64", "Float64", "boolean", "string", "category"}
)


class ValueFault(ValueError):
    """A record contradicts itself: its bytes, sizes or types don't fit together."""


class Record(msgspec.Struct, frozen=True, tag_field="record"):
    """Base of the records; none of them can carry code."""


class Tensor(Record, frozen=True, tag="tensor"):
    """A dense tensor; `data` is None where its numbers can't be had (device "meta")."""

    dtype: str
    shape: tuple[int, ...]
    device: str
    data: bytes | None
    requires_grad: bool = False


class Array(Record, frozen=True, tag="array"):
    """A NumPy array of numbers."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class Items(Record, frozen=True, tag="items"):
    """A list or a tuple."""

    kind: Literal["list", "tuple"]
    items: tuple[Value, ...]


class Entries(Record, frozen=True, tag="entries"):
    """A dictionary with text keys."""

    entries: dict[str, Value]


class Column(Record, frozen=True, tag="column"):
    """A pandas Series, or a column of a table. Missing values are None, or NaN among floats."""

    name: str | int | None
    dtype: str
    values: tuple[bool | int | float | str | None, ...]


class Table(Record, frozen=True, tag="table"):
    """A pandas DataFrame; `index` is None where it counts from 0."""

    columns: tuple[Column, ...]
    rows: int
    index: tuple[int | str, ...] | None = None


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


def record(thing: Any, depth: int = 0) -> Value:  # noqa: ANN401, PLR0911 - one branch a kind of value
    """Return the record of any object; what has no record of its own becomes `Opaque`."""
    if thing is None or isinstance(thing, bool):
        return thing
    if isinstance(thing, Record):
        return thing  # type: ignore[return-value]
    if type(thing) is int:
        return thing if abs(thing) < 2**63 else Opaque("int")
    if type(thing) is float:
        return thing
    if isinstance(thing, str):
        return str(thing[:MAX_TEXT])
    if isinstance(thing, torch.Tensor):
        return _record_tensor(thing)
    if isinstance(thing, (list, tuple)) and depth < MAX_DEPTH and len(thing) <= MAX_ITEMS:
        kind: Literal["list", "tuple"] = "list" if isinstance(thing, list) else "tuple"
        return Items(kind, tuple(record(item, depth + 1) for item in thing))
    if isinstance(thing, dict) and depth < MAX_DEPTH and _has_few_text_keys(thing):
        return Entries({str(key): record(item, depth + 1) for key, item in thing.items()})
    return _record_foreign(thing)


def _has_few_text_keys(thing: dict[Any, Any]) -> bool:
    return len(thing) <= MAX_ITEMS and all(isinstance(key, str) for key in thing)


def _record_tensor(tensor: torch.Tensor) -> Value:
    dtype = str(tensor.dtype).removeprefix("torch.")
    if dtype not in DTYPES or tensor.layout is not torch.strided:
        return Opaque(f"torch.Tensor of {tensor.dtype}, {tensor.layout}")
    data = None
    if tensor.device.type != "meta":
        if tensor.numel() * tensor.element_size() > MAX_BYTES:
            return Opaque("torch.Tensor of more than 64 MiB")
        plain = tensor.detach().resolve_conj().resolve_neg().cpu()
        # A copy, because contiguous() leaves an axis of length 1 with any stride, which view() refuses.
        plain = plain.clone(memory_format=torch.contiguous_format)
        data = plain.reshape(-1).view(torch.uint8).numpy().tobytes()
    return Tensor(dtype, tuple(tensor.shape), str(tensor.device), data, tensor.requires_grad)


def _record_foreign(thing: Any) -> Value:  # noqa: ANN401 - any object
    """Record what belongs to a library that need not be imported: by the name of its type."""
    kind = type(thing)
    home = getattr(kind, "__module__", "")
    name = f"{home}.{kind.__qualname__}" if home != "builtins" else kind.__qualname__
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        if home.startswith("pandas") and kind.__name__ == "DataFrame" and thing.size <= MAX_ITEMS:
            return _record_table(thing)
        if home.startswith("pandas") and kind.__name__ == "Series" and thing.size <= MAX_ITEMS:
            return _record_column(thing, thing.name)
        numbers = home == "numpy" and kind.__name__ == "ndarray" and thing.dtype.kind in "biuf"
        if numbers and thing.nbytes <= MAX_BYTES:
            return Array(str(thing.dtype), tuple(thing.shape), thing.tobytes())
    return Opaque(name[:200])


def _record_table(table: pd.DataFrame) -> Table:
    columns = tuple(
        _record_column(table.iloc[:, position], name) for position, name in enumerate(table.columns)
    )
    labels = table.index.tolist()
    index = None if labels == list(range(len(labels))) else tuple(_label(label) for label in labels)
    return Table(columns, len(table), index)


def _record_column(column: pd.Series[Any], name: object) -> Column:
    dtype = str(column.dtype)
    missing = column.isna().tolist()
    values = column.astype(object).tolist()
    plain = tuple(
        (math.nan if dtype.startswith("float") else None) if gone else _scalar(value)
        for value, gone in zip(values, missing, strict=True)
    )
    return Column(None if name is None else _label(name), dtype, plain)


def _label(label: object) -> int | str:
    return label if type(label) is int else str(label)[:MAX_TEXT]


def _scalar(value: Any) -> bool | int | float | str | None:  # noqa: ANN401 - a cell of a table
    item = value.item() if hasattr(value, "item") else value
    if isinstance(item, (bool, float)) or (isinstance(item, int) and abs(item) < 2**63):
        return item
    return str(item)[:MAX_TEXT]


def restore(value: Value, *, device: str = "cpu", folder: Path | None = None) -> Any:  # noqa: ANN401, PLR0911
    """Return the object that a record stands for.

    Tensors are made on `device`; a `TextFile` is written into `folder` and becomes its path
    (without a folder it stays as it is, for who wants its text).
    Raises `ValueFault` where the record contradicts itself, as a forged one may.
    """
    match value:
        case Tensor():
            return _restore_tensor(value).to(device)
        case Array():
            return _restore_array(value)
        case Items():
            made = [restore(item, device=device, folder=folder) for item in value.items]
            return made if value.kind == "list" else tuple(made)
        case Entries():
            return {key: restore(item, device=device, folder=folder) for key, item in value.entries.items()}
        case Table():
            return _restore_table(value)
        case Column():
            return _restore_column(value)
        case TextFile():
            if folder is None:
                return value
            path = folder / Path(value.name).name
            path.write_text(value.text, encoding="utf-8")
            return str(path)
        case _:
            return value


def _restore_tensor(value: Tensor) -> torch.Tensor:
    dtype = DTYPES.get(value.dtype)
    if dtype is None or any(size < 0 for size in value.shape):
        message = f"No tensor has dtype {value.dtype!r} and shape {value.shape}."
        raise ValueFault(message)
    if value.data is None:
        if value.device != "meta":
            message = f"A tensor on {value.device} came without its numbers."
            raise ValueFault(message)
        return torch.zeros(()).expand(value.shape) if math.prod(value.shape) else torch.zeros(value.shape)
    if math.prod(value.shape) * dtype.itemsize != len(value.data):
        message = (
            f"Shape {value.shape} of {value.dtype} needs another number of bytes than {len(value.data)}."
        )
        raise ValueFault(message)
    if not value.data:
        return torch.zeros(value.shape, dtype=dtype)
    return torch.frombuffer(bytearray(value.data), dtype=dtype).reshape(value.shape)


def _restore_array(value: Array) -> Any:  # noqa: ANN401 - numpy is imported where it is used
    import numpy as np

    try:
        return np.frombuffer(bytearray(value.data), dtype=value.dtype).reshape(value.shape)
    except (TypeError, ValueError) as error:
        message = f"No array has dtype {value.dtype!r} and shape {value.shape}: {error}."
        raise ValueFault(message) from error


def _restore_column(value: Column) -> pd.Series[Any]:
    import pandas as pd

    dtype = value.dtype if value.dtype in COLUMN_DTYPES else "object"
    try:
        return pd.Series(list(value.values), dtype=dtype, name=value.name)
    except (TypeError, ValueError, OverflowError) as error:
        message = f"Column {value.name!r} does not hold {dtype}: {error}."
        raise ValueFault(message) from error


def _restore_table(value: Table) -> pd.DataFrame:
    import pandas as pd

    if any(len(column.values) != value.rows for column in value.columns):
        message = "A table's columns differ in length."
        raise ValueFault(message)
    if value.index is not None and len(value.index) != value.rows:
        message = "A table's index and its columns differ in length."
        raise ValueFault(message)
    made = [_restore_column(column).reset_index(drop=True) for column in value.columns]
    table = pd.concat(made, axis=1) if made else pd.DataFrame(index=range(value.rows))
    if value.index is not None:
        table.index = pd.Index(list(value.index))
    return table
