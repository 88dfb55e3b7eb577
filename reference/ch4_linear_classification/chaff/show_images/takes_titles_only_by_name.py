"""Your titles and your scale can be given by name only.

In the contract they are the fourth and the fifth argument, as in the book, and may be given by position, too (4.2.3).

Fails: accepts_its_arguments
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, *, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes.flatten(), imgs)):
        ax.imshow(img)
        ax.axis("off")
        if titles:
            ax.set_title(titles[i])
    return axes
