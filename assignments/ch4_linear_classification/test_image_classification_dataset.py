"""4.2 The image classification dataset."""

import numpy as np
import torch
from hypothesis import strategies as st

from grader.laws import (
    Broken,
    PlainSpec,
    any_of,
    assert_close,
    beside,
    boolean,
    exercise,
    gallery,
    list_of,
    number,
    several,
    tensor,
    text,
    training_images,
    ulps,
)

NAMES = [
    "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
]  # fmt: skip
CLASSES = st.integers(0, 9)
DOWN = list(range(9, -1, -1))


def spoken(name):
    """A class's name by its letters alone: case, hyphens and spaces don't count, nor a second name."""
    return "".join(letter for letter in name.partition("/")[0].casefold() if letter.isalpha())


def assert_named(titles, names):
    """Raise `Broken` unless the titles name the classes."""
    if [spoken(title) for title in titles] != [spoken(name) for name in names]:
        raise Broken("these are not the names of the classes", got=titles, expected=names)


# FashionMNIST ------------------------------------------------------------------------------------


def noise(seed, n):
    """Images (n, 28, 28) whose pixels have nothing to do with each other."""
    return np.random.default_rng(seed).integers(0, 256, (n, 28, 28), dtype=np.uint8)


def slopes(seed, n):
    """Images (n, 28, 28) that change evenly from corner to corner, each corner as chance has it."""
    corners = np.random.default_rng(seed).integers(0, 256, (n, 2, 2))
    along = np.stack([np.linspace(1, 0, 28), np.linspace(0, 1, 28)])
    return np.round(along.T @ corners @ along).astype(np.uint8)


@st.composite
def two_sets(draw, images):
    """Images (n, 28, 28) and labels to train on, and as many others to validate on."""
    n, drawn = draw(st.integers(1, 4)), []
    for _ in range(2):
        labels = draw(st.lists(CLASSES, min_size=n, max_size=n))
        drawn += [images(draw(st.integers(0, 2**16)), n), labels]
    return tuple(drawn)


SETS = "train_images, train_labels, val_images, val_labels"


def examples_of(size):
    """Images and labels of both sets come back, the images (n, 1, height, width)."""
    members = []
    for labels in ("train_labels", "val_labels"):
        images = tensor(lambda given, labels=labels: (len(given[labels]), 1, *size(given)), dtype="float32")
        members += [images, tensor(lambda given, labels=labels: (len(given[labels]),), dtype="int64")]
    return several(*members)


def scaled(images, size=(28, 28)):
    """Images (n, 1, height, width) with elements between 0 and 1, in float64, as Resize makes them."""
    pixels = torch.from_numpy(images).double()[:, None] / 255
    return torch.nn.functional.interpolate(pixels, size, mode="bilinear", antialias=True)


FashionMNIST = exercise(
    "FashionMNIST",
    asks=f"loaded(FashionMNIST, {SETS})",
    given={SETS: two_sets(noise)},
    cases=6,
    returns=examples_of(lambda _given: (28, 28)),
    oracle=lambda train_images, train_labels, val_images, val_labels: (
        scaled(train_images), torch.tensor(train_labels), scaled(val_images), torch.tensor(val_labels),
    ),
    # A byte over 255, or times a rounded 1 / 255; images of 28 by 28 are not scaled at all.
    tolerance=ulps(2),
    changes_arguments=True,  # they become files, which nobody can change the arguments through
    points={"right_values": 0.75},
    hints={
        "accepts_its_arguments": "Both sets come from torchvision.datasets.FashionMNIST below self.root.",
        "right_type": "Which transform makes a tensor of an image?",
        "right_shape": "(1, height, width) for each image: the first axis is its one channel.",
        "right_dtype": "ToTensor gives float32.",
        "right_device": "Data stay on the CPU; whoever trains takes batches elsewhere.",
        "right_values": [
            ("Two sets, and one argument of torchvision's class tells them apart. Elements lie "
            "between 0 and 1: which transform does that by itself?"),
            ("transforms.ToTensor() scales; train=True or False chooses the set; Resize goes "
            "before ToTensor."),
        ],
    },
    seconds=30,
)  # fmt: skip


@FashionMNIST.law(
    points=0.5,
    given={
        SETS: two_sets(slopes),
        "resize": st.tuples(st.integers(14, 56), st.integers(14, 56)),
        "by_name": st.booleans(),
    },
    asks=f"loaded(FashionMNIST, {SETS}, resize, by_name)",
    examples=[
        {
            "train_images": slopes(1, 4),
            "train_labels": [0, 1, 2, 3],
            "val_images": slopes(2, 2),
            "val_labels": [4, 5],
            "resize": size,
            "by_name": by_name,
        }
        # A side that is as long as it was before, too.
        for size, by_name in [((32, 32), True), ((14, 40), False), ((29, 28), True), ((28, 29), False)]
    ],
    cases=4,
    room=2**19,
    returns=examples_of(lambda given: given["resize"]),
    after=["right_values"],
    hint="transforms.Resize takes a height and a width, and Compose does one thing after another.",
)
def it_scales_every_image(
    train_images, val_images, resize, train_scaled, train_labels_after, val_scaled, val_labels_after
):
    """With resize=(height, width), each image of both sets is scaled, as a whole, to that size."""
    # Neighbouring pixels differ by 1 / 27 at most, along each axis. Whichever way to interpolate one chooses,
    # a pixel is made of those less than one away from its place; and it is rounded to bytes twice.
    nearby = ulps(0, floor=2 / 27 + 2 / 255)
    assert_close(train_scaled, scaled(train_images, resize), nearby, what="the training images")
    assert_close(val_scaled, scaled(val_images, resize), nearby, what="the validation images")


@FashionMNIST.law(
    points=0.25,
    given={},
    asks="folders(FashionMNIST)",
    returns=several(text(), list_of(several(text(), boolean()))),
    cases=1,
    after=["right_values"],
    hint="torchvision's first argument is its root; its last one is download.",
)
def it_looks_below_its_root(root, told):
    """Both sets are looked for below self.root, and nowhere else; what isn't there is downloaded."""
    if not root:
        raise Broken('the object has no root that is a folder: let it be "../data"')
    for folder, downloads in told:
        if folder != root:
            raise Broken("torchvision was told to look elsewhere", got=folder, expected=root)
        if not downloads:
            raise Broken("torchvision was not told to download what isn't there")


@FashionMNIST.law(
    points=0.25,
    given={"sizes": st.permutations([2, 3, 5]), "shapes": st.permutations([(28, 28), (20, 14), (32, 32)])},
    asks="of_the_first(FashionMNIST, sizes, shapes)",
    returns=several(list_of(number()), list_of(number())),
    cases=3,
    after=["right_values"],
    hint="Where are batch_size and the two sets kept: in self, or in the class, which all objects share?",
)
def two_objects_share_nothing(sizes, shapes, lengths, shape_of_both):
    """An object keeps its batch_size and its images when another one is made with other arguments."""
    if lengths != [sizes[0]]:
        raise Broken("minibatches have the size of the other object", got=lengths, expected=[sizes[0]])
    if tuple(shape_of_both) != 2 * shapes[0]:
        message = "images (for training, for validation) are scaled as those of the other object"
        raise Broken(message, got=shape_of_both, expected=list(2 * shapes[0]))


@FashionMNIST.law(
    points=0.25,
    given={"indices": st.lists(CLASSES, min_size=1, max_size=8)},
    examples=[{"indices": [9, 0, 0, 8, 1, 7, 2, 6, 3, 5, 4]}],
    asks="named(FashionMNIST, indices)",
    returns=list_of(text()),
    cases=8,
    after=["right_values"],
    hint="One name for each index, in the order of the indices; 0 is a t-shirt, 9 an ankle boot.",
)
def text_labels_names_classes(indices, names):
    """text_labels(indices) gives the name of each class, in the order of the indices."""
    assert_named(names, [NAMES[index] for index in indices])


LOADER = {
    "given": {
        "labels": st.lists(CLASSES, min_size=20, max_size=40),
        "batch_size": st.integers(1, 45),
        "train": st.booleans(),
    },
    "examples": [
        {"labels": [3 * i % 10 for i in range(70)], "batch_size": size, "train": train}
        for size in (None, 7)
        for train in (True, False)
    ],
    "cases": 3,
    "asks": "passes(FashionMNIST, labels, batch_size, train)",
    "returns": several(list_of(text()), *[list_of(number())] * 4),
}


@FashionMNIST.law(
    points=0.5,
    **LOADER,
    after=["right_values"],
    hint="Which set, how many at a time (64 unless said otherwise), and what of the examples at its end?",
)
def each_example_comes_once_in_minibatches(labels, batch_size, train, forms, beside, first, second, anew):
    """get_dataloader(train) goes once through its set, batch_size images at a time, labels beside them.

    Labels are int64: as an index, bytes would be a mask, and a cross-entropy takes no other integers.
    """
    right = [f"({size}, 1, 28, 28) and ({size},)" for size in sizes_of(len(labels), batch_size)]
    if forms != right:
        raise Broken(
            f"minibatches are of another form; the number of examples is {len(labels)}",
            got=forms,
            expected=right,
        )
    name = "training" if train else "validation"
    for seen in (first, second, anew):
        if sorted(seen) != list(range(len(labels))):
            raise Broken(f"these are not the {name} examples, each of them once", got=sorted(seen))
    if beside != [labels[place] for place in first]:
        raise Broken("the labels are not those of the images beside them", got=beside)


def sizes_of(n, batch_size):
    """The sizes of minibatches of n examples, with 64 in a minibatch unless said otherwise."""
    size = batch_size or 64
    return [size] * (n // size) + ([n % size] if n % size else [])


def together(seen, sizes):
    """Which examples share a minibatch, in whatever order."""
    ends = np.cumsum(sizes)
    return {frozenset(seen[end - size : end]) for end, size in zip(ends, sizes, strict=True)}


@FashionMNIST.law(
    points=0.25,
    **LOADER,
    after=["right_values", "each_example_comes_once_in_minibatches"],
    hint="DataLoader has an argument for this, and train says when it is wanted.",
)
def only_training_data_is_shuffled(batch_size, train, forms, beside, first, second, anew):
    """Training examples come in a random order, a new one each time; validation examples don't."""
    # At least 20 examples: a shuffle that changes nothing happens once in 20! times.
    in_order = list(range(len(first)))
    if not train:
        if not first == second == anew == in_order:
            raise Broken("the validation examples are shuffled", got=first, expected=in_order)
        return
    if first == in_order:
        raise Broken("the training examples come in the order of the set", got=first)
    if first == second:
        raise Broken("a second pass through the training examples has the order of the first", got=second)
    if anew in (first, second):
        raise Broken("a second get_dataloader(True) has an order of the first one", got=anew)
    sizes = sizes_of(len(first), batch_size)
    # Of four minibatches or more, the same ones come twice less than once in 10^8 times. Those of one
    # example are always the same.
    if 4 <= len(sizes) < len(first) and together(first, sizes) in (
        together(in_order, sizes), together(second, sizes),
    ):  # fmt: skip
        raise Broken("the same examples share a minibatch each time: only their order changes", got=first)


@st.composite
def minibatches_to_see(draw):
    """Images (n, height, width), their classes, a grid of more or fewer places, and labels or none."""
    # Not a grid of one place, which the book's own show_images can't draw.
    rows, cols = draw(any_of((1, 8), (1, 2), (2, 1), (2, 3), (3, 2), (2, 8)))
    classes = draw(st.lists(CLASSES, min_size=1, max_size=rows * cols + 3))
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    words = st.lists(any_of("right", "wrong"), min_size=len(classes), max_size=len(classes))
    imgs = pictures(draw(st.integers(0, 2**16)), len(classes), height, width)
    return imgs, classes, rows, cols, draw(st.none() | words)


def pictures(seed, n, height, width):
    """Images (n, height, width) in eighths, each from black to white: drawing may scale its shades."""
    images = np.random.default_rng(seed).integers(0, 9, (n, height, width))
    images[:, 0, 0], images[:, -1, -1] = 0, 8
    return (images / 8).astype(np.float32)


def assert_pictured(drawn, imgs):
    """Raise `Broken` unless these are the images; their shades may be scaled, and rounded to bytes."""
    if len(drawn) != len(imgs):
        raise Broken(f"the number of images drawn is {len(drawn)}, expected {len(imgs)}")
    for position, (seen, img) in enumerate(zip(drawn, imgs, strict=True), start=1):
        if tuple(seen.shape) != img.shape:
            raise Broken(f"image {position} has shape {tuple(seen.shape)}, expected {img.shape}", got=seen)
        dark, bright = seen.min(), seen.max()
        shades = (seen - dark) / (bright - dark) if bright > dark else seen
        what = f"image {position} of {len(imgs)}, as it is drawn,"
        assert_close(shades, torch.from_numpy(img), ulps(0, floor=1.5 / 255), what=what)


@FashionMNIST.law(
    points=0.25,
    given={"imgs, classes, nrows, ncols, labels": minibatches_to_see(), "by_name": st.booleans()},
    examples=[
        {
            "imgs": imgs,
            "classes": DOWN[: len(imgs)],
            "nrows": rows,
            "ncols": cols,
            "labels": labels,
            "by_name": by_name,
        }
        for imgs, rows, cols, labels, by_name in [
            (pictures(1, 10, 6, 4), 1, 8, None, False),
            (pictures(2, 10, 4, 6), 2, 3, list("abcdefghij"), True),
            (pictures(4, 10, 4, 6), 3, 3, list("abcdefghij"), False),
            (pictures(5, 1, 5, 3), 1, 8, None, True),
        ]
    ],
    asks="visualized(FashionMNIST, imgs, classes, nrows, ncols, labels, by_name)",
    returns=several(
        list_of(tensor(dtype="float64")), list_of(several(number(), number())), list_of(text()), boolean()
    ),
    cases=3,
    after=["right_values", "text_labels_names_classes"],
    hint="show_images takes images without their channel, the grid, and titles: those given, or else "
    "those of the batch's classes.",
)  # fmt: skip
def visualize_shows_images_under_their_names(  # noqa: PLR0913, PLR0917 - a batch, how to show it, and what is seen
    imgs, classes, nrows, ncols, labels, drawn, places, titles, unchanged
):
    """The first images of a batch are drawn, row by row, under the labels given or their classes' names."""
    if not unchanged:
        raise Broken("the batch, or the list of labels, is changed afterwards")
    room = nrows * ncols
    assert_pictured(drawn, imgs[:room])
    right = [divmod(position, ncols) for position in range(len(drawn))]
    if list(map(tuple, places)) != right:
        raise Broken("the images are not in these rows and columns", got=places, expected=right)
    if labels is None:
        assert_named(titles, [NAMES[index] for index in classes[:room]])
    elif titles != labels[:room]:
        raise Broken("the titles are not the labels that were given", got=titles, expected=labels[:room])


# show_images -------------------------------------------------------------------------------------

WHAT_IS_SEEN = several(
    list_of(tensor(dtype="float64")),  # images
    list_of(several(number(), number())),  # places: row and column
    list_of(text()),  # titles
    list_of(text()),  # numbers along the edges
    several(number(), number()),  # width and height of the figure
)


@st.composite
def galleries(draw, more=0):
    """As many images (height, width) as a grid holds, or more, or fewer; with or without titles, and a scale.

    And whether titles and scale are given by name.
    """
    rows, cols = draw(any_of((1, 2), (2, 1), (1, 3), (2, 2), (2, 3), (3, 2)))
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    n = rows * cols + more
    words = st.lists(any_of(*NAMES), min_size=n, max_size=n)
    imgs = pictures(draw(st.integers(0, 2**16)), n, height, width)
    as_list, titles, scale = draw(st.booleans()), draw(st.none() | words), draw(any_of(None, 1.0, 2.5))
    return imgs, as_list, rows, cols, titles, scale, draw(st.booleans())


GALLERY = "imgs, as_list, num_rows, num_cols, titles, scale, by_name"


show_images = exercise(
    "show_images",
    asks=f"shown(show_images, {GALLERY})",
    given={GALLERY: galleries()},
    examples=[
        {
            "imgs": pictures(3, 6, 3, 5),
            "as_list": as_list,
            "num_rows": 2,
            "num_cols": 3,
            "titles": titles,
            "scale": scale,
            "by_name": by_name,
        }
        for as_list, titles, scale, by_name in [(False, NAMES[:6], None, True), (True, None, 2.0, False)]
    ],
    cases=6,
    returns=PlainSpec(
        "a figure with images", lambda value: WHAT_IS_SEEN.type_problem(value, {}) is None
    ),
    oracle=lambda imgs, as_list, num_rows, num_cols, titles, scale, by_name: imgs,
    equal=lambda seen, imgs: assert_pictured(seen[0], imgs),
    points={"right_values": 0.5},
    hints={
        "right_type": "What is looked at is what Matplotlib has drawn, not what is returned: each image "
        "needs the imshow of its own axes.",
        "leaves_arguments_alone": "The images belong to the caller: to draw them, none needs to change.",
        "right_values": [
            "Axes and images side by side, in the same order: row by row.",
            "axes.flatten() and the images have the same length: zip goes through both.",
        ],
    },
    seconds=30,
)  # fmt: skip


@show_images.picture(asks="clothes_shown(show_images, names)", on={"names": NAMES})
def clothes_as_they_were_shown(names, images, places, titles_seen, numbers, size):
    """Show the first six training images as they were drawn, and as they ought to be."""
    clothes, labels = training_images()
    titles = [names[label] for label in labels[:6]]
    right = [(place // 3, place % 3) for place in range(6)]
    return beside(
        gallery("yours", images, places, titles_seen), gallery("expected", clothes[:6, 0], right, titles)
    )


@show_images.law(
    points=0.25,
    after=["right_values"],
    hint="plt.subplots makes a grid, and takes the number of rows first.",
)
def images_lie_in_a_grid(num_rows, num_cols, images, places, titles_seen, numbers, size):
    """All images lie in one figure, in num_rows rows and num_cols columns."""
    right = [(row, col) for row in range(num_rows) for col in range(num_cols)]
    if places != right:
        raise Broken("rows and columns of the images are not those of the grid", got=places, expected=right)


@show_images.law(
    points=0.25,
    given={GALLERY: galleries(more=2)},
    cases=4,
    after=["right_values"],
    hint="zip goes through two things side by side, and ends with the shorter one.",
)
def images_without_a_place_are_left_out(imgs, num_rows, num_cols, images, places, titles_seen, numbers, size):
    """Of more images than the grid has places, the first ones are drawn."""
    assert_pictured(images, imgs[: num_rows * num_cols])


@show_images.law(
    points=0.25,
    given={GALLERY: galleries(more=-1)},
    cases=4,
    after=["right_values"],
    hint="zip goes through two things side by side, and ends with the shorter one.",
)
def places_without_an_image_stay_empty(imgs, titles, images, places, titles_seen, numbers, size):
    """Of a grid with more places than images, the first places are used."""
    assert_pictured(images, imgs)
    if titles and titles_seen != titles:
        raise Broken("the titles are others", got=titles_seen, expected=titles)


@show_images.law(points=0.25, after=["right_values"], hint="Title i belongs to image i.")
def each_title_is_above_its_image(titles, images, places, titles_seen, numbers, size):
    """Each image has its title; without titles, none has one."""
    right = titles or [""] * len(images)
    if titles_seen != right:
        raise Broken("the titles are others", got=titles_seen, expected=right)


@show_images.law(points=0.25, after=["right_values"], hint="Both axes of each image count pixels: hide both.")
def no_numbers_stand_along_the_edges(images, places, titles_seen, numbers, size):
    """Neither the x-axis nor the y-axis of an image shows numbers."""
    if numbers:
        raise Broken("numbers stand along the edges", got=numbers[:8])


@show_images.law(
    points=0.25, after=["right_values"], hint="figsize is width and height of the whole, in inches."
)
def scale_is_the_size_of_a_place(num_rows, num_cols, scale, images, places, titles_seen, numbers, size):
    """The figure has scale by scale inches for each image; scale is 1.5 unless given."""
    inches = 1.5 if scale is None else scale
    right = (num_cols * inches, num_rows * inches)
    if max(abs(got - expected) for got, expected in zip(size, right, strict=True)) > 0.01 * inches:
        raise Broken("width and height of the figure are others", got=size, expected=right)
