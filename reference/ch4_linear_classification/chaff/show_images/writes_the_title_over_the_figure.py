"""None of your images has a title above itself, even where titles are given.

Perhaps they stand over the figure, where each one replaces the one before: suptitle doesn't know which image you
mean. Each axes has its own set_title (4.2.3).

Fails: each_title_is_above_its_image
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.numpy())
        ax.get_xaxis().set_visible(False)
        ax.get_yaxis().set_visible(False)
        if titles:
            ax.figure.suptitle(titles[i])
    return axes
