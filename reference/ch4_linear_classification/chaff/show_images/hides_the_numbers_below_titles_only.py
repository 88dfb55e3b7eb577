"""You hide the numbers along the edges only where there are titles.

Usually the lines that hide them are indented below `if titles`. They belong to each image, with a title or without
(4.2.3).

Fails: no_numbers_stand_along_the_edges
"""

import torch
from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize, squeeze=False)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.numpy())
        if titles:
            ax.set_title(titles[i])
            ax.set_xticks([])
            ax.set_yticks([])
    return axes
