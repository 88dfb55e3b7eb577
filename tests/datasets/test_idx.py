"""IDX files are read as written, and whatever isn't one is refused before memory is spent on it."""

from __future__ import annotations

import gzip
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.datasets.idx import MAX_ITEMS, NotIdx, idx_bytes, idx_shape, read_idx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Reader = Callable[[Path], object]

PIXELS = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
BYTES = bytes.fromhex("00000803 00000002 00000003 00000004") + bytes(range(24))
ZIPPED = gzip.compress(BYTES, mtime=0)


@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=3)))
def test_an_array_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, array: NDArray[np.uint8]
) -> None:
    path = tmp_path_factory.mktemp("idx") / "array"
    path.write_bytes(idx_bytes(array))
    np.testing.assert_array_equal(read_idx(path), array)
    assert idx_shape(path) == array.shape


def test_the_format_is_the_published_one() -> None:
    assert idx_bytes(PIXELS) == BYTES


def test_a_gzipped_file_reads_like_a_plain_one(tmp_path: Path) -> None:
    (tmp_path / "pixels.gz").write_bytes(ZIPPED)
    np.testing.assert_array_equal(read_idx(tmp_path / "pixels.gz"), PIXELS)
    assert idx_shape(tmp_path / "pixels.gz") == (2, 3, 4)


@given(st.integers(0, len(BYTES) - 1))
def test_a_truncated_file_is_refused_wherever_it_ends(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    path = tmp_path_factory.mktemp("idx") / "truncated"
    path.write_bytes(BYTES[:length])
    with pytest.raises(
        NotIdx, match=r"ends within its header|announces 24 bytes of content, but there are \d"
    ):
        read_idx(path)


def test_bytes_after_the_content_are_refused(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(BYTES + b"?")
    with pytest.raises(NotIdx, match="announces 24 bytes of content, but there are more"):
        read_idx(tmp_path / "long")


@pytest.mark.parametrize("start", ["89504e47", "00000d03", "01000803"])
def test_another_format_is_refused_by_its_first_bytes(tmp_path: Path, start: str) -> None:
    """A PNG, an IDX file of floats, and one whose zeros aren't."""
    (tmp_path / "other").write_bytes(bytes.fromhex(start) + BYTES[4:])
    with pytest.raises(NotIdx, match="starts with 000008"):
        read_idx(tmp_path / "other")


@pytest.mark.parametrize("read", [read_idx, idx_shape])
def test_a_header_that_announces_too_much_is_refused(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "bomb").write_bytes(struct.pack(">HBB2I", 0, 8, 2, MAX_ITEMS, 2))
    with pytest.raises(NotIdx, match="the limit is"):
        read(tmp_path / "bomb")


def test_a_gzip_bomb_is_unpacked_only_as_far_as_announced(tmp_path: Path) -> None:
    """300 MB of zeros behind a header for 24 bytes: one byte too many is all that is asked for."""
    (tmp_path / "bomb.gz").write_bytes(ZIPPED + gzip.compress(bytes(1 << 20)) * 300)
    with pytest.raises(NotIdx, match="there are more"):
        read_idx(tmp_path / "bomb.gz")


@pytest.mark.parametrize("read", [read_idx, idx_shape])
@pytest.mark.parametrize("content", [b"not gzip", ZIPPED[:15], ZIPPED[:10] + b"\xff" * 40])
def test_a_gzip_file_that_is_damaged_early_is_refused(tmp_path: Path, content: bytes, read: Reader) -> None:
    (tmp_path / "damaged.gz").write_bytes(content)
    with pytest.raises(NotIdx, match="the gzip file is damaged or incomplete"):
        read(tmp_path / "damaged.gz")


@pytest.mark.parametrize("content", [ZIPPED[:-12], ZIPPED[:-8] + bytes(8)])
def test_a_gzip_file_that_is_damaged_at_its_end_is_refused(tmp_path: Path, content: bytes) -> None:
    """Cut short, and with another checksum than its content's."""
    (tmp_path / "damaged.gz").write_bytes(content)
    with pytest.raises(NotIdx, match="the gzip file is damaged or incomplete"):
        read_idx(tmp_path / "damaged.gz")
