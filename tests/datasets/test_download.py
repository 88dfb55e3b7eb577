"""The full set is found where it is, downloaded whole or not at all, and nothing waits forever."""

from __future__ import annotations

import dataclasses
import socket
import time
from pathlib import Path

import platformdirs
import pytest

from grader.datasets import download
from grader.datasets.download import download_full, find_full, is_full
from grader.datasets.errors import DataMissing, DownloadFailed
from grader.datasets.registry import FASHION_MNIST, DataSet

FILES, RAW = FASHION_MNIST.files, FASHION_MNIST.folder

HEADERS = {
    "train-images-idx3-ubyte": "00000803 0000ea60 0000001c 0000001c",
    "train-labels-idx1-ubyte": "00000801 0000ea60",
    "t10k-images-idx3-ubyte": "00000803 00002710 0000001c 0000001c",
    "t10k-labels-idx1-ubyte": "00000801 00002710",
}
"""The headers of the full files: nothing else is read to find them."""

SHIPPED = Path(__file__).parents[2] / "assignments" / "data"

WRITE_FULL = f"""
import pathlib, sys
raw = pathlib.Path(sys.argv[1], {str(RAW)!r})
raw.mkdir(parents=True)
for name, header in {HEADERS!r}.items():
    (raw / name).write_bytes(bytes.fromhex(header))
"""


def put_full(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, header in HEADERS.items():
        (folder / name).write_bytes(bytes.fromhex(header))
    return folder


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without the full set: no variable, no package, an empty cache and current folder."""
    monkeypatch.delenv("GRADBOOK_DATA", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def data_set(tmp_path: Path) -> DataSet:
    """Fashion-MNIST, whose system package would be in a temporary folder."""
    return dataclasses.replace(FASHION_MNIST, system_folder=tmp_path / "debian")


def test_nothing_is_found_where_there_is_nothing(data_set: DataSet, bare: Path) -> None:
    assert find_full(data_set) is None


@pytest.mark.parametrize("place", ["debian", "data/FashionMNIST/raw", "cache/FashionMNIST/raw"])
def test_the_full_set_is_found_in_the_usual_places(data_set: DataSet, bare: Path, place: str) -> None:
    put_full(bare / place)
    found = find_full(data_set)
    assert found is not None
    assert found.resolve() == bare / place.removesuffix("/FashionMNIST/raw")


def test_the_variable_comes_first(data_set: DataSet, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_full(bare / "debian")
    monkeypatch.setenv("GRADBOOK_DATA", str(put_full(bare / "mine")))
    assert find_full(data_set) == bare / "mine"


@pytest.mark.parametrize("named", ["nowhere", str(SHIPPED)])
def test_a_variable_that_names_no_full_set_is_an_error(
    data_set: DataSet, bare: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    put_full(bare / "debian")
    monkeypatch.setenv("GRADBOOK_DATA", named)
    with pytest.raises(DataMissing, match=r"GRADBOOK_DATA is .*apt install dataset-fashion-mnist"):
        find_full(data_set, download=True)


@pytest.mark.parametrize("name", FILES)
def test_three_files_of_four_are_not_the_full_set(data_set: DataSet, bare: Path, name: str) -> None:
    put_full(bare / "debian")
    assert is_full(data_set, bare / "debian")
    (bare / "debian" / name).write_bytes(b"cut")
    assert not is_full(data_set, bare / "debian")
    (bare / "debian" / name).unlink()
    assert not is_full(data_set, bare / "debian")


def test_a_download_replaces_what_an_earlier_one_left(
    data_set: DataSet, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_DOWNLOAD", WRITE_FULL)
    raw = bare / "cache" / RAW
    raw.mkdir(parents=True)
    (raw / FILES[0]).write_bytes(b"half a file")
    assert find_full(data_set) is None
    assert find_full(data_set, download=True) == bare / "cache"
    assert find_full(data_set) == bare / "cache"
    assert [path.name for path in (bare / "cache").iterdir()] == ["FashionMNIST"]


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("import time; time.sleep(60)", "took more than 1 s"),
        ("raise OSError('no route to host')", "OSError: no route to host"),
        ("pass", "the downloaded files are incomplete"),
    ],
)
def test_a_failed_download_says_how_to_get_the_data_by_hand_and_leaves_nothing(
    data_set: DataSet, bare: Path, monkeypatch: pytest.MonkeyPatch, script: str, fault: str
) -> None:
    monkeypatch.setattr(download, "_DOWNLOAD", script)
    with pytest.raises(DownloadFailed, match=f"{fault}.*set GRADBOOK_DATA"):
        download_full(data_set, bare / "cache", seconds=1.0)
    assert list((bare / "cache").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named(
    data_set: DataSet, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_DOWNLOAD", WRITE_FULL)
    (bare / "cache").write_text("a file where a folder belongs")
    with pytest.raises(DownloadFailed, match=r"can't be stored in .*cache"):
        find_full(data_set, download=True)


def test_torchvision_gives_up_on_a_server_that_never_answers(
    data_set: DataSet, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real download, through a proxy that takes the connection and then keeps silent."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for variable in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(variable, f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setattr(download, "SILENT_SECONDS", 0.5)
        start = time.monotonic()
        with pytest.raises(DownloadFailed, match=r"could not be downloaded .*imed out"):
            download_full(data_set, bare / "cache", seconds=100.0)
        assert time.monotonic() - start < 90
