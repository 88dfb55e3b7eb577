"""By pyplot alone: the current axes change, everything is drawn into them, and nothing is returned."""

from matplotlib import pyplot as plt


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    plt.figure(figsize=(num_cols * scale, num_rows * scale))
    for i, img in enumerate(imgs[: num_rows * num_cols]):
        plt.subplot(num_rows, num_cols, i + 1)
        plt.imshow(img, cmap="gray", vmin=0, vmax=1)
        plt.axis("off")
        if titles is not None:
            plt.title(titles[i], fontsize=8)
    plt.tight_layout()
    plt.show()
    plt.close()
