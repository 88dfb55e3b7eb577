"""2.1 Data manipulation."""

import numpy as np
import torch
from hypothesis import strategies as st

from grader.laws import (
    EXACT,
    Broken,
    array,
    assert_close,
    boolean,
    dtypes,
    exercise,
    like,
    number,
    several,
    tensor,
    tensors,
    ulps,
)

TENSOR = {
    "right_type": "Is there a return, and does it give back a tensor?",
    "right_shape": "Every element has its place: nothing is summed, flattened or left out.",
    "right_dtype": "The dtype is that of the arguments.",
}
ALONE = {
    "leaves_arguments_alone": "Operators such as += and functions whose name ends in _ change their argument."
}
GRAPH = {
    "right_gradient": "Operations on the arguments themselves let gradients flow back to them. What is made "
    "of their numbers alone, by Python or NumPy, has forgotten where these came from."
}

# The book's matrices.
BOOK_X = torch.arange(12.0).reshape(3, 4)
BOOK_Y = torch.tensor([[2.0, 1.0, 4.0, 3.0], [1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0]])
TENTHS = torch.tensor([[0.1, 0.2], [0.3, 0.7]], dtype=torch.float64)


def numbers(dtype):
    """Numbers to write into a tensor: whole ones, and others that its dtype can hold as they are."""
    floats = st.floats(-100, 100, width=8 * dtype.itemsize, allow_nan=False, allow_subnormal=False)
    return st.one_of(st.integers(-100, 100), floats)


@st.composite
def same_shape_twice(draw, *, dims):
    """Two unrelated tensors of one shape and dtype."""
    shape, kind = draw(st.lists(st.integers(1, 5), min_size=dims[0], max_size=dims[1])), draw(dtypes())
    return tuple(draw(tensors(shape=shape, dtype=kind)) for _ in range(2))


def filled(X, place, value):
    """A matrix with a new value at an index, in float64."""
    right = X.double().clone()
    right[place] = value
    return right


def what_comes_back_is_what_was_given(same):
    """The result is the very tensor that was given: no copy of it, and no view."""
    if not same:
        raise Broken("another tensor came back")


INTO_X = {"returns": like("X"), "after": ["right_values"], "hint": "What is written into a copy stays there."}
ITSELF = {"points": 0.25, "returns": boolean(), "hint": "Nothing is made here: return what you were given."}

# range_matrix ------------------------------------------------------------------------------------

range_matrix = exercise(
    "range_matrix",
    asks="range_matrix(rows, cols)",
    given={"rows": st.integers(1, 6), "cols": st.integers(1, 6)},
    examples=[{"rows": 3, "cols": 4}, {"rows": 4, "cols": 3}, {"rows": 40, "cols": 60}],
    returns=tensor(lambda given: (given["rows"], given["cols"]), dtype="float32"),
    oracle=lambda rows, cols: torch.arange(rows * cols).reshape(rows, cols),
    tolerance=EXACT,  # float32 holds whole numbers up to 2^24
    changes_arguments=True,  # a Python int can't be changed: there is nothing to look at
    gpu_ready=False,
    points={"right_values": 0.5},
    hints=TENSOR
    | {
        "accepts_its_arguments": "rows and cols are two numbers, any two.",
        "right_shape": "Numbers that lie in one row can be given another shape.",
        "right_dtype": "Whole numbers make a tensor of integers, unless you ask for another dtype.",
        "right_device": "A tensor is made on the CPU unless something else is asked for.",
        "right_values": [
            "The first number is 0. Where a row ends, the next one goes on counting.",
            "torch.arange counts, reshape makes rows.",
        ],
    },
)

# write_element -----------------------------------------------------------------------------------


@st.composite
def matrices_and_places(draw):
    """A matrix, the row and the column of one of its elements, and a number for this place."""
    X = draw(tensors(dims=(2, 2)))
    return X, *(draw(st.integers(0, size - 1)) for size in X.shape), draw(numbers(X.dtype))


write_element = exercise(
    "write_element",
    asks="write_element(X, row, col, value)",
    given={"X, row, col, value": matrices_and_places()},
    examples=[{"X": BOOK_X, "row": 1, "col": 2, "value": 17}],
    returns=like("X"),
    oracle=lambda X, row, col, value: filled(X, (row, col), value),
    tolerance=EXACT,
    changes_arguments=True,
    points={"right_values": 0.25},
    hints=TENSOR
    | {
        "accepts_its_arguments": "Which of the two indices comes first?",
        "right_values": [
            "A name for an element is not the element: assign to X at an index.",
            "X[i, j] on the left of = is a place in X, not a copy of what is there.",
        ],
    },
)


@write_element.law(asks="memory_after(write_element, X, row, col, value)", **INTO_X)
def X_itself_changes(X, row, col, value, memory):
    """It writes into the memory of the tensor that it is given."""
    assert_close(memory, filled(X, (row, col), value), EXACT, what="what X's memory holds after the call")


write_element.law(asks="write_element(X, row, col, value) is X", after=["X_itself_changes"], **ITSELF)(
    what_comes_back_is_what_was_given
)


# write_rows --------------------------------------------------------------------------------------


@st.composite
def matrices_and_rows(draw):
    """A matrix, a range of one or more of its rows, and a number for them."""
    X = draw(tensors(dims=(2, 2)))
    start = draw(st.integers(0, len(X) - 1))
    return X, start, draw(st.integers(start + 1, len(X))), draw(numbers(X.dtype))


write_rows = exercise(
    "write_rows",
    asks="write_rows(X, start, stop, value)",
    given={"X, start, stop, value": matrices_and_rows()},
    examples=[
        {"X": BOOK_X, "start": 0, "stop": 2, "value": 12},
        {"X": BOOK_X.reshape(6, 2), "start": 1, "stop": 4, "value": -1.5},
    ],
    returns=like("X"),
    oracle=lambda X, start, stop, value: filled(X, slice(start, stop), value),
    tolerance=EXACT,
    changes_arguments=True,
    points={"right_values": 0.25},
    hints=TENSOR
    | {
        "accepts_its_arguments": "Matrices have any number of rows and columns; one number fits all of them.",
        "right_values": [
            "The first axis is that of the rows. Is row start among those filled, row stop not?",
            "A slice start:stop on the left of = takes whole rows, and a single number fills them.",
        ],
    },
)


@write_rows.law(asks="memory_after(write_rows, X, start, stop, value)", **INTO_X)
def X_itself_is_filled(X, start, stop, value, memory):
    """It writes into the memory of the tensor that it is given."""
    right = filled(X, slice(start, stop), value)
    assert_close(memory, right, EXACT, what="what X's memory holds after the call")


write_rows.law(asks="write_rows(X, start, stop, value) is X", after=["X_itself_is_filled"], **ITSELF)(
    what_comes_back_is_what_was_given
)


# elementwise -------------------------------------------------------------------------------------


@st.composite
def positive_bases(draw):
    """Two tensors of one shape: positive numbers, and nonzero ones."""
    shape, kind = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)), draw(dtypes())
    x = draw(tensors(shape=shape, dtype=kind, low=2**-3, high=8))
    return x, draw(tensors(shape=shape, dtype=kind, low=-3, high=3, nonzero=True))


@st.composite
def bases_and_exponents(draw):
    """Two tensors of one shape: positive numbers and nonzero ones; or any numbers and 1, 2 or 3."""
    if draw(st.booleans()):
        return draw(positive_bases())
    shape, kind = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)), draw(dtypes())
    x = draw(tensors(shape=shape, dtype=kind, low=-8, high=8))
    whole = draw(st.lists(st.integers(1, 3), min_size=x.numel(), max_size=x.numel()))
    return x, torch.tensor(whole, dtype=kind).reshape(x.shape)


def all_five_close(got, expected):
    """Each of the five is right up to rounding, relative to itself: none cancels what was rounded before."""
    # One operation rounds by half an epsilon of its result; x times 1 / y by three halves. A power as
    # exp(y log x) rounds log x and its product with y, of magnitude 3 log 8 = 6.2 at most: less than 16.
    names, multiples = ("x + y", "x - y", "x * y", "x / y", "x ** y"), (2, 2, 2, 2, 16)
    for name, multiple, one, right in zip(names, multiples, got, expected, strict=True):
        assert_close(one, right, ulps(multiple, scale=right.abs()), what=name)


def slopes(x, y):
    """How fast the five results grow along x, or along y, each weighted by 5."""
    x, y = x.double(), y.double()
    along_x = 2 + y.abs() + 1 / y.abs() + y.abs() * x ** (y - 1)
    along_y = 2 + x + x / y**2 + x**y * x.log().abs()
    return 5 * torch.maximum(along_x, along_y)


elementwise = exercise(
    "elementwise",
    asks="elementwise(x, y)",
    given={"x, y": bases_and_exponents()},
    examples=[
        {"x": torch.tensor([1.0, 2.0, 4.0, 8.0]), "y": torch.tensor([2.0, 2.0, 2.0, 2.0])},
        {"x": torch.tensor([[-1.5, 2.0, -3.0]]), "y": torch.tensor([[3.0, 1.0, 2.0]])},
    ],
    returns=several(*5 * [like("x")]),
    oracle=lambda x, y: (x + y, x - y, x * y, x / y, x**y),
    equal=all_five_close,
    differentiable=["x", "y"],
    gradient_given={"x, y": positive_bases()},  # others have no derivative with respect to their exponent
    # Five terms, one for each operator, with weights |w| <= 5; a power is off by 16 epsilons, as above.
    gradient_tolerance=ulps(64, scale=slopes),
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints=TENSOR
    | ALONE
    | GRAPH
    | {
        "accepts_its_arguments": "Is each operator one that Python has for floating numbers?",
        "right_type": "Five tensors, one for each operator, with commas between them.",
        "right_values": [
            "Sum, difference, product, quotient, power: is x on the left, y on the right?",
            "With x = 4 and y = 2: 6, 2, 8, 2 and 16, in the order of the docstring.",
        ],
    },
)

# concatenate -------------------------------------------------------------------------------------

concatenate = exercise(
    "concatenate",
    asks="concatenate(X, Y)",
    given={"X, Y": same_shape_twice(dims=(2, 2))},
    examples=[
        {"X": BOOK_X, "Y": BOOK_Y},
        # Numbers that float32 doesn't hold.
        {"X": TENTHS, "Y": -TENTHS},
    ],
    returns=several(
        tensor(lambda given: (2 * len(given["X"]), given["X"].shape[1]), dtype_of="X"),
        tensor(lambda given: (len(given["X"]), 2 * given["X"].shape[1]), dtype_of="X"),
    ),
    oracle=lambda X, Y: (torch.cat((X, Y), dim=0), torch.cat((X, Y), dim=1)),
    tolerance=EXACT,
    differentiable=["X", "Y"],
    # Each number stands in both results: the sum of two weights |w| <= 5.
    gradient_tolerance=ulps(2, scale=10.0),
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints=TENSOR
    | ALONE
    | GRAPH
    | {
        "accepts_its_arguments": "A matrix has two axes. Which numbers do they have?",
        "right_type": "Two tensors, with a comma between them.",
        "right_shape": "Below each other, the rows get more; beside each other, the columns do. No new axis.",
        "right_values": [
            "X comes first, whole, and then Y.",
            "torch.cat takes a tuple or list of tensors, and dim says along which axis they are joined.",
        ],
    },
)

# broadcast_sum -----------------------------------------------------------------------------------

broadcast_sum = exercise(
    "broadcast_sum",
    asks="broadcast_sum(a, b)",
    given={"a, b": dtypes().flatmap(lambda kind: st.tuples(*2 * [tensors(dims=(1, 1), dtype=kind)]))},
    examples=[
        {"a": torch.tensor([0.0, 1.0, 2.0]), "b": torch.tensor([0.0, 1.0])},
        {"a": torch.tensor([1.0, 2.0, 3.0]), "b": torch.tensor([10.0, 20.0, 30.0])},
    ],
    returns=tensor(lambda given: (len(given["a"]), len(given["b"])), dtype_of="a"),
    oracle=lambda a, b: a[:, None] + b[None, :],
    # One sum rounds by half an epsilon of its result.
    tolerance=ulps(1, scale=lambda a, b: a.double().abs()[:, None] + b.double().abs()),
    differentiable=["a", "b"],
    # A sum of up to five weights |w| <= 5.
    gradient_tolerance=ulps(4, scale=25.0),
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints=TENSOR
    | ALONE
    | GRAPH
    | {
        "accepts_its_arguments": "Vectors of different lengths can't be added as they are. Which shapes can?",
        "right_shape": "One row for each element of a, one column for each element of b.",
        "right_values": [
            "What stands in row 1, column 0? It needs one element of each vector.",
            "A column of shape (n, 1) and a row of shape (1, m) make a matrix: which vector is which?",
        ],
    },
)

# add_in_place ------------------------------------------------------------------------------------


def one_sum(x, y):
    """The magnitude of a sum's terms: the sum rounds by half an epsilon of that at most."""
    return x.double().abs() + y.double().abs()


add_in_place = exercise(
    "add_in_place",
    asks="add_in_place(x, y)",
    given={"x, y": same_shape_twice(dims=(1, 3))},
    examples=[{"x": BOOK_X, "y": BOOK_Y}],
    returns=like("x"),
    oracle=lambda x, y: x + y,
    tolerance=ulps(1, scale=one_sum),
    changes_arguments=True,
    points={"right_values": 0.25},
    hints=TENSOR
    | {
        "accepts_its_arguments": "There are operators for it, and methods of the tensor that is to change.",
        "right_values": [
            "The sum, element by element, once.",
            "X + Y is a new tensor, X += Y and X[:] = X + Y are not.",
        ],
    },
)


@add_in_place.law(
    asks="(add_in_place(x, y), y)[1]",
    returns=like("y"),
    after=["right_values"],
    hint="Which of the two tensors is meant to become the sum?",
)
def y_stays_as_it_is(y, y_after):
    """Only x changes: y holds the same numbers as before."""
    assert_close(y_after, y, EXACT, what="y after the call")


@add_in_place.law(
    asks="memory_after(add_in_place, x, y)",
    returns=like("x"),
    after=["y_stays_as_it_is"],
    hint="x = x + y makes a new tensor and gives it the old one's name. What writes into x?",
)
def the_sum_lies_where_x_lay(x, y, memory):
    """The memory that x had holds the sum afterwards."""
    tolerance = ulps(1, scale=one_sum(x, y))
    assert_close(memory, x.double() + y.double(), tolerance, what="what x's memory holds after the call")


add_in_place.law(asks="add_in_place(x, y) is x", after=["the_sum_lies_where_x_lay"], **ITSELF)(
    what_comes_back_is_what_was_given
)


# to_numpy_and_back -------------------------------------------------------------------------------

# Made of arrays, tensors are in main memory: nothing else can be shared with NumPy.
ARRAYS = tensors(dims=(1, 3)).map(lambda x: x.numpy())

to_numpy_and_back = exercise(
    "to_numpy_and_back",
    asks="to_numpy_and_back(torch.from_numpy(x))",
    given={"x": ARRAYS},
    examples=[{"x": np.arange(12, dtype="float32").reshape(3, 4)}],
    returns=several(array(), like("x")),
    oracle=lambda x: (x, x),
    tolerance=EXACT,
    gpu_ready=False,
    points={"right_values": 0.25},
    hints=TENSOR
    | {
        "accepts_its_arguments": "A tensor's methods are not quite those of a pandas table.",
        "right_type": "Two results, with a comma between them: first the array, then the tensor.",
        "right_device": "What shares memory with NumPy is in main memory: on the CPU.",
        "leaves_arguments_alone": "Return both without writing into any.",
        "right_values": [
            "Both hold the numbers of x, in the same shape.",
            "x.numpy() goes one way, torch.from_numpy the other.",
        ],
    },
)


@to_numpy_and_back.law(
    points=0.25,
    given={"x": ARRAYS, "number": st.integers(31, 99)},
    asks="overwritten(to_numpy_and_back, torch.from_numpy(x), number)",
    returns=several(array(), like("x")),
    after=["right_values"],
    hint="Which functions that convert say that they copy, and which that they share?",
)
def what_is_written_into_x_stands_in_both(number, as_array, as_tensor):
    """Array and tensor lie in x's memory: a number that is written into x stands in both of them."""
    for name, got in (("array", as_array), ("tensor", as_tensor)):
        if not (torch.as_tensor(got) == number).all():
            raise Broken(f"all of x is {number} now, and the {name} holds other numbers", got=got)


# to_scalars --------------------------------------------------------------------------------------


@st.composite
def single_elements(draw):
    """Tensors of one element, floating or whole, with no, one or two axes."""
    x = draw(tensors(shape=draw(st.sampled_from([(), (1,), (1, 1)])), low=-1000, high=1000))
    return x.long() if draw(st.booleans()) else x


def same_numbers(got, expected):
    """All three are exactly the expected numbers."""
    for name, one, right in zip(("first", "second", "third"), got, expected, strict=True):
        if one != right:
            raise Broken(f"the {name} number is {one!r}, expected {right!r}", got=got, expected=expected)


to_scalars = exercise(
    "to_scalars",
    asks="to_scalars(x)",
    given={"x": single_elements()},
    examples=[
        {"x": torch.tensor([3.5])},
        {"x": torch.tensor([[-3.5]])},
        {"x": torch.tensor(7)},
        # Numbers that float32 doesn't hold.
        {"x": torch.tensor(0.1, dtype=torch.float64)},
        {"x": torch.tensor([2**24 + 1])},
    ],
    returns=several(number(), number(), number()),
    oracle=lambda x: (x.item(), float(x), int(x)),
    equal=same_numbers,
    points={"right_values": 0.25},
    hints=ALONE
    | {
        "accepts_its_arguments": "The element may be the only one of no, one or two axes.",
        "right_type": "Three numbers of Python: neither tensors nor NumPy's scalars.",
        "right_values": [
            "Python's int cuts off what stands behind the point, on both sides of 0.",
            "x.item() is Python's number. What do float and int make of -1.5?",
        ],
    },
)


@to_scalars.law(
    points=0.125, after=["right_values"], hint="3.0 equals 3 and is not the same: ask for its type."
)
def each_is_of_its_own_type(x, item, as_float, as_int):
    """The second is a float, the third an int; the first is a float or an int, as x's dtype says."""
    kinds = (float if x.is_floating_point() else int, float, int)
    for name, one, kind in zip(("first", "second", "third"), (item, as_float, as_int), kinds, strict=True):
        if type(one) is not kind:
            raise Broken(f"the {name} number is of type {type(one).__name__}, expected {kind.__name__}")


@to_scalars.law(
    points=0.125,
    given={"x": st.integers(2**53 + 1, 2**62).map(lambda whole: torch.tensor([whole]))},
    examples=[{"x": torch.tensor([2**53 + 1])}],
    cases=4,
    returns=several(number(), number(), number()),
    after=["each_is_of_its_own_type"],
    hint="A float of Python has sixteen digits. How many has an int?",
)
def large_whole_numbers_stay_exact(x, item, _as_float, as_int):
    """Whole numbers beyond the digits of a float are exact as item and as int."""
    for name, one in (("first", item), ("third", as_int)):
        if one != x.item():
            raise Broken(f"the {name} number is {one}, expected {x.item()}", got=one, expected=x.item())
