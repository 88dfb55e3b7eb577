"""Your function changes the list of titles, which is your caller's.

Perhaps it takes the titles out, and leaves the list empty; but the caller may want to show the same images again.
titles[i] looks, pop takes away (4.2.3).

Fails: leaves_arguments_alone
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes.flatten(), imgs)):
        ax.imshow(img)
        ax.axis("off")
        if titles:
            ax.set_title(titles.pop(0))
    return axes
