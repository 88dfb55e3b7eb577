"""You go through all images and take the place that each one has, but the grid may have fewer places.

A batch holds more images than anybody wants to see; those that have no place in the grid are left out. Go
through places and images side by side, as zip does, which ends with the shorter of the two (4.2.3).

Fails: images_without_a_place_are_left_out
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i in range(len(imgs)):
        axes[i].imshow(imgs[i].numpy())
        axes[i].get_xaxis().set_visible(False)
        axes[i].get_yaxis().set_visible(False)
        if titles:
            axes[i].set_title(titles[i])
    return axes
