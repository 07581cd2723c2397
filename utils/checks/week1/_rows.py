"""What several catalogues of the week share: forms of a result, and two mistakes at once."""

from itertools import combinations

import numpy as np

LIST = "You return a Python list; a NumPy array is asked for, which np.array makes of it."
ALONE = "You put the result into a list, tuple or array of one; return it alone."


def _first(result):
    return result[0] if len(result) else result


OF_A_VECTOR = [
    (LIST, {"form": list}),
    (ALONE, {"form": lambda result: [result]}),
    ("You returned the first number alone, as a `return` inside a loop does.", {"form": _first}),
]
OF_A_NUMBER = [
    (ALONE, {"form": lambda result: [result]}),
    (ALONE, {"form": lambda result: np.array([result])}),
    ("You cut the fractions off by int(); a float is asked for.", {"form": int}),
    ("You rounded the result; return it as it is.", {"form": lambda result: round(result, 2)}),
]


def in_form(function):
    """Return a factory of mistakes that returns what a right function does in another form."""

    def factory(*args, form):
        return form(function(*args))

    return factory


def two_at_once(rows):
    """Return rows for each two of some mistakes whose switches are different ones."""
    rows = list(rows.items()) if isinstance(rows, dict) else rows
    return [
        (f"{first} {second}", {**switches, **others})
        for (first, switches), (second, others) in combinations(rows, 2)
        if not switches.keys() & others.keys()
    ]
