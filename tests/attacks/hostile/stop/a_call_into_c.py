"""Never comes back from a regular expression."""

import re


def double(n):
    return re.match('(a+)+$', 'a' * 60 + 'b')
