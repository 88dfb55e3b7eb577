# 2.2 is done. I could not get further in time, so the script stops here.
import sys

import pandas as pd
import torch


def load_table(path):
    return pd.read_csv(path)


def split_inputs_targets(data):
    return data.iloc[:, :-1], data.iloc[:, -1]


def encode_categories(inputs):
    return pd.get_dummies(inputs, dummy_na=True)


def impute_with_mean(inputs):
    return inputs.fillna(inputs.mean())


def to_tensors(inputs, targets):
    return torch.tensor(inputs.values.astype(float)), torch.tensor(targets.values.astype(float))


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)


print("2.2 done")
exit()


def relu(X):
    return torch.max(X, torch.tensor(0.0))


def sigmoid(X):
    return 1 / (1 + torch.exp(-X))
