"""Turn records back into tensors, arrays and tables. A record from the sandbox may be forged."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from grader.records.values import (
    ARRAY_DTYPES,
    COLUMN_DTYPES,
    DTYPES,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_DEPTH,
    MAX_DIMS,
    MAX_ITEMS,
    MAX_NAME,
    Array,
    Column,
    Entries,
    Items,
    Table,
    Tensor,
    TextFile,
)

if TYPE_CHECKING:
    import pandas as pd

    from grader.records.values import Value


class InvalidValue(ValueError):
    """A record is inconsistent: its bytes, sizes or types don't match."""


def restore(value: Value, *, device: str = "cpu", folder: Path | None = None) -> Any:  # noqa: ANN401
    """Return the object that a record stands for.

    Tensors are made on `device`. A `TextFile` is written into `folder` and becomes its path; without a folder
    it stays a `TextFile`. Raises `InvalidValue` where the record is inconsistent, as a forged one may be, or
    larger than `record` allows.
    """
    return _restored(value, device, folder, 0)


def _restored(value: Value, device: str, folder: Path | None, depth: int) -> Any:  # noqa: ANN401, PLR0911
    match value:
        case Tensor():
            return _restored_tensor(value).to(device)
        case Array():
            return _restored_array(value)
        case Items() | Entries() if depth >= MAX_DEPTH:
            raise InvalidValue("Lists lie within lists, too deep.")
        case Items():
            made = [_restored(item, device, folder, depth + 1) for item in value.items]
            return made if value.kind == "list" else tuple(made)
        case Entries():
            return {key: _restored(item, device, folder, depth + 1) for key, item in value.entries.items()}
        case Table():
            return _restored_table(value)
        case Column():
            return _restored_column(value)
        case TextFile():
            if folder is None:
                return value
            path = folder / Path(value.name).name
            path.write_text(value.text, encoding="utf-8")
            return str(path)
        case _:
            return value


def _size(shape: tuple[int, ...], item_size: int) -> int:
    """Return how many bytes a shape needs. Raises `InvalidValue` where no value may have such a shape.

    An axis of length 0 doesn't excuse long others: a sum along it would need their memory.
    """
    possible = len(shape) <= MAX_DIMS and all(0 <= size <= MAX_BYTES for size in shape)
    if not possible or math.prod(max(size, 1) for size in shape) * item_size > MAX_BYTES:
        message = f"No tensor or array has shape {_shortened(shape)}."
        raise InvalidValue(message)
    return math.prod(shape) * item_size


def _shortened(shape: tuple[int, ...]) -> str:
    text = str(shape[:MAX_DIMS])
    return text if len(text) <= MAX_NAME else f"{text[:MAX_NAME]}…"


def _restored_tensor(value: Tensor) -> torch.Tensor:
    dtype = DTYPES.get(value.dtype)
    if dtype is None:
        message = f"No tensor has dtype {value.dtype[:MAX_NAME]!r}."
        raise InvalidValue(message)
    size = _size(value.shape, dtype.itemsize)
    if value.data is None:
        if value.device != "meta":
            message = f"A tensor on {value.device[:MAX_NAME]} came without its numbers."
            raise InvalidValue(message)
        return torch.zeros((), dtype=dtype).expand(value.shape)
    if size != len(value.data):
        message = f"Shape {value.shape} of {value.dtype} needs {size} bytes, not {len(value.data)}."
        raise InvalidValue(message)
    if not value.data:
        return torch.zeros(value.shape, dtype=dtype)
    if dtype is torch.bool:  # torch trusts that each byte is 0 or 1
        return torch.frombuffer(bytearray(value.data), dtype=torch.uint8).ne(0).reshape(value.shape)
    return torch.frombuffer(bytearray(value.data), dtype=dtype).reshape(value.shape)


def _restored_array(value: Array) -> np.ndarray[Any, Any]:
    if value.dtype not in ARRAY_DTYPES:
        message = f"No array of numbers has dtype {value.dtype[:MAX_NAME]!r}."
        raise InvalidValue(message)
    size = _size(value.shape, np.dtype(value.dtype).itemsize)
    if size != len(value.data):
        message = f"Shape {value.shape} of {value.dtype} needs {size} bytes, not {len(value.data)}."
        raise InvalidValue(message)
    if value.dtype == "bool":
        return np.frombuffer(value.data, dtype=np.uint8).astype(np.bool_).reshape(value.shape)
    return np.frombuffer(bytearray(value.data), dtype=value.dtype).reshape(value.shape)


def _restored_column(value: Column) -> pd.Series[Any]:
    import pandas as pd

    dtype = value.dtype if value.dtype in COLUMN_DTYPES else "object"
    name = value.name[:MAX_NAME] if isinstance(value.name, str) else value.name
    cells = list(value.values)
    if dtype == "bool" and not all(isinstance(cell, bool) for cell in cells):
        message = f"Column {name!r} does not hold bool."  # pandas would turn missing values into False
        raise InvalidValue(message)
    try:
        return pd.Series(cells, dtype=dtype, name=value.name)
    except (TypeError, ValueError, OverflowError) as error:
        message = f"Column {name!r} does not hold {dtype}: {str(error)[:MAX_NAME]}."
        raise InvalidValue(message) from error


def _restored_table(value: Table) -> pd.DataFrame:
    import pandas as pd

    if not 0 <= value.rows <= MAX_ITEMS or len(value.columns) > MAX_COLUMNS:
        message = f"No table has {value.rows} rows and {len(value.columns)} columns."
        raise InvalidValue(message)
    if any(len(column.values) != value.rows for column in value.columns):
        raise InvalidValue("A table's columns differ in length.")
    if value.index is not None and len(value.index) != value.rows:
        raise InvalidValue("A table's index and its columns differ in length.")
    made = [_restored_column(column) for column in value.columns]
    # By position, because names may come twice.
    table = pd.DataFrame(
        {position: column.array for position, column in enumerate(made)}, index=range(value.rows)
    )
    table.columns = pd.Index([column.name for column in made])
    if value.index is not None:
        table.index = pd.Index(list(value.index))
    return table
