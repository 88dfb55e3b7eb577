"""With more images than places in the grid, your function raises an error.

Usually it takes the place of each image, whether there is one or not. A batch holds more images than anybody wants to
see; those that have no place are left out. Go through places and images side by side, as zip does, which ends with
the shorter of the two (4.2.3).

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
