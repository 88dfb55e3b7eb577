"""2.3 Linear algebra."""

import torch
from hypothesis import strategies as st

from grader.laws import assert_close, boolean, dtypes, exercise, like, scalar, several, tensor, tensors, ulps

FORM = {
    "right_type": "Is there a return? And does it give back tensors: no .item(), .numpy() or list?",
    "right_dtype": "torch.zeros and torch.tensor make float32, unless they are told otherwise.",
    "leaves_arguments_alone": "+= and functions whose name ends in _ write into what you were given; "
    "a row such as A[0] is a part of A.",
}
GRAPH = {
    "right_gradient": "Gradients flow through operations on tensors. Where does yours leave them, for "
    "numbers of Python, arrays, or tensors made of these?"
}
BOOK = torch.arange(6.0).reshape(2, 3)
# As many rows as columns hide which is which: a square matrix, and one that doesn't commute with it.
SQUARE, OTHER = torch.tensor([[1.0, 2.0], [3.0, 5.0]]), torch.tensor([[0.0, 1.0], [-1.0, 4.0]])
SIZES = st.integers(1, 6)
FACTORS = st.sampled_from([-2.0, -0.5, 0.0, 2.0])


def matrices(*, nonzero=False):
    """Matrices of up to 6 x 6."""
    return tensors(dims=(2, 2), sizes=(1, 6), nonzero=nonzero)


def vectors(*, nonzero=False):
    """Vectors of up to 8 elements."""
    return tensors(dims=(1, 1), sizes=(1, 8), nonzero=nonzero)


@st.composite
def together(draw, *shapes):
    """Tensors of one dtype whose shapes, such as "mk", share the sizes that share a letter."""
    sizes, dtype = {letter: draw(SIZES) for letter in sorted(set("".join(shapes)))}, draw(dtypes())
    return tuple(draw(tensors(shape=[sizes[letter] for letter in shape], dtype=dtype)) for shape in shapes)


# is_symmetric ----------------------------------------------------------------------------------


@st.composite
def square_matrices(draw):
    """Square matrices: unrelated numbers, symmetric ones, and symmetric ones with one element moved.

    A comparison within rounding is right, too, so that no element moves by less than 1/64. It may move from
    one side of a whole number to the other.
    """
    n, kind = draw(SIZES), draw(st.integers(0, 3))
    A = draw(tensors(shape=(n, n)))
    if kind == 0:
        # Whole numbers and halves: what differs at all differs by more than rounding.
        return (2 * A).round() / 2
    A = A.triu() + A.triu(1).T
    if kind == 3 and n > 1:
        row, column = draw(st.permutations(range(n)))[:2]
        whole = draw(st.integers(-3, 3))
        A[row, column], A[column, row] = whole - 1 / 64, whole + 1 / 64
    elif kind > 1:
        row, column = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
        A[row, column] += draw(st.sampled_from([-2.0, -1 / 64, 1 / 64, 0.25, 8.0]))
    return A


def same_answer(got, expected):
    """The same of True and False."""
    assert got == expected, f"the matrix {'is' if expected else 'is not'} symmetric"


is_symmetric = exercise(
    "is_symmetric",
    asks="is_symmetric(A)",
    given={"A": square_matrices()},
    examples=[
        {"A": torch.tensor([[1.0, 2.0, 3.0], [2.0, 0.0, 4.0], [3.0, 4.0, 5.0]])},
        {"A": torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])},
        {"A": torch.tensor([[0.0, 1.0], [-1.0, 0.0]])},
        {"A": torch.tensor([[1.0, 2.0, 3.0], [2.0, 1.0, 4.0], [5.0, 4.0, 1.0]])},
        {"A": torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, 2.0], [2.0, 0.0, 1.0]])},
        {"A": torch.tensor([[1.0, 2.0, 3.0], [2.0, 1.0, 4.0], [3.0, 0.0, 1.0]])},
        {"A": torch.tensor([[1.0, 2.0], [2.015625, 1.0]])},
        {"A": torch.tensor([[-7.5]])},
    ],
    returns=boolean(),
    oracle=lambda A: bool((A - A.T).abs().max() == 0),
    equal=same_answer,
    points={"right_values": 0.5},
    hints={
        "accepts_its_arguments": "A == A.T has a truth value for each element. You need one for all of them.",
        "right_type": "A tensor with one truth value isn't a bool yet. What turns one into the other?",
        "leaves_arguments_alone": FORM["leaves_arguments_alone"],
        "right_values": [
            "Every element must equal its mirror image: one pair that differs is enough.",
            "A == A.T has an element for each pair. When are all of them true?",
        ],
    },
)


# normalize_rows --------------------------------------------------------------------------------


@st.composite
def tables_to_normalize(draw):
    """Matrices whose rows can be divided by their sums.

    The sum of a row is at least an eighth of the sum of its magnitudes: where positive and negative numbers
    cancel, what is left of them is rounding, and two right answers have nothing in common.
    """
    A = draw(matrices())
    sums, sizes = A.sum(dim=1, keepdim=True), A.abs().sum(dim=1, keepdim=True)
    return torch.where((sums.abs() < sizes / 8) | (sizes < 1), A.abs() + 1, A)


normalize_rows = exercise(
    "normalize_rows",
    asks="normalize_rows(A)",
    given={"A": tables_to_normalize()},
    examples=[{"A": BOOK}, {"A": torch.tensor([[1.0, -3.0], [-2.0, -6.0], [0.5, 0.5]])}, {"A": SQUARE}],
    returns=like("A"),
    oracle=lambda A: A / A.sum(dim=1, keepdim=True),
    # A sum of 6 numbers is off by at most 5/2 epsilons of its magnitudes, which are up to 8 times the sum
    # itself: 20. A reciprocal, a product or a quotient add 2.
    tolerance=ulps(32, scale=lambda A: (A.double() / A.double().sum(dim=1, keepdim=True)).abs()),
    differentiable=["A"],
    # A weight |w| <= 5 less a sum of weights times shares, which are 8 together, over the sum of the row: the
    # shares are as exact as above, the sum is off by 20 epsilons.
    gradient_tolerance=ulps(128, scale=lambda A: 45 / A.double().sum(dim=1, keepdim=True).abs()),
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **FORM,
        **GRAPH,
        "accepts_its_arguments": "Which shape must m sums have, to be broadcast along m rows?",
        "right_shape": "Dividing keeps the shape if the sums keep their axis.",
        "right_values": [
            "Each row has a sum of its own. Is it the sum of numbers, or of their sizes?",
            "[1, -1, 2] sums to 2. Keep the axis of the sum, so that each row is divided by its own.",
        ],
    },
)


@normalize_rows.law(hint="Along which axis do you sum, and what do you divide by it?")
def each_row_sums_to_one(A, P):
    """Each row of normalize_rows(A) sums to 1."""
    # 32 epsilons of magnitudes that sum to 8 at most.
    sums = P.double().sum(dim=1)
    assert_close(sums, torch.ones(len(A)), ulps(256), dtype=A.dtype, what="the sum of each row")


# axis_sums and axis_means ----------------------------------------------------------------------

A_VECTOR_EACH = several(
    tensor(lambda inputs: (inputs["A"].shape[1],), dtype_of="A"),
    tensor(lambda inputs: (inputs["A"].shape[0],), dtype_of="A"),
    scalar(dtype_of="A"),
)
# Each element is a part of one sum of each kind: three weights |w| <= 5, for means each over a count.
THREE_WEIGHTS = ulps(8, scale=15.0)
SHAPES = (
    FORM
    | GRAPH
    | {
        "accepts_its_arguments": "A matrix has the axes 0 and 1.",
        "right_type": "Three tensors, with commas between them: "
        "for the columns, for the rows, for everything.",
        "right_shape": "(m, n) without axis 0 is (n,), without axis 1 it is (m,), without both it is ().",
    }
)

axis_sums = exercise(
    "axis_sums",
    asks="axis_sums(A)",
    given={"A": matrices()},
    examples=[{"A": BOOK}, {"A": SQUARE}],
    returns=A_VECTOR_EACH,
    oracle=lambda A: (A.sum(dim=0), A.sum(dim=1), A.sum()),
    # Up to 36 numbers in any order: 35/2 epsilons of the sum of their magnitudes.
    tolerance=ulps(18, scale=lambda A: float(A.double().abs().sum())),
    differentiable=["A"],
    gradient_tolerance=THREE_WEIGHTS,
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **SHAPES,
        "right_values": [
            "Try a matrix of two rows and three columns by hand, in your order.",
            "sum(dim=0) goes down the rows and leaves one number for each column.",
        ],
    },
)


@axis_sums.law(hint="Which numbers does each of the three add up? None may be left out or come twice.")
def all_three_have_the_same_total(A, down, along, everything):
    """The sums of the columns, and those of the rows, add up to the sum of everything."""
    # Each of the three is within 18 epsilons of the magnitudes.
    total, near = everything.double(), ulps(36, scale=lambda A: float(A.double().abs().sum()))
    for part, what in ((down, "the sum of all columns' sums"), (along, "the sum of all rows' sums")):
        assert_close(part.double().sum(), total, near, inputs={"A": A}, dtype=A.dtype, what=what)


axis_means = exercise(
    "axis_means",
    asks="axis_means(A)",
    given={"A": matrices()},
    examples=[{"A": BOOK}, {"A": SQUARE}],
    returns=A_VECTOR_EACH,
    oracle=lambda A: (A.mean(dim=0), A.mean(dim=1), A.mean()),
    # A sum of up to 36 numbers over their count: 35/2 epsilons of the largest; the division adds 2.
    tolerance=ulps(20, scale=lambda A: float(A.double().abs().max())),
    differentiable=["A"],
    gradient_tolerance=THREE_WEIGHTS,
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **SHAPES,
        "right_values": [
            "How many numbers does each mean have? The matrix need not be square.",
            "mean(dim=0) divides by the number of rows, A.shape[0].",
        ],
    },
)


# transpose_sum and cumulative_sum --------------------------------------------------------------

transpose_sum = exercise(
    "transpose_sum",
    asks="transpose_sum(A, B)",
    given={"A, B": together("mn", "mn")},
    examples=[
        {"A": BOOK, "B": torch.tensor([[10.0, -20.0, 30.0], [40.0, 50.0, -60.0]])},
        {"A": SQUARE, "B": OTHER},
    ],
    returns=tensor(lambda inputs: tuple(reversed(inputs["A"].shape)), dtype_of="A"),
    oracle=lambda A, B: (A + B).T,
    # One addition for each element: half an epsilon.
    tolerance=ulps(1, scale=lambda A, B: (A.double() + B.double()).abs().T),
    differentiable=["A", "B"],
    gradient_tolerance=ulps(1, scale=5.0),  # a single weight |w| <= 5
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **FORM,
        **GRAPH,
        "right_shape": "What becomes of (m, n) when rows and columns change places?",
        "right_values": [
            "What stands in row i and column j of A stands in row j and column i of Aᵀ.",
            "A.T swaps the axes; for a square matrix A + A.T is symmetric.",
        ],
    },
)

cumulative_sum = exercise(
    "cumulative_sum",
    asks="cumulative_sum(A)",
    given={"A": matrices()},
    examples=[{"A": BOOK}, {"A": SQUARE}],
    returns=like("A"),
    oracle=lambda A: A.cumsum(dim=0),
    # Sums of up to 6 numbers in any order: 5/2 epsilons of the magnitudes above and in each place; whoever
    # goes up from the last row's sum subtracts 5 times, and has the whole column's.
    tolerance=ulps(8, scale=lambda A: A.double().abs().sum(dim=0)),
    differentiable=["A"],
    # An element is a part of the sums below it: up to 6 weights |w| <= 5, in any order, as above.
    gradient_tolerance=ulps(8, scale=30.0),
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **FORM,
        **GRAPH,
        "right_shape": "Nothing is dropped: each row becomes one row.",
        "right_values": [
            "Row i holds the sums of rows 0 to i, i itself among them. Which way is down?",
            "torch.cumsum along axis 0: [[1], [2], [3]] becomes [[1], [3], [6]].",
        ],
    },
)


@cumulative_sum.law(hint="Nothing lies above the first row, and everything above the last.")
def the_first_row_stays_and_the_last_is_the_total(A, C):
    """The first row is that of A, and the last row holds the sums of A's columns."""
    near = ulps(8, scale=lambda A: A.double().abs().sum(dim=0))
    assert_close(C[0], A[0], near, inputs={"A": A}, what="the first row")
    assert_close(C[-1], A.double().sum(dim=0), near, inputs={"A": A}, what="the last row")


# dot, matvec, matmul ---------------------------------------------------------------------------

# A sum of up to 6 products: each is off by half an epsilon, the sum in any order by 5/2 epsilons of the
# sum of the products' magnitudes |a| |b|, which is the scale: what is summed may cancel.


def largest(*tensors):
    """The largest magnitude in all of them."""
    return max(float(one.abs().max()) for one in tensors)


dot = exercise(
    "dot",
    asks="dot(x, y)",
    given={"x, y": together("n", "n")},
    examples=[{"x": torch.tensor([0.0, 1.0, 2.0]), "y": torch.ones(3)}],
    returns=scalar(dtype_of="x"),
    oracle=lambda x, y: (x * y).sum(),
    tolerance=ulps(8, scale=lambda x, y: (x.double() * y.double()).abs().sum()),
    differentiable=["x", "y"],
    # The other vector times a weight |w| <= 5.
    gradient_tolerance=ulps(4, scale=lambda x, y: 5 * largest(x, y)),
    points={"right_values": 0.1875, "right_gradient": 0.0625},
    hints={
        **FORM,
        **GRAPH,
        "accepts_its_arguments": "Both are vectors: they have one axis.",
        "right_shape": "Two vectors become one number, a tensor of shape ().",
        "right_values": [
            "Multiply what stands in the same place; then what?",
            "[1, 2] and [3, 4] give 3 + 8, one number.",
        ],
    },
)


@dot.law(
    given={"x": vectors(), "a": FACTORS},
    asks="dot(x, a * x)",
    returns=scalar(dtype_of="x"),
    hint="What is the dot product of (3, 4) with itself, by hand?",
)
def a_vector_times_itself_is_its_squared_length(x, a, product):
    """dot(x, a x) is a times the sum of the squares of x."""
    # Up to 8 products of at most twice the squares; a x is exact.
    squares = (x.double() ** 2).sum()
    assert_close(product, a * squares, ulps(8, scale=2 * squares), what="dot(x, a x)")


matvec = exercise(
    "matvec",
    asks="matvec(A, x)",
    given={"A, x": together("mn", "n")},
    examples=[
        {"A": BOOK, "x": torch.tensor([0.0, 1.0, 2.0])},
        {"A": SQUARE, "x": torch.tensor([1.0, -2.0])},
    ],
    returns=tensor(lambda inputs: (inputs["A"].shape[0],), dtype_of="A"),
    oracle=lambda A, x: (A * x).sum(dim=1),
    tolerance=ulps(8, scale=lambda A, x: (A.double() * x.double()).abs().sum(dim=1)),
    differentiable=["A", "x"],
    # Sums of up to 6 products with weights |w| <= 5.
    gradient_tolerance=ulps(8, scale=lambda A, x: 30 * largest(A, x)),
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **FORM,
        **GRAPH,
        "accepts_its_arguments": "(m, n) and (n,): which of these lengths must agree?",
        "right_shape": "Each of the m rows gives one number.",
        "right_values": [
            "Each number is a dot product. Of what with x?",
            "Row i of A and x make the number i. torch.mv and @ know that.",
        ],
    },
)


@matvec.law(
    given={"A": matrices(), "place": st.integers(0, 5)},
    asks="matvec(A, torch.eye(A.shape[1]).to(A)[place % A.shape[1]])",
    returns=tensor(lambda inputs: (inputs["A"].shape[0],), dtype_of="A"),
    hint="x weighs the columns of A.",
)
def a_one_among_zeros_picks_a_column(A, place, b):
    """Where x has a single 1 among zeros, the product is that column of A."""
    assert_close(b, A[:, place % A.shape[1]], ulps(0), what="the column")


matmul = exercise(
    "matmul",
    asks="matmul(A, B)",
    given={"A, B": together("mk", "kn")},
    examples=[{"A": BOOK, "B": torch.ones(3, 4)}, {"A": SQUARE, "B": OTHER}],
    returns=tensor(lambda inputs: (inputs["A"].shape[0], inputs["B"].shape[1]), dtype_of="A"),
    oracle=lambda A, B: torch.einsum("ij,jk->ik", A, B),
    tolerance=ulps(8, scale=lambda A, B: A.double().abs() @ B.double().abs()),
    differentiable=["A", "B"],
    gradient_tolerance=ulps(8, scale=lambda A, B: 30 * largest(A, B)),  # as for matvec
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints={
        **FORM,
        **GRAPH,
        "accepts_its_arguments": "(m, k) and (k, n): which of these lengths must agree?",
        "right_shape": "Each of the m rows meets each of the n columns.",
        "right_values": [
            "The element at [i, j] is a dot product. Of what with what?",
            (
                "Row i of A and column j of B make the element [i, j]. A * B multiplies what stands "
                "in the same place."
            ),
        ],
    },
)


@matmul.law(
    given={"A": matrices()},
    asks="(matmul(A, torch.eye(A.shape[1]).to(A)), matmul(torch.eye(A.shape[0]).to(A), A))",
    returns=several(like("A"), like("A")),
    hint="Where there is a single 1 among zeros, a dot product picks one number.",
)
def the_identity_matrix_changes_nothing(A, from_the_right, from_the_left):
    """A I and I A are A, where I has ones on its diagonal and zeros elsewhere."""
    assert_close(from_the_right, A, ulps(0), what="A I")
    assert_close(from_the_left, A, ulps(0), what="I A")


# l1_norm, l2_norm, frobenius_norm --------------------------------------------------------------

# A sum of n squares is off by n/2 epsilons of itself, and its root by half of that: 9 epsilons for n = 36.
# The root itself adds 1; taken by a power, or after a division by the largest element, up to 6.
# Squares below 2**-126 may become 0: up to n times that, and its root, is the floor.
ROOT_OF_SQUARES = 16
FLUSHED = 2.0**-63
# Norms have no gradient at 0, and the size of a number has none there. Elsewhere that of an l2 norm is an
# element over the norm, of magnitude 1 at most and as exact as the norm, times a weight |w| <= 5.
SLOPE_OF_A_NORM = ulps(2 * ROOT_OF_SQUARES, scale=5.0)
NORM = (
    FORM
    | GRAPH
    | {
        "accepts_its_arguments": "It must run for any number of elements.",
        "right_shape": "The whole becomes one number, a tensor of shape ().",
    }
)

l1_norm = exercise(
    "l1_norm",
    asks="l1_norm(x)",
    given={"x": vectors()},
    examples=[{"x": torch.tensor([3.0, -4.0])}, {"x": torch.zeros(3)}],
    returns=scalar(dtype_of="x"),
    oracle=lambda x: x.abs().sum(),
    # A sum of up to 8 numbers of one sign: 7/2 epsilons. A root of a square adds 1.
    tolerance=ulps(6, scale=lambda x: x.double().abs().sum(), floor=lambda x: len(x) * FLUSHED),
    differentiable=["x"],
    gradient_given={"x": vectors(nonzero=True)},
    gradient_tolerance=ulps(
        8, scale=5.0
    ),  # a sign, or x over the root of its square, times a weight |w| <= 5
    points={"right_values": 0.1875, "right_gradient": 0.0625},
    hints={
        **NORM,
        "right_values": [
            "In Manhattan you walk along the streets, in whichever direction.",
            "[3, -4] has length 7: sizes first, then their sum.",
        ],
    },
)

l2_norm = exercise(
    "l2_norm",
    asks="l2_norm(x)",
    given={"x": vectors()},
    examples=[{"x": torch.tensor([3.0, -4.0])}, {"x": torch.zeros(3)}],
    returns=scalar(dtype_of="x"),
    oracle=lambda x: (x * x).sum().sqrt(),
    tolerance=ulps(
        ROOT_OF_SQUARES, scale=lambda x: (x.double() ** 2).sum().sqrt(), floor=lambda x: len(x) * FLUSHED
    ),
    differentiable=["x"],
    gradient_given={"x": vectors(nonzero=True)},
    gradient_tolerance=SLOPE_OF_A_NORM,
    points={"right_values": 0.1875, "right_gradient": 0.0625},
    hints={
        **NORM,
        "right_values": [
            "(3, -4) has length 5: Pythagoras.",
            "Square, sum, root, in this order.",
        ],
    },
)

frobenius_norm = exercise(
    "frobenius_norm",
    asks="frobenius_norm(A)",
    given={"A": matrices()},
    examples=[{"A": torch.ones(4, 9)}, {"A": torch.zeros(2, 3)}],
    returns=scalar(dtype_of="A"),
    oracle=lambda A: (A * A).sum().sqrt(),
    tolerance=ulps(
        ROOT_OF_SQUARES, scale=lambda A: (A.double() ** 2).sum().sqrt(), floor=lambda A: A.numel() * FLUSHED
    ),
    differentiable=["A"],
    gradient_given={"A": matrices(nonzero=True)},
    gradient_tolerance=SLOPE_OF_A_NORM,
    points={"right_values": 0.1875, "right_gradient": 0.0625},
    hints={
        **NORM,
        "right_values": [
            "As if all elements stood in one long vector: how long is it?",
            "[[1, 2], [2, 4]] has length 5: what has Pythagoras to say to four numbers?",
        ],
    },
)


@l2_norm.law(
    asks="(l2_norm(x), l2_norm(a * x))",
    given={"x": vectors(), "a": FACTORS},
    returns=several(scalar(dtype_of="x"), scalar(dtype_of="x")),
    hint="Twice as long a vector: is its norm twice as large, or four times?",
)
def a_factor_stretches_the_l2_norm(x, a, before, after):
    """The l2 norm of a x is |a| times that of x, for a negative a, too."""
    allowed = ulps(64, scale=(x.double() ** 2).sum().sqrt(), floor=4 * len(x) * FLUSHED)
    assert_close(after, abs(a) * before.double(), allowed, what="the norm of a x")


@frobenius_norm.law(
    asks="(frobenius_norm(A), frobenius_norm(A.T))",
    given={"A": matrices()},
    returns=several(scalar(dtype_of="A"), scalar(dtype_of="A")),
    hint="Does it matter in which row an element stands?",
)
def the_transpose_has_the_same_norm(A, before, after):
    """A and Aᵀ have the same Frobenius norm: where an element stands doesn't matter."""
    scale = (A.double() ** 2).sum().sqrt()
    allowed = ulps(2 * ROOT_OF_SQUARES, scale=scale, floor=2 * A.numel() * FLUSHED)
    assert_close(after, before, allowed, what="the norm of the transpose")
