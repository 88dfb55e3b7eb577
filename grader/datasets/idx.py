"""Read IDX files, the format of MNIST and Fashion-MNIST, plain or gzipped. They may be corrupt or hostile.

An IDX file consists of two zero bytes, a byte for the type of items, a byte for the number of axes, the
length of each axis as a big-endian 32-bit number, and the items, row by row. Both data sets hold unsigned
bytes (type 8).
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from typing import IO, TYPE_CHECKING, Final, cast

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

UNSIGNED_BYTE: Final = 8
MAX_ITEMS: Final = 1 << 26
"""64 MiB; the largest file of Fashion-MNIST has 45. A gzip file of a few kB may announce any size."""


class NotIdx(Exception):
    """Not a complete IDX file of unsigned bytes; the message says what is wrong."""


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Return the array in the IDX file; `.gz` files are unpacked. Raises `NotIdx` or `OSError`."""
    try:
        with _open(path) as file:
            shape = _read_shape(file)
            items = math.prod(shape)
            content = file.read(items + 1)  # one more, to notice a file that is too long
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise NotIdx(f"the gzip file is damaged or incomplete ({fault})") from fault
    if len(content) != items:
        amount = "more" if len(content) > items else f"{len(content):,}"
        raise NotIdx(f"its header announces {items:,} bytes of content, but there are {amount}")
    return np.frombuffer(content, dtype=np.uint8).reshape(shape)


def idx_shape(path: Path) -> tuple[int, ...]:
    """Return the shape that the file's header announces, and read no more. Raises as `read_idx`."""
    try:
        with _open(path) as file:
            return _read_shape(file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise NotIdx(f"the gzip file is damaged or incomplete ({fault})") from fault


def idx_bytes(array: NDArray[np.uint8]) -> bytes:
    """Return the contents of an IDX file with this array."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, UNSIGNED_BYTE, array.ndim, *array.shape)
    return header + array.tobytes()


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _read_shape(file: IO[bytes]) -> tuple[int, ...]:
    zeros, kind, axes = struct.unpack(">HBB", _read_exactly(file, 4))
    if zeros != 0 or kind != UNSIGNED_BYTE:
        raise NotIdx(f"it starts with {zeros:04x}{kind:02x}, where an IDX file of bytes starts with 000008")
    shape: tuple[int, ...] = struct.unpack(f">{axes}I", _read_exactly(file, 4 * axes))
    if math.prod(shape) > MAX_ITEMS:
        raise NotIdx(f"its header announces {math.prod(shape):,} bytes; the limit is {MAX_ITEMS:,}")
    return shape


def _read_exactly(file: IO[bytes], size: int) -> bytes:
    content = file.read(size)
    if len(content) < size:
        raise NotIdx("it ends within its header")
    return content
