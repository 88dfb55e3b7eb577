"""Where the grid has a single row or column, your function raises an error.

Usually each axes is looked up by row and column. plt.subplots gives a matrix of axes only where there are several
rows and several columns; of one row or column it makes a vector, which has no second index. Flatten what it gives,
and go through all axes in one loop (4.2.3).

Fails: accepts_its_arguments
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    for i, img in enumerate(imgs):
        ax = axes[i // num_cols, i % num_cols]
        ax.imshow(img.numpy())
        ax.get_xaxis().set_visible(False)
        ax.get_yaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes
