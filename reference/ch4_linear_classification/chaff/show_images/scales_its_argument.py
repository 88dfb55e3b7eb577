"""Your function changes the images, which are your caller's.

Whoever gave you them to look at may train on them afterwards. Perhaps they are multiplied by 255 in place:
functions whose name ends in _ write into the tensor itself. Matplotlib draws numbers between 0 and 1 just as well
(4.2.3).

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
