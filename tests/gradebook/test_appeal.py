"""What the page for an appeal takes from the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.gradebook.appeal import tolerance_of
from tests.fixtures.reports import result

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = '''"""5.1 Perceptrons."""

from grader.laws import exercise, ulps

# A product and a sum of at most 30.
ONE_SUM = ulps(2, scale=30.0)

relu = exercise(
    "relu",
    tolerance=ONE_SUM,
    gradient_tolerance=ulps(1),  # it is 0 or 1
    points={"right_values": 3},
)
'''


def test_the_derivation_of_a_tolerance_is_what_the_checks_say(tmp_path: Path) -> None:
    folder = tmp_path / "assignments" / "ch5"
    folder.mkdir(parents=True)
    (folder / "test_mlp.py").write_text(CHECKS)
    assert tolerance_of(tmp_path, result("relu", 1.0)).splitlines() == [
        "# A product and a sum of at most 30.",
        "ONE_SUM = ulps(2, scale=30.0)",
        "tolerance=ONE_SUM,",
        "gradient_tolerance=ulps(1),  # it is 0 or 1",
    ]
    assert tolerance_of(tmp_path, result("tanh", 1.0)) == ""
    (folder / "test_mlp.py").write_text("def broken(")
    assert tolerance_of(tmp_path, result("relu", 1.0)) == ""
