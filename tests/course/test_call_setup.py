"""The lines above a call that a failure shows; `test_pasted_calls.py` runs them for the whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.call_setup import setup_of
from grader.course.course import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.small_course import WriteCourse

DRIVE = "def twice(x):\n    return 2 * x\n\n\nONE = 1\n"


@pytest.mark.parametrize(
    ("stub", "call", "expected"),
    [
        ("import torch\n", "double(torch.tensor(1))", ""),
        ("import torch\n", "double(np.ones(2))", "import numpy as np\n"),
        ("import numpy as np\n", "double(np.ones(2))", ""),
        (
            "",
            "twice(double(ONE))",
            "import sys; sys.path.append('here')\nfrom drive_doubling import ONE, twice\n",
        ),
        (None, "double(pd.Series([1]))", "import pandas as pd\n"),
    ],
)
def test_what_the_file_lacks_is_imported(
    write: WriteCourse, stub: str | None, call: str, expected: str
) -> None:
    root: Path = write({"assignments/ch1/drive_doubling.py": DRIVE})
    section = next(one for one in load(root).sections if one.module == "doubling")
    section.stub.unlink(missing_ok=True)
    if stub is not None:
        section.stub.write_text(stub, encoding="utf-8")
    assert setup_of(section, call, "here") == expected
