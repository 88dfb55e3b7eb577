"""2.2 Data preprocessing. Chen Yu."""

import pandas as pd
import torch


def load_table(path):
    return pd.read_csv(path, na_values=["NA"])


def split_inputs_targets(data):
    columns = list(data.columns)
    return data[columns[:-1]], data[columns[-1]]


def encode_categories(inputs):
    return pd.get_dummies(inputs, dummy_na=True, dtype=int)


def impute_with_mean(inputs):
    means = inputs.mean(numeric_only=True)
    return inputs.apply(lambda column: column.fillna(means[column.name]))


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.astype("float32").values)
    y = torch.tensor(targets.astype("float32").values)
    return X, y


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    inputs = impute_with_mean(encode_categories(inputs))
    return to_tensors(inputs, targets)
