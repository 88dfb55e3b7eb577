import pandas as pd
import torch


def load_table(path):
    return pd.read_csv(path)


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(1, keepdim=True


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y]).mean()


def relu(X):
    return torch.max(X, torch.zeros_like(X))
