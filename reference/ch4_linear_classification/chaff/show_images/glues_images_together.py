"""You glue all images together to a single one.

It looks like a grid, but no title can stand above its own image any more: each image has axes of its own
(4.2.3).

Fails: right_values
"""

import torch
from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    plt.figure(figsize=(num_cols * scale, num_rows * scale))
    rows = [torch.cat(list(imgs[i * num_cols : (i + 1) * num_cols]), dim=1) for i in range(num_rows)]
    plt.imshow(torch.cat(rows, dim=0))
    plt.axis("off")
    if titles:
        plt.title(" ".join(titles))
