"""The names of the standard checks, which are part of every report: see `grader.checks.standard_checks`."""

from __future__ import annotations

from typing import Final

IS_DEFINED: Final = "is_defined"
ACCEPTS_ITS_ARGUMENTS: Final = "accepts_its_arguments"
RIGHT_TYPE: Final = "right_type"
RIGHT_SHAPE: Final = "right_shape"
RIGHT_DTYPE: Final = "right_dtype"
RIGHT_DEVICE: Final = "right_device"
LEAVES_ARGUMENTS_ALONE: Final = "leaves_arguments_alone"
RIGHT_VALUES: Final = "right_values"
RIGHT_GRADIENT: Final = "right_gradient"
FROM_SCRATCH: Final = "from_scratch"
GPU_READY: Final = "gpu_ready"

CALL_CHECKS: Final = (IS_DEFINED, ACCEPTS_ITS_ARGUMENTS)
"""What must hold before anything comes back."""
RETURN_CHECKS: Final = (RIGHT_TYPE, RIGHT_SHAPE, RIGHT_DTYPE, RIGHT_DEVICE)
"""What must hold of a result before its values are judged, in the order in which it is checked."""
ASIDE_FROM_VALUES: Final = (RIGHT_DTYPE, RIGHT_DEVICE, LEAVES_ARGUMENTS_ALONE)
"""What may be wrong although the numbers are right."""
