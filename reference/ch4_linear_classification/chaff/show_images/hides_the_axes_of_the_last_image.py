"""You hide the axes of the last image only.

plt.axis("off") after the loop, for example, goes to the axes that were used last. Hide those of each image, inside of
the loop (4.2.3).

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
    plt.sca(axes[-1])
    plt.axis("off")
    return axes
