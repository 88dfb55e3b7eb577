"""The numbers of your X have lost what stands behind the point.

That happens, for example, where the whole table becomes integers, so that its columns have one dtype: it
makes 0 and 1 of the indicators, and cuts off the decimals. Ask for floats: they hold indicators as well
(2.2.3).

Same as: cuts_off_decimals

Fails: right_values
"""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.astype("int64").to_numpy())
    return X.float(), torch.tensor(targets.to_numpy()).float()
