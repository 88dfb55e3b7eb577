"""You leave out the last image.

Perhaps an index stops too early. Python's range ends before the number that it is given: range(len(imgs)) already
goes up to the last image (4.2.3).

Fails: right_values
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i in range(len(imgs) - 1):
        ax, img = axes[i], imgs[i]
        ax.imshow(img.numpy())
        ax.get_xaxis().set_visible(False)
        ax.get_yaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes
