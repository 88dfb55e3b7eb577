"""Draws with matshow, takes the ticks away, and closes the figure that it returns."""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axs = plt.subplots(num_rows, num_cols, figsize=(scale * num_cols, scale * num_rows))
    for ax, img, t in zip(axs.ravel(), imgs, titles or [""] * 99):
        ax.matshow(img)
        ax.set(title=t, xticks=[], yticks=[])
    plt.close(fig)
    return fig
