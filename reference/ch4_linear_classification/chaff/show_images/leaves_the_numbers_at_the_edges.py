"""You leave the counts of pixels along the edges of each image.

They say nothing about a coat, and in a grid they may run into the neighbouring images. Hide the x-axis and the
y-axis of each image (4.2.3).

Fails: no_numbers_stand_along_the_edges
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.numpy())
        if titles:
            ax.set_title(titles[i])
    return axes
