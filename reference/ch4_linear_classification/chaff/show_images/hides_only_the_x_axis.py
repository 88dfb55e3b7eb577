"""You hide the x-axis of each image, and leave the y-axis.

The numbers beside each image count its rows of pixels. Hide both axes (4.2.3).

Fails: no_numbers_stand_along_the_edges
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.numpy())
        ax.get_xaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes
