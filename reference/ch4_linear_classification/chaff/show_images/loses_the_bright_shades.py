"""In your images, shades beyond some limit can't be told apart, as with a vmax below 1.

Matplotlib takes vmin for the darkest shade and vmax for the brightest: whatever lies beyond one of them looks like
it. The images' elements reach from 0 to 1. Leave both out, or give 0 and 1 (4.2.3).

Fails: right_values
"""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img, cmap="gray", vmin=0, vmax=0.5)
        ax.axis("off")
        if titles:
            ax.set_title(titles[i])
    return axes
