"""Your images don't lie side by side in one grid, but each at the same place.

Usually a new figure is opened for each: in a notebook they stand below each other, one column of large images. A grid
is one figure with many axes, which plt.subplots makes at once (4.2.3).

Fails: images_lie_in_a_grid
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    for i in range(num_rows * num_cols):
        plt.figure(figsize=(num_cols * scale, num_rows * scale))
        plt.imshow(imgs[i])
        plt.axis("off")
        if titles:
            plt.title(titles[i])
