"""You return 512, which is right at 3.

How often b is doubled depends on a, and so does the slope (2.5.4).

Fails: right_values
"""

import torch


def control_flow_gradient(a):
    return torch.full_like(a, 512)
