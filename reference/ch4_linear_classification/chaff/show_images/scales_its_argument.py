"""You multiply the images by 255 in place, before you draw them.

Functions whose name ends in _ write into the tensor itself. Whoever gave you the images to look at trains
on them afterwards, and finds them 255 times as bright. Matplotlib draws numbers between 0 and 1 just as
well (4.2.3).

Fails: leaves_arguments_alone
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.mul_(255).byte())
        ax.get_xaxis().set_visible(False)
        ax.get_yaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes
