"""Compares the right class's score with the largest one, by gather."""


def accuracy(Y_hat, Y, averaged=True):
    own = Y_hat.gather(1, Y.long().unsqueeze(1)).squeeze(1)
    hits = (own >= Y_hat.amax(dim=1)).float()
    if not averaged:
        return hits
    return hits.mean()
