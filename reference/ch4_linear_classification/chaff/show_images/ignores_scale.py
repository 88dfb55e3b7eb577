"""Your figure has the size that Matplotlib gives to any figure.

Eight images in a row become tiny in it. scale is the size of one place: the figure is as many times as wide
as there are columns, and as high as there are rows (4.2.3).

Fails: scale_is_the_size_of_a_place
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.numpy())
        ax.get_xaxis().set_visible(False)
        ax.get_yaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes
