"""In your figure a single image is seen, the last one.

Usually all are drawn on the same axes, one over the other, and the rest of the grid stays empty: plt.imshow draws on
the current axes, and in a grid these are the last ones. Each axes has its own imshow (4.2.3).

Fails: right_values
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        plt.imshow(img.numpy())
        ax.get_xaxis().set_visible(False)
        ax.get_yaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes
