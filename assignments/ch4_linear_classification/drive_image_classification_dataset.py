"""4.2, beside the student's code: small sets of images for torchvision to read; what is drawn."""

from __future__ import annotations

import contextlib
import inspect
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import matplotlib as mpl
import numpy as np
import torch
from matplotlib import pyplot as plt

from grader.drive import idx_bytes, import_torchvision, training_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    Examples = tuple[np.ndarray, list[int]]  # images (n, 28, 28), bytes; and their labels

mpl.use("agg")  # no window opens, and none waits to be closed
mnist = import_torchvision().datasets.mnist  # before the student's file is loaded, which imports it, too

# Data ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def instead_of_the_real_ones(
    FashionMNIST: Any, train: Examples, val: Examples
) -> Iterator[list[tuple[str, bool]]]:
    """Let torchvision read these examples, wherever it is told to look.

    Yield the folders it is told, each with whether it is to download what isn't there. A root of the class is
    the folder with these examples as well, for whoever opens the files without torchvision.
    """
    told: list[tuple[str, bool]] = []
    init = mnist.FashionMNIST.__init__

    def elsewhere(self: Any, root: Any, *arguments: Any, **named: Any) -> None:
        bound = inspect.signature(init).bind(self, root, *arguments, **named)
        told.append((str(root), bool(bound.arguments.get("download"))))
        init(self, folder, *arguments, **named)

    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "FashionMNIST", "raw")
        raw.mkdir(parents=True)
        for name, (images, labels) in {"train": train, "t10k": val}.items():
            (raw / f"{name}-images-idx3-ubyte").write_bytes(idx_bytes(images))
            (raw / f"{name}-labels-idx1-ubyte").write_bytes(idx_bytes(np.array(labels, dtype=np.uint8)))
        if isinstance(getattr(FashionMNIST, "root", None), str | os.PathLike):
            FashionMNIST.root = folder
        with (
            patch.object(mnist.FashionMNIST, "__init__", elsewhere),
            patch.object(mnist, "download_and_extract_archive", refuse),
        ):
            yield told


def refuse(url: str, *_: Any, **__: Any) -> None:
    """Say that there is only one data set here."""
    raise RuntimeError(f"the checks download nothing, and not {url}: they bring Fashion-MNIST with them")


FEW: Examples = (np.zeros((2, 28, 28), dtype=np.uint8), [3, 7])


def loaded(
    FashionMNIST: Any, train_images: np.ndarray, train_labels: list[int], val_images: np.ndarray,
    val_labels: list[int], resize: tuple[int, int] | None = None, by_name: bool = False
) -> tuple[Any, Any, Any, Any]:  # fmt: skip
    """Return images and labels of the training set, then those of the validation set."""
    with instead_of_the_real_ones(FashionMNIST, (train_images, train_labels), (val_images, val_labels)):
        data = made(FashionMNIST, {} if resize is None else {"resize": resize}, by_name=by_name)
        return *stacked(data.train), *stacked(data.val)


def made(FashionMNIST: Any, given: dict[str, Any], *, by_name: bool) -> Any:
    """Return a data module made with these arguments, by name or by position."""
    if by_name or not given:
        return FashionMNIST(**given)
    return FashionMNIST(*({"batch_size": 64} | given).values())


def of_the_first(
    FashionMNIST: Any, sizes: list[int], shapes: list[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """Make a data module for each size of minibatches and shape of images.

    Of the first one, return the lengths of its minibatches of validation examples, one of which is full, and
    the height and width of its images, for training and for validation.
    """
    first, *_others = sizes
    examples = np.zeros((first, 28, 28), dtype=np.uint8), [3] * first
    with instead_of_the_real_ones(FashionMNIST, examples, examples):
        modules = [FashionMNIST(size, shape) for size, shape in zip(sizes, shapes, strict=True)]
        batches = list(in_this_process(modules[0].get_dataloader(False)))
        images = [examples[0][0] for examples in (modules[0].train, modules[0].val)]
    return [len(X) for X, _y in batches], [size for image in images for size in image.shape[-2:]]


def stacked(examples: Any) -> tuple[Any, torch.Tensor]:
    """Return images and labels of a data set, each in one tensor; an image alone, if it isn't one."""
    pairs = [examples[i] for i in range(len(examples))]
    images = [image for image, _label in pairs]
    labels = torch.tensor([int(label) for _image, label in pairs])
    are_tensors = all(isinstance(image, torch.Tensor) for image in images)
    return torch.stack(images) if are_tensors else images[0], labels


def folders(FashionMNIST: Any) -> tuple[str, list[tuple[str, bool]]]:
    """Return the root of a data module, and what torchvision was told of folders and downloads.

    The root is "" if there is none, or if it is no folder.
    """
    with instead_of_the_real_ones(FashionMNIST, FEW, FEW) as told:
        root = getattr(FashionMNIST(), "root", None)
    return str(root) if isinstance(root, str | os.PathLike) else "", told


def named(FashionMNIST: Any, indices: list[int]) -> Any:
    """Return the names of classes, as a list if they are anything to go through."""
    with instead_of_the_real_ones(FashionMNIST, FEW, FEW):
        names = FashionMNIST().text_labels(torch.tensor(indices))
    return names if names is None or isinstance(names, str) else list(names)


def passes(
    FashionMNIST: Any, labels: list[int], batch_size: int | None, train: bool
) -> tuple[list[str], list[int], list[int], list[int], list[int]]:
    """Go through one of the two sets twice, and once more with a loader that is asked for anew.

    Of the first pass return the shapes of its minibatches and their labels; then of each pass the examples,
    by their place in the set. Training image i is a sheet of shade i, validation image i of 255 - i; the
    other set has ten examples more, with other labels.
    """
    mine, others = sheets(len(labels)), sheets(len(labels) + 10)
    other_labels = [(label + 1) % 10 for label in (labels + labels)[: len(others)]]
    train_set, val_set = ((mine, labels), (255 - others, other_labels)) if train else (
        (others, other_labels), (255 - mine, labels),
    )  # fmt: skip
    with instead_of_the_real_ones(FashionMNIST, train_set, val_set):
        data = made(FashionMNIST, {} if batch_size is None else {"batch_size": batch_size}, by_name=train)
        loader = in_this_process(data.get_dataloader(train))
        first, learns = [], True
        for batch in loader:
            first.append(batch)
            learns = learns and torch.is_grad_enabled()  # what the caller computes with it
        if iter(loader) is loader:  # it can be gone through only once
            loader = in_this_process(data.get_dataloader(train))
        second = list(loader)
        anew = list(in_this_process(data.get_dataloader(train=train)))
    labels_seen = [int(label) for _X, y in first for label in y]
    seen = [places(one, train=train) for one in (first, second, anew)]
    beside = "" if learns else ", under torch.no_grad()"
    return [f"{form(X)} and {form(y)}{beside}" for X, y in first], labels_seen, *seen


def sheets(n: int) -> np.ndarray:
    """Return n images (n, 28, 28), of which image i is of shade i."""
    return np.tile(np.arange(n, dtype=np.uint8)[:, None, None], (1, 28, 28))


def form(thing: Any) -> str:
    """Return the shape of a tensor, or what it is instead; with its dtype, if that is unusual."""
    if not isinstance(thing, torch.Tensor):
        return f"a {type(thing).__name__}"
    usual = thing.dtype == (torch.float32 if thing.dim() > 1 else torch.int64)
    return f"{tuple(thing.shape)}" + ("" if usual else f" of {thing.dtype}")


def in_this_process(loader: Any) -> Any:
    """Return a loader that starts no processes: what is loaded is the same."""
    if isinstance(loader, torch.utils.data.DataLoader):
        loader.num_workers = 0
    return loader


def places(batches: list[Any], *, train: bool) -> list[int]:
    """Return which examples these are, by the shade of their images."""
    shades = [round(255 * float(image.mean())) for X, _y in batches for image in X]
    return shades if train else [255 - shade for shade in shades]


# Drawings --------------------------------------------------------------------------------------

close_figures = partial(plt.close, "all")


def shown(
    show_images: Any, imgs: np.ndarray, as_list: bool, num_rows: int, num_cols: int,
    titles: list[str] | None, scale: float | None, by_name: bool
) -> tuple[Any, ...] | None:  # fmt: skip
    """Return what is drawn; None, if no image is."""
    tensor = torch.from_numpy(imgs)  # it shares its memory with the argument
    images = list(tensor) if as_list else tensor
    more = {"titles": titles} | ({} if scale is None else {"scale": scale})
    with new_figures(plt=plt):
        if by_name:
            show_images(images, num_rows, num_cols, **more)
        else:
            show_images(images, num_rows, num_cols, *more.values())
    axes = [(ax, *place) for ax, *place in axes_with_images()]
    if not axes:
        return None
    width, height = axes[0][0].figure.get_size_inches()
    return (
        [pixels(ax) for ax, _row, _col in axes],
        [(row, col) for _ax, row, col in axes],
        [title(ax) for ax, _row, _col in axes],
        [text for ax, _row, _col in axes for text in numbers(ax)],
        (float(width), float(height)),
    )


def clothes_shown(show_images: Any, names: list[str]) -> tuple[Any, ...] | None:
    """Return what is drawn of the first six training images, in two rows, each under its class's name."""
    images, labels = training_images()
    titles = [names[label] for label in labels[:6]]
    return shown(show_images, images[:6, 0].numpy().copy(), False, 2, 3, titles, None, by_name=True)


def visualized(
    FashionMNIST: Any, imgs: np.ndarray, classes: list[int], nrows: int, ncols: int,
    labels: list[str] | None, by_name: bool
) -> tuple[list[Any], list[tuple[int, int]], list[str], bool]:  # fmt: skip
    """Return the images that a second call of visualize shows, their places (row and column), and titles.

    The first call gets other classes.

    Return, too, whether batch and labels are unchanged. One row of 8 is what it shows unless told otherwise:
    of rows and columns, by name, only what differs from that is told.
    """
    X, y = torch.from_numpy(imgs.copy()).unsqueeze(1), torch.tensor(classes)
    batch, titles = [X, y], None if labels is None else list(labels)
    grid, named_grid = () if (nrows, ncols) == (1, 8) else (nrows, ncols), {}
    if by_name:
        grid, named_grid = (), {"nrows": nrows} if nrows != 1 else {}
        named_grid |= {"ncols": ncols} if ncols != 8 else {}
    noted: list[tuple[Any, tuple[int, int], str]] = []

    def note(imgs: Any, num_rows: int, num_cols: int, titles: Any = None, scale: float = 1.5) -> None:
        """Stand in for the book's own show_images, which notebooks may call."""
        names = [str(name) for name in titles] if titles else [""] * len(imgs)
        places = [(row, col) for row in range(num_rows) for col in range(num_cols)]
        seen = zip([np.asarray(img, dtype=np.float64) for img in imgs], places, names, strict=False)
        noted.extend([(torch.from_numpy(img), place, name) for img, place, name in seen])

    with instead_of_the_real_ones(FashionMNIST, FEW, FEW), new_figures(plt=plt, show_images=note):
        data = FashionMNIST(64, X.shape[2:])
        data.visualize([X, (y + 1) % 10], *grid, **named_grid)
        close_figures()
        noted.clear()
        if titles is None:
            data.visualize(batch, *grid, **named_grid)
        elif by_name:
            data.visualize(batch, **named_grid, labels=titles)
        else:
            data.visualize(batch, nrows, ncols, titles)
    drawn = noted or [(pixels(ax), (row, col), title(ax)) for ax, row, col in axes_with_images()]
    unchanged = [len(batch), X.shape[1:2], titles] == [2, (1,), labels] and torch.equal(
        X.squeeze(1), torch.from_numpy(imgs)
    )
    images, places, names = ([one[position] for one in drawn] for position in range(3))
    return images, places, names, unchanged


@contextlib.contextmanager
def new_figures(**names: Any) -> Iterator[None]:
    """Let figures stay open to be looked at, and let what notebooks import as d2l hold these names.

    The book's package has them; the one that stands in for it, if it is there at all, draws nothing.
    """
    close_figures()
    book = sys.modules.get("d2l.torch")
    known = patch.multiple(book, create=True, **names) if book else contextlib.nullcontext()
    with known, patch.object(plt, "close", lambda *_: None):
        yield


def axes_with_images() -> list[tuple[Any, int, int]]:
    """Return the axes that hold images, with row and column, as one reads."""
    axes = [ax for number in plt.get_fignums() for ax in plt.figure(number).axes if ax.images]
    boxes = [ax.get_position(original=True) for ax in axes]
    xs = [round(box.x0 + box.x1, 6) for box in boxes]
    ys = [round(-box.y0 - box.y1, 6) for box in boxes]
    rows, cols = sorted(set(ys)), sorted(set(xs))
    placed = [(ax, rows.index(y), cols.index(x)) for ax, x, y in zip(axes, xs, ys, strict=True)]
    return sorted(placed, key=lambda one: one[1:])


def pixels(ax: Any) -> torch.Tensor:
    """Return the image that is in an axes, as it is seen; of colours their mean.

    Shades below vmin look like vmin, and those above vmax like vmax. What is transparent looks white.
    """
    drawn = ax.images[-1]
    image = np.ma.getdata(drawn.get_array())
    white = 255 if image.dtype.kind in "iu" else 1  # colours are bytes, or lie between 0 and 1
    image = image.astype(np.float64)
    if image.ndim == 2:
        drawn.autoscale_None()  # as imshow has done; what is drawn in another way may wait for it
        image = image.clip(*drawn.get_clim())
    elif image.shape[2] == 4:
        opacity = image[..., 3:] / white
        image = opacity * image[..., :3] + (1 - opacity) * white
    image = image.mean(axis=2) if image.ndim == 3 else image
    return torch.from_numpy(image if ax.yaxis_inverted() else image[::-1].copy())


def title(ax: Any) -> str:
    """Return the title of an axes, wherever above it."""
    return "".join(ax.get_title(side) for side in ("left", "center", "right"))


def numbers(ax: Any) -> list[str]:
    """Return the numbers that are seen along the edges of an image."""
    axes = [axis for axis in (ax.xaxis, ax.yaxis) if ax.axison and axis.get_visible()]
    labels = [label for axis in axes for label in axis.get_ticklabels() if label.get_visible()]
    return [label.get_text() for label in labels if label.get_text()]
