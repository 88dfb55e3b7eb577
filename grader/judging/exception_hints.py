"""Hints for common exceptions: Python's and PyTorch's own messages often puzzle beginners."""

from __future__ import annotations

import re
from typing import Final

_STR_IN_PANDAS_3: Final = (
    "In pandas 3 their dtype is str: dtype == object, right in pandas 2, finds none of them. Write "
    'select_dtypes(include=["object", "string"]), or ask pd.api.types.is_string_dtype(column).'
)
_HINTS: Final = {
    r"^(UnboundLocalError|NameError: cannot access)": (
        "A name that a function assigns anywhere is local to the whole function. Is it assigned before "
        "this line on every path?"
    ),
    r"^NameError": (
        "This name is not defined here. Is it spelled as in its definition? Is the definition in this "
        "file, and above?"
    ),
    r"NoneType": (
        "Something here is None: the result of a function without return, or .grad before any backward?"
    ),
    r"must match the size of tensor b|shape mismatch|must match the existing size": (
        "Two shapes don't fit together here. Print both: has one of them lost an axis, or are its axes in "
        "another order?"
    ),
    r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got input|inconsistent tensor size": (
        "A @ B multiplies each row of A with each column of B, so they must have the same length. Print "
        "both shapes. Which one needs another shape, or another side?"
    ),
    r"Sizes of tensors must match except in dimension|stack expects each tensor to be equal size": (
        "cat joins tensors along an axis that they have: all other axes must have the same size. stack puts "
        "tensors of one and the same shape along a new axis. Print the shapes."
    ),
    r"stack expects a non-empty|expected a non-empty list of Tensors": (
        "There is nothing to put together: the list of tensors is empty. For which input is it?"
    ),
    r"doesn't match the broadcast shape": (
        "In place, a tensor keeps its shape, and the result of this operation has another one. Print both "
        "shapes: should an axis be summed first, or is a new tensor meant?"
    ),
    r"1D tensors expected|vector \+ matrix @ vector expected": (
        "torch.dot takes two vectors, torch.mv a matrix and a vector; @ takes what it is given. Print the "
        "shapes."
    ),
    r"mismatch in its core dimension|operands could not be broadcast together": (
        "Two shapes of NumPy arrays don't fit together here. Print both: has one of them lost an axis?"
    ),
    r"view size is not compatible": (
        "view needs elements that lie in this order in memory; after a transpose they don't. reshape works "
        "on both."
    ),
    r"expected sequence of length|could not determine the shape of object|too many dimensions 'str'": (
        "torch.tensor takes numbers, and lists of them in which all rows are equally long. What is in here?"
    ),
    r"can't convert np.ndarray of type numpy.object_": (
        "This array holds Python objects, such as words or None, beside numbers: of which columns does it "
        "come?"
    ),
    r"is invalid for input of size": (
        "A new shape must hold as many elements as the old one. Print the old one; -1 stands for the size "
        "that follows from the others."
    ),
    r"Boolean value of Tensor with (more than one value|no values) is ambiguous": (
        "Python's if, and, or, min and max need a single True or False, but this tensor has many "
        "elements. Which function of PyTorch works on all of them?"
    ),
    r"\"bitwise_xor_\w{1,20}\" not implemented|unsupported operand type\(s\) for \^": (
        "In Python ^ is a bitwise operation on integers. A power is written **: x**2."
    ),
    r"not implemented for '(Float|Double)'": (
        "PyTorch has this operation for integers or truth values only, not for floating-point numbers. Which "
        "one did you mean?"
    ),
    r"not implemented for '\w{1,30}'": (
        "PyTorch doesn't have this operation for this dtype. Which dtype should the tensor have?"
    ),
    r"mean\(\): (could not infer output dtype|input dtype should be)": (
        "PyTorch computes means of floating-point numbers only. What is the dtype here, and which one do "
        "you want?"
    ),
    r"expected scalar type|expected .{0,100} to have the same dtype|must have the same dtype": (
        "Two dtypes don't fit together here. Print both. Which one should change?"
    ),
    r"tensors used as indices must be|only integers, slices \(": (
        "An index must be an integer, or a tensor of integers. What is the dtype of this one?"
    ),
    r"on the same device|either on cpu or on the same device|Expected .{0,100} on .{0,100}cuda": (
        "A new tensor is created on the CPU unless you say otherwise. Create it where the others are: "
        "zeros_like and the like, or device=X.device."
    ),
    r"can't convert cuda.{0,100} to numpy": (
        "NumPy works on the CPU only. Use PyTorch's functions; where NumPy is needed, X.cpu().numpy() "
        "converts to it, and .to(X.device) moves the result back."
    ),
    r"CUDA error": (
        "The GPU reported an error, and all later calls on it fail as well. With --device cpu the same "
        "call shows the cause: is an index out of range?"
    ),
    r"can be implicitly created only for scalar outputs": (
        "backward begins from a single number: sum or average first, or pass a gradient of the same shape."
    ),
    r"floating point (and complex )?dtype can require gradients": (
        "Only floating-point numbers have gradients: torch.arange(4.0), or a dtype, makes them."
    ),
    r"modified by an inplace operation": (
        "A value that backward needs was changed in place since. Which of += and methods that end in _ is it?"
    ),
    r"appears to not have been used in the graph": (
        "The result doesn't depend on this tensor. Was it computed from a copy, or from another one?"
    ),
    r"optimizer got an empty parameter list": (
        "The model has no parameters yet. Are they nn.Parameter, or in layers, and created in __init__?"
    ),
    r"can't optimize a non-leaf": (
        "An optimizer changes leaves: tensors that were made, not computed. Scale first, then call "
        "requires_grad_()."
    ),
    r"before Module\.__init__\(\) call": (
        "A class derived from nn.Module calls super().__init__() first, and assigns its layers and "
        "parameters after it."
    ),
    r"does not require grad and does not have a grad_fn": (
        "This result is not connected to a tensor that requires gradients. Does a leaf require them? Has "
        "no_grad, .item(), .detach(), NumPy or a new tensor cut the connection?"
    ),
    r"backward through the graph a second time": (
        "Backward can go through a graph once; then the graph is freed. Is the loss computed anew in "
        "every step?"
    ),
    r"leaf Variable that requires grad .{0,100}in-place|view of a leaf Variable": (
        "A leaf that requires gradients can be changed in place only while autograd is off. Which context "
        "turns it off?"
    ),
    r"Can't call numpy\(\) on Tensor that requires grad": (
        "NumPy doesn't track gradients. Use PyTorch's functions where gradients are needed."
    ),
    r"only one element tensors can be converted|cannot be converted to Scalar": (
        "float(), int() and .item() need a tensor with a single element. How many does this one have?"
    ),
    r"Cannot perform reduction '\w{1,20}' with string dtype|could not convert string to float": (
        f"There are words where numbers should be. Which columns of the table hold words? {_STR_IN_PANDAS_3}"
    ),
    r"^ValueError: No objects to concatenate": (
        f"There is nothing to put together: were columns of words selected? {_STR_IN_PANDAS_3}"
    ),
    r"assignment destination is read-only": (
        "This array shares its memory with a table. pandas 3 doesn't let you write into it, as pandas 2 did: "
        "copy the array first, or assign to a column of the table."
    ),
    r"argument '\w{1,30}' \(position \d\) must be Tensor|received an invalid combination of arguments": (
        "A function of PyTorch got something else than it takes: a number of Python or an array, perhaps. "
        "What are the types, and which does its documentation name?"
    ),
    r"can't be cast to the desired output type|Integers to negative integer powers": (
        "The tensor holds integers, and the result isn't one. Make it floating-point first: X.float(), or "
        "dtype=."
    ),
    r"^RuntimeError: Class values must be|one_hot is only applicable": (
        "one_hot takes a tensor of whole numbers, from 0 to one less than the number of classes."
    ),
    r"Index tensor must have the same number of dimensions": (
        "gather needs an index with as many axes as the tensor: index.unsqueeze(1) has one more. Indexing "
        "with [rows, columns] is often simpler."
    ),
    r"len\(\) of a 0-d tensor|iteration over a 0-d|invalid index of a 0-dim tensor": (
        "This tensor is a single number, without axes. Was an axis lost before? Print the shape."
    ),
    r"values to unpack": (
        "The number of names on the left isn't the number of values on the right. How many are there? Print "
        "the shape, or the length."
    ),
    r"object is not iterable": (
        "A loop, or unpacking, needs several values, and this is one. Is range(...) missing?"
    ),
    r"indices must be integers": (
        "A list is indexed by position, a dictionary or a table by name. What is this? Print its type."
    ),
    r"'(tuple|str)' object does not support item assignment": (
        "A tuple, or a string, can't be changed. Make a list of it, or a new one."
    ),
    r"argument must be a string, a bytes-like object or a real number": (
        "int() and float() take a number or its text. What is this? Print its type."
    ),
    r"^StopIteration": "next() was called on what is used up, or empty. A loop ends by itself there.",
    r"^FileNotFoundError": (
        "There is no such file where the checks run. Use the path that the function is given, as it is."
    ),
    r"^AttributeError: '(DataFrame|Series)' object": (
        "This table has no column or method of that name. Print its columns; a column is table['name']."
    ),
    r"can only concatenate str|unsupported operand type\(s\)": (
        "Two values of these types have no such operation. Print both types: is one of them text?"
    ),
    r"^AttributeError: module '[\w.]{1,60}' has no attribute": (
        "The module has no function of that name. Is it spelled as in its documentation?"
    ),
    r"^AttributeError: 'Tensor' object": (
        "Tensors have no such attribute. What is the function or method called in PyTorch's documentation?"
    ),
    r"^AttributeError: '\w+' object has no attribute": (
        "This object has no attribute of that name. Does __init__ set it, spelled like this, before it is "
        "used?"
    ),
    r"object is not callable": (
        "Parentheses call what is before them. Does a variable have the name of a function, or is an "
        "operator missing?"
    ),
    r"takes .{1,40} positional arguments? but|missing \d{1,3} required|unexpected keyword argument": (
        "A function is called with other arguments than it takes. Compare the call with its definition: is "
        "one missing, one too many, or in another place?"
    ),
    r"^RecursionError": (
        "The function calls itself again and again. Did you mean another function of the same name?"
    ),
    r"^IndexError": ("Indices run from 0 to one less than the size. Print the shape: which axis is meant?"),
    r"^KeyError": ("There is no such key or column. Which ones are there? Names differ between inputs."),
    r"^ModuleNotFoundError": (
        "This module isn't installed where the checks run. The exercises need only those that the file "
        "imports at its top."
    ),
    r"^ZeroDivisionError": (
        "Which number can be 0 here, and for which input? Tensors give inf or nan; plain numbers raise."
    ),
}
SAYS_IT_ALL: Final = re.compile(
    r"where nothing else sees it: move it|the course supplies what the book's package has"
)
"""In messages of our own that say what to do: a hint beside them would lead away from it."""
HINTS: Final = {re.compile(pattern): hint for pattern, hint in _HINTS.items()}
"""The hint for an exception whose "Kind: message" matches the pattern; the first match counts.

A student's code can raise any message. The patterns therefore bound their repetitions, and a message is short
(`grader.records.protocol.MAX_MESSAGE`).
"""


def hint_for(kind: str, message: str) -> str:
    """Return what an exception means, by its class's name and its message; "" where there is no hint."""
    if SAYS_IT_ALL.search(message):
        return ""
    text = f"{kind}: {message}"
    return next((hint for pattern, hint in HINTS.items() if pattern.search(text)), "")
