"""Where an example's largest score is negative, you count no hit, even if the class is right.

Scores may all be negative; the largest of them is the prediction all the same (4.3.2).

Fails: only_the_order_of_scores_counts, right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = ((Y_hat.argmax(dim=1) == Y) & (Y_hat.amax(dim=1) > 0)).float()
    return hits.mean() if averaged else hits
