# -*- coding: cp949 -*-
# 딥러닝 과제 1 - 김하나
# 4.4와 5.1만 풀었습니다. 나머지는 다음 주에 제출하겠습니다.

import torch
from torch import nn


def softmax(X):
    # 각 행의 최댓값을 빼도 결과는 같다
    X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
    return X_exp / X_exp.sum(dim=1, keepdim=True)


def cross_entropy(y_hat, y):
    # 정답 클래스의 확률만 골라서 로그를 취한다
    total = 0
    for i in range(len(y)):
        total = total - torch.log(y_hat[i, y[i]])
    return total / len(y)


class SoftmaxRegressionScratch(nn.Module):
    """소프트맥스 회귀"""

    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.num_inputs, self.lr = num_inputs, lr
        self.W = torch.normal(0, sigma, size=(num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape(-1, self.num_inputs)  # 이미지를 펼친다
        return softmax(X @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)


def relu(X):
    return X.clamp(min=0)


def sigmoid(X):
    return 1 / (1 + torch.exp(-X))


def tanh(X):
    # (1 - e^-2x) / (1 + e^-2x)
    e = torch.exp(-2 * X)
    return (1 - e) / (1 + e)


def activation_gradient(f, x):
    x = x.clone().detach().requires_grad_(True)
    y = f(x)
    y.backward(torch.ones_like(y))
    return x.grad
