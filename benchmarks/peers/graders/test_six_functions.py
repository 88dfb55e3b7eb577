"""0.1 Six functions: the assignment for Gradbook, as the checks file of a course."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import assignment
import six_functions

from grader.checks.declaration import exercise
from grader.checks.return_specs import table, tensor

for name in assignment.ALL:
    function = getattr(six_functions, name)
    arguments = ", ".join(assignment.inputs(name)[0])
    globals()[name] = exercise(
        name,
        asks=f"{name}({arguments})",
        given={},
        examples=assignment.inputs(name),
        returns=table() if name == "impute_with_mean" else tensor(),
        oracle=function,
        equal=assignment.check,
        points={"right_values": 1},
    )
