"""Your fit_epoch can't be called with the trainer alone: it wants more arguments.

In older versions of the book an epoch was such a function, of model, data, loss and updater. Here the trainer knows
all that an epoch needs (3.2.4, 3.4.4).

Fails: accepts_its_arguments
"""

def fit_epoch(net, train_iter, loss, updater):
    net.train()
    for X, y in train_iter:
        updater.zero_grad()
        loss(net(X), y).backward()
        updater.step()
