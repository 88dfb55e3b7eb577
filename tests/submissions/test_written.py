"""What students write in words is found below headings with numbers, in any language."""

from __future__ import annotations

import json

import pytest

from grader.records.written import CUT, MAX_TEXT, WrittenAnswer
from grader.submissions.written import GIVEN, about_sections, written_in

NUMBERS = {"4.4", "5.1"}


def notebook(*cells: str | tuple[str, str]) -> bytes:
    """A notebook of Markdown cells, or of cells with their type."""
    made = []
    for cell in cells:
        kind, source = cell if isinstance(cell, tuple) else ("markdown", cell)
        made.append({"cell_type": kind, "source": source.splitlines(keepends=True), "metadata": {}})
    return json.dumps({"cells": made}).encode()


def found(*documents: tuple[str, bytes]) -> dict[str, str]:
    pieces = written_in([(tuple(path.split("/")), data) for path, data in documents])
    return {one.section: one.text for one in about_sections(pieces, NUMBERS)}


@pytest.mark.parametrize(
    "heading",
    [
        "## 4.4 Discussions",
        "### 4.4.7. Exercises",
        "# Abschnitt 4.4: Übungen",
        "## 4.4 讨论",
        "## § 4.4",
        "## 4.4",
    ],
)
def test_a_heading_with_a_number_is_enough(heading: str) -> None:
    data = notebook("Before.", f"{heading}\n\nRows are examples.")
    assert found(("hw.ipynb", data)) == {"4.4": f"{heading}\n\nRows are examples."}


def test_what_follows_belongs_to_the_section_until_the_next_one() -> None:
    data = notebook("# 4.4 Softmax", ("code", "x = 1"), "### Takeaways\nIt sums to 1.", "# 5.1 MLP\nBends.")
    assert found(("hw.ipynb", data)) == {
        "4.4": "# 4.4 Softmax\n\n### Takeaways\nIt sums to 1.",
        "5.1": "# 5.1 MLP\nBends.",
    }


def test_a_number_that_is_no_sections_belongs_to_the_section_above() -> None:
    text = b"# 4.4\nFirst.\n## 1.1 My idea\nSecond.\n## 9.9\nThird."
    assert found(("answers.md", text)) == {
        "4.4": "# 4.4\nFirst.\n\n## 1.1 My idea\nSecond.\n\n## 9.9\nThird."
    }
    assert found(("answers.md", b"## 1.1 My idea\nNo section above.")) == {}


def test_answers_of_several_files_are_one_answer() -> None:
    assert found(("a/answers.md", b"# 4.4\nOne."), ("hw.ipynb", notebook("# 4.4\nTwo."))) == {
        "4.4": "# 4.4\nOne.\n\n# 4.4\nTwo."
    }


def test_headings_alone_code_and_what_the_course_gave_are_no_answers() -> None:
    given = json.loads(notebook("# 4.4 Softmax\nWrite it.", "# 5.1 MLP\nMine."))
    given["cells"][0]["metadata"] = {"gradbook": GIVEN}
    assert found(("hw.ipynb", json.dumps(given).encode())) == {"5.1": "# 5.1 MLP\nMine."}
    assert found(("answers.md", b"# 4.4 Softmax\n## Discussions\n")) == {}
    assert found(("hw.ipynb", notebook(("code", "# 4.4 Softmax\nx = 1")))) == {}
    assert list(found(("answers.md", b"# 4.4\n```\n# 5.1 a comment\n```\nText."))) == ["4.4"]
    assert found(("answers.md", b"About 4.4 in passing.\n#4.4\n44.45 x")) == {}


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b'{"cells": 3}', b'{"cells": ["markdown"]}', b'["markdown"]', b"\xff\xfe" * 9, b"[" * 99_999],
)
def test_what_can_not_be_decoded_has_nothing_written_in_it(data: bytes) -> None:
    assert written_in([(("hw.ipynb",), data + b'"markdown"'), (("hw.ipynb",), data)]) == ()


def test_long_texts_are_cut_and_say_so() -> None:
    (one,) = written_in([(("answers.md",), b"# 4.4\n" + b"x" * 2 * MAX_TEXT)])
    assert one == WrittenAnswer("4.4", "# 4.4\n" + "x" * (MAX_TEXT - 6) + CUT, "answers.md")
