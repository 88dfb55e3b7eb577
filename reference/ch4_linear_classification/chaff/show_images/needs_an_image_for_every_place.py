"""With fewer images than places in the grid, your function raises an error.

Usually it looks for an image in each place. But the last images of a set rarely fill a grid. Draw what there is, and
leave the other places empty: zip ends with the shorter of two (4.2.3).

Fails: places_without_an_image_stay_empty
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, ax in enumerate(axes.flatten()):
        ax.imshow(imgs[i])
        ax.axis("off")
        if titles:
            ax.set_title(titles[i])
    return axes
