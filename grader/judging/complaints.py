"""What to say of an answer that is right wherever it doesn't raise, by what its exceptions complain about."""

from __future__ import annotations

from typing import Final

COMPLAINTS_EXPLAINED: Final = {
    "NumPy is given what requires a gradient": (
        "numpy-for-what-requires-a-gradient",
        (
            "It fails where an argument requires a gradient: NumPy can't record operations, so no "
            "gradient would flow back. Stay with PyTorch's own operations."
        ),
    ),
    "several elements are taken for one": (
        "several-elements-for-one",
        (
            "A tensor of several elements is used where Python needs one number or one truth value, as, for "
            "example, in `if`, in float(...), .item() or a function of the module math. Use an operation "
            "that works on all elements."
        ),
    ),
    "nothing requires a gradient": (
        "differentiates-what-is-cut-off",
        (
            "backward() is called on something that no gradient can flow through: it doesn't depend on a "
            "tensor that requires one, or is cut off from it, for example by detach(), item(), NumPy or "
            "torch.no_grad()."
        ),
    ),
    "dtypes don't fit": (
        "mixes-dtypes",
        (
            "Two dtypes meet that an operation doesn't combine. Usually a tensor is made with a dtype of "
            "its own instead of in that of the arguments."
        ),
    ),
    "an index isn't int64": (
        "labels-of-int64-only",
        (
            "It fails for labels of another dtype than int64, such as int32: what PyTorch uses as "
            "indices, in one_hot, gather or scatter, has to be int64. Convert them first, by long()."
        ),
    ),
    "out= can't be recorded": (
        "writes-into-out",
        (
            "It fails where an argument requires a gradient: what writes its result into a tensor given as "
            "out= can't be recorded, so no gradient would flow back. Take what the operation returns."
        ),
    ),
    "a plain number is taken for an array": (
        "numpy-makes-a-number",
        (
            "It fails for a tensor of shape (): NumPy makes a plain number of an array without axes, and "
            "torch.from_numpy takes arrays only. Stay with PyTorch's own operations, through which gradients "
            "flow back, too."
        ),
    ),
}
"""The name and the text for a kind of `grader.judging.observation_equality.COMPLAINTS`."""
