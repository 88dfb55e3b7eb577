"""Without titles, your function raises an error.

Usually it looks up a title for each image, whether there are any or not. titles is None unless the caller gives some,
and None has no items. Look first whether there are titles (4.2.3).

Fails: accepts_its_arguments
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
        ax.set_title(titles[i])
    return axes
