"""4.2 The image classification dataset."""

import torch
import torchvision
from matplotlib import pyplot as plt
from torchvision import transforms


class FashionMNIST:
    """Photographs of clothes in ten classes: a set to train on, and a set to validate on.

    Build both from `torchvision.datasets.FashionMNIST`, with `download=True`: what is there already isn't
    downloaded again.

    Args:
        batch_size: number of examples in a minibatch.
        resize: height and width to which every image is scaled.

    Attributes:
        root: the folder below which torchvision keeps the files; let it be "../data".
        train: the training set; `train[i]` is an image, a tensor of shape (1, height, width) with elements
            between 0 and 1, and its class, a number from 0 to 9.
        val: the validation set, likewise.

    Example:
        >>> data = FashionMNIST(resize=(32, 32))
        >>> data.train[0][0].shape
        torch.Size([1, 32, 32])

    """

    def __init__(self, batch_size: int = 64, resize: tuple[int, int] = (28, 28)) -> None:
        raise NotImplementedError

    def text_labels(self, indices: torch.Tensor) -> list[str]:
        """Return the names of classes.

        From 0 to 9 they are t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot.

        Args:
            indices: numbers of classes, shape (n,).

        Returns:
            A list of n names.

        Example:
            >>> FashionMNIST().text_labels(torch.tensor([9, 0]))
            ['ankle boot', 't-shirt']

        """
        raise NotImplementedError

    def get_dataloader(self, train: bool) -> torch.utils.data.DataLoader:
        """Return the minibatches of one of the two sets.

        Each minibatch is a pair: images (batch_size, 1, height, width), float32, and classes (batch_size,),
        int64. Each pass through the training set has a random order; validation examples come in the order
        of the set. The last minibatch holds what is left.

        Args:
            train: whether the examples are those to train on, or those to validate on.

        """
        raise NotImplementedError

    def visualize(
        self, batch: list[torch.Tensor], nrows: int = 1, ncols: int = 8, labels: list[str] = ()
    ) -> None:
        """Show the first images of a minibatch by your show_images, with a title above each.

        Args:
            batch: images (n, 1, height, width) and their classes (n,).
            nrows: number of rows of images.
            ncols: number of columns of images.
            labels: the titles; without any, the names of the classes.

        """
        raise NotImplementedError


def show_images(
    imgs: torch.Tensor, num_rows: int, num_cols: int, titles: list[str] | None = None, scale: float = 1.5
):
    """Draw images side by side in one figure of Matplotlib, row by row, without numbers along their edges.

    Args:
        imgs: images, each of shape (height, width): a tensor (n, height, width), or a list of n tensors.
            Those that have no place in the grid are left out.
        num_rows: number of rows of the grid.
        num_cols: number of columns of the grid.
        titles: a title for each image, to be set above it; None for none.
        scale: width and height of each image's place, in inches.

    Returns:
        The axes of the figure. Nobody looks at them here: what counts is what is drawn.

    """
    raise NotImplementedError
