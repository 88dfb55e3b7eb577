"""The first row and the first column don't count in your answer.

Often a loop begins at 1, as if indices did. They begin at 0, and row 0 is a row like the others (2.1.2,
2.3.3).

Fails: right_values
"""

def is_symmetric(A):
    for i in range(1, len(A)):
        for j in range(1, i):
            if A[i, j] != A[j, i]:
                return False
    return True
