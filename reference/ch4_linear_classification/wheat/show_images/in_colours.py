"""Gray images in three colours, in axes that keep their frames; the places that are left go."""

import numpy as np
import torch
from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axes = plt.subplots(num_rows, num_cols, squeeze=False)
    fig.set_size_inches(num_cols * scale, num_rows * scale)
    for i, ax in enumerate(axes.flat):
        if i >= len(imgs):
            ax.remove()
            continue
        ax.imshow(torch.stack([imgs[i]] * 3, dim=-1).tolist())
        ax.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
        if titles:
            ax.set_title(titles[i])
    fig.subplots_adjust(wspace=0.1, hspace=0.5)
    return np.asarray(axes)
