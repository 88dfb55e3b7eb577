"""Only your last image has a title, the last one.

Usually all titles are written over the same image: plt.title writes to the current axes, and in a grid these are the
last ones. Each axes has its own set_title (4.2.3).

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
            plt.title(titles[i])
    return axes
