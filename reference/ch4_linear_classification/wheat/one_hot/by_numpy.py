"""NumPy's identity matrix."""

import numpy as np
import torch


def one_hot(y, num_classes):
    return torch.from_numpy(np.eye(num_classes, dtype=np.float32)[y.cpu().numpy()]).to(y.device)
