"""Each kind of damage has a sentence of its own, which says what to do."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import Unreadable
from grader.submissions.damage import conflict, wrong_encoding
from grader.submissions.decoding import cells_of

SOURCE = "import torch\n\ndef relu(X):\n    return torch.max(X, torch.zeros_like(X))  # 큰 값\n"
CONFLICT = "x = 1\n<<<<<<< HEAD\ny = 1\n=======\ny = 2\n>>>>>>> theirs\n"
PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>"


def notebook(*sources: str, **metadata: object) -> bytes:
    cells = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}, indent=1).encode()


NOTEBOOK = notebook(SOURCE, "x = 1")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.py", b"", "the file is empty (0 bytes)"),
        ("a.ipynb", b"", "the file is empty (0 bytes)"),
        ("a.ipynb", b" \n\n", "the file is empty."),
        ("a.ipynb", b'{"cells": [], "nbformat": 4}', "no Python in it: the notebook has no cells"),
        ("a.ipynb", b'{"a": 1}', "This is not a notebook: there are no cells"),
        ("a.py", b"\0" * 100, "nothing but NUL bytes"),
        ("a.ipynb", b"\0" * 100, "nothing but NUL bytes"),
        ("a.py", SOURCE.encode() + b"\0" * 100, "NUL bytes: it is not Python source code, or it is damaged"),
        ("a.py", SOURCE.encode("utf-16"), "encoded in UTF-16"),
        ("a.py", SOURCE.encode("utf-16-le"), "encoded in UTF-16"),
        ("a.py", SOURCE.encode("utf-16-be"), "encoded in UTF-16"),
        ("a.py", SOURCE.encode("utf-32"), "encoded in UTF-32"),
        ("a.py", SOURCE.encode("utf-32-le"), "encoded in UTF-32"),
        ("a.ipynb", NOTEBOOK.decode().encode("utf-16"), "encoded in UTF-16"),
        ("a.ipynb", NOTEBOOK.decode().encode("utf-16-be"), "encoded in UTF-16"),
        ("a.py", CONFLICT.encode(), "Line 2 begins a merge conflict of git"),
        ("a.py", CONFLICT.replace("\n", "\r\n").encode(), "Line 2 begins a merge conflict of git"),
        ("a.ipynb", NOTEBOOK.replace(b" ]", CONFLICT.encode()), "begins a merge conflict of git"),
        ("a.ipynb", NOTEBOOK[: len(NOTEBOOK) // 2], "ends in the middle"),
        ("a.ipynb", NOTEBOOK.rstrip()[:-1], "ends in the middle"),
        ("a.ipynb", b'{"cells": [{"cell_type": "code", "source": "x = \xed\x81', "ends in the middle"),
        ("a.ipynb", b"{", "ends in the middle"),
        ("a.ipynb", NOTEBOOK.replace(b'"cells":', b'"cells"'), "broken JSON (line 2)"),
        ("a.ipynb", NOTEBOOK + NOTEBOOK, "broken JSON"),
        ("a.ipynb", NOTEBOOK + b"garbage", "broken JSON"),
        ("a.ipynb", b'{"cells": ["\xff"]}', "its encoding is broken"),
        ("a.py", NOTEBOOK, "It is a notebook, but its name ends in .py. Rename it to end in .ipynb"),
        ("a.ipynb", SOURCE.encode(), "It is Python source code, but its name ends in .ipynb"),
        ("a.ipynb", PAGE, "It is a web page"),
        ("a.py", b"\xef\xbb\xbf\n" + PAGE, "It is a web page"),
        ("a.ipynb", b"PK\x03\x04\0\0", "It is a zip archive, but its name ends in .ipynb"),
        ("a.py", b"PK\x03\x04\0\0", "Rename it to end in .zip"),
        ("a.py", b"%PDF-1.7\n", "It is a PDF file, which is not opened"),
        ("a.ipynb", b"Rar!\x1a\x07\0", "It is a RAR archive, which is not opened"),
    ],
)
def test_each_kind_of_damage_has_a_sentence(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        cells_of(name, data)
    assert reason in raised.value.reason


@pytest.mark.parametrize("cut", range(1, len(NOTEBOOK), 7))
def test_wherever_a_notebook_is_cut_off_it_ends_in_the_middle(cut: int) -> None:
    with pytest.raises(Unreadable, match="ends in the middle"):
        cells_of("a.ipynb", NOTEBOOK[:cut])


@pytest.mark.parametrize(
    "source",
    [
        "title = '''\nMLP\n=======\n'''\n",
        f"example = '''\n{CONFLICT}'''\n",
        "x = 1\n=======\n>>>>>>> theirs\n",
        "x << 1\n",
        "# <html> is not used here\n",
        '{"cells": 1}\n',
        "name = '\\0'\n",
    ],
)
def test_what_only_looks_like_damage_is_read(source: str) -> None:
    assert cells_of("a.py", source.encode())[0].source == source


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R"}}, "R"),
        ({"kernelspec": {"name": "ir"}}, "R"),
        ({"kernelspec": {"name": "julia-1.10"}}, "Julia"),
        ({"language_info": {"name": "julia"}}, "Julia"),
        ({"kernelspec": {"language": "scala"}}, "Scala"),
    ],
)
def test_a_notebook_in_another_language_says_so(metadata: dict[str, object], language: str) -> None:
    with pytest.raises(Unreadable, match=f"It is a notebook in {language}. Hand in"):
        cells_of("a.ipynb", notebook("x <- 1", **metadata))


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}},
        {"kernelspec": {"name": "deep-learning", "display_name": "R and Python"}},
        {"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "ipython"}},
        {"kernelspec": 7, "language_info": {"name": ["R"]}},
        {"kernelspec": {"name": "irene-env"}, "language_info": {"name": ""}},
    ],
)
def test_a_notebook_that_may_be_in_python_is_read(metadata: dict[str, object]) -> None:
    assert cells_of("a.ipynb", notebook("x = 1", **metadata))[0].source == "x = 1"


@given(st.lists(st.sampled_from(["<<<<<<< a", "=======", ">>>>>>> b", "x", " <<<<<<<", ""]), max_size=8))
def test_a_conflict_has_its_three_marks_in_order(lines: list[str]) -> None:
    """The line that is named is the first one with the first mark."""
    said = conflict("\n".join(lines).encode())
    first = lines.index("<<<<<<< a") if "<<<<<<< a" in lines else len(lines)
    middle = lines.index("=======", first) if "=======" in lines[first:] else len(lines)
    assert bool(said) == (">>>>>>> b" in lines[middle:])
    assert not said or f"Line {first + 1} " in said


@given(st.text(max_size=50))
def test_utf_8_is_never_taken_for_another_encoding(text: str) -> None:
    data = text.encode()
    assert ("\0" in text) == bool(wrong_encoding(data))
