"""One of your arguments has another name than in the contract, and whoever gives it by name gets a TypeError.

By position it works. But the names of arguments are part of what a function promises: the book calls show_images with
titles=labels (4.2.3).

Fails: accepts_its_arguments
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, names=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes.flatten(), imgs)):
        ax.imshow(img)
        ax.axis("off")
        if names:
            ax.set_title(names[i])
    return axes
