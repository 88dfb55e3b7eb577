"""What the usual exceptions mean, in a sentence: Python's and PyTorch's own words puzzle beginners."""

from __future__ import annotations

import re
from typing import Final

_SAID: Final = {
    r"^(UnboundLocalError|NameError: cannot access)": (
        "A name that a function assigns anywhere is the function's own, everywhere in it. Is it "
        "assigned before this line, on every way here?"
    ),
    r"^NameError": (
        "Python knows no such name here. Is it spelt as where it was defined? Is that in this file, and "
        "above?"
    ),
    r"must match the size of tensor b|shape mismatch|must match the existing size": (
        "Two shapes meet here that don't fit. Print both: has one of them lost an axis, or are its axes "
        "in another order?"
    ),
    r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got input|inconsistent tensor size": (
        "In A @ B each row of A meets each column of B: they must be as long. Print both shapes. Which "
        "one wants another shape, or another side?"
    ),
    r"is invalid for input of size": (
        "A new shape holds as many elements as the old one. Print the old one; -1 stands for the size "
        "that follows from the others."
    ),
    r"Boolean value of Tensor with (more than one value|no values) is ambiguous": (
        "if, and, or, min and max of Python want a single True or False, and this tensor holds many. "
        "Which function of PyTorch goes through all elements?"
    ),
    r"mean\(\): (could not infer output dtype|input dtype should be)": (
        "PyTorch takes means of floating-point numbers alone. What is the dtype here, and which one do "
        "you want?"
    ),
    r"expected scalar type|expected .* to have the same dtype|must have the same dtype": (
        "Two dtypes meet here that don't go together. Print both. Which one ought to change?"
    ),
    r"tensors used as indices must be|only integers, slices .* are valid indices": (
        "An index is a whole number, or a tensor of them. What is the dtype of this one?"
    ),
    r"on the same device|either on cpu or on the same device|Expected .* on .*cuda": (
        "A new tensor is made on the CPU unless you say otherwise. Make it where the others are: "
        "zeros_like and the like, or device=X.device."
    ),
    r"can't convert cuda.* to numpy": (
        "NumPy knows the CPU's memory alone. Stay with PyTorch's functions; where it must be NumPy, "
        "X.cpu().numpy() leads there, and .to(X.device) back."
    ),
    r"CUDA error": (
        "The GPU gave up, and whatever asks it afterwards fails as well. With --device cpu the same call "
        "says what is wrong: is an index out of range?"
    ),
    r"does not require grad and does not have a grad_fn": (
        "Nothing on the way here can learn. Does a leaf require gradients? Has .item(), .detach(), "
        "NumPy or a new tensor cut the way?"
    ),
    r"backward through the graph a second time": (
        "Each graph is walked back once, and then it is gone. Is the loss computed anew in every step?"
    ),
    r"leaf Variable that requires grad .*in-place|view of a leaf Variable": (
        "A tensor that learns is changed in place only while autograd looks away. Which context lets it?"
    ),
    r"Can't call numpy\(\) on Tensor that requires grad": (
        "NumPy knows nothing of gradients. Stay with PyTorch's functions where gradients are wanted."
    ),
    r"only one element tensors can be converted|cannot be converted to Scalar": (
        "float(), int() and .item() take a tensor of a single element. How many has this one?"
    ),
    r"NoneType": (
        "Something here is None: the result of a function without return, or .grad before any backward?"
    ),
    r"^AttributeError: 'Tensor' object": (
        "Tensors have no such attribute. What is the function or method called in PyTorch's documentation?"
    ),
    r"^AttributeError: '\w+' object has no attribute": (
        "Nothing of that name was set on this object. Does __init__ set it, spelt like this, before it "
        "is used?"
    ),
    r"object is not callable": (
        "Parentheses call what stands before them. Has a value got the name of a function, or does an "
        "operator miss?"
    ),
    r"^RecursionError": ("It calls itself, again and again. Was another function of the same name meant?"),
    r"^IndexError": ("Indices count from 0 to one less than the size. Print the shape: which axis is meant?"),
    r"^KeyError": ("There is no such key, or column. Which ones are there? Names differ between inputs."),
    r"^ModuleNotFoundError": (
        "This module isn't installed where the checks run. The exercises need none but those that the "
        "file imports at its top."
    ),
    r"^ZeroDivisionError": (
        "Which number can be 0 here, and for which input? Tensors give inf or nan; plain numbers raise."
    ),
}
ADVICE: Final = {re.compile(pattern): said for pattern, said in _SAID.items()}
"""What to say of an exception in which a pattern is found; the first one counts."""


def advice_on(kind: str, message: str) -> str:
    """Return what an exception means, by its class's name and its message; "" where there is no advice."""
    said = f"{kind}: {message}"
    return next((advice for pattern, advice in ADVICE.items() if pattern.search(said)), "")
