"""Images of bytes, in places of a GridSpec; ticks are taken away."""

from matplotlib import pyplot as plt
from matplotlib.gridspec import GridSpec
from torchvision.transforms.functional import to_pil_image


def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig = plt.figure(figsize=(num_cols * scale, num_rows * scale), layout="constrained")
    grid = GridSpec(num_rows, num_cols, figure=fig)
    k = 0
    for row in range(num_rows):
        for col in range(num_cols):
            if k == len(imgs):
                return fig
            ax = fig.add_subplot(grid[row, col])
            ax.imshow(to_pil_image(imgs[k]), cmap="gray_r")
            ax.set_xticks([])
            ax.set_yticks([])
            ax.set_title(titles[k] if titles else "")
            k += 1
    return fig
