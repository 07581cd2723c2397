"""Finds submissions that are nearly the same beyond what the exercises themselves make alike."""

import ast
from collections import Counter
from itertools import combinations

LENGTH = 6  # of a run of syntax that counts as one trait
COMMON = 0.3  # traits that this share of the cohort has say nothing
LEAST, ALIKE = 12, 0.8  # rare traits, and the share of them that two have in common


def _syntax(node, local):
    """Yield the syntax of code without comments, docstrings, and the names of variables."""
    if isinstance(node, ast.Name):
        yield "variable" if node.id in local else node.id
        return
    yield type(node).__name__
    if isinstance(node, ast.Attribute):
        yield node.attr
    if isinstance(node, ast.Constant):
        yield repr(node.value)[:40]
    for child in ast.iter_child_nodes(node):
        is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not is_text:
            yield from _syntax(child, local)


def traits(source):
    """Return the set of runs of syntax that a text of Python holds."""
    try:
        tree = ast.parse(source)
        local = {
            node.id if isinstance(node, ast.Name) else node.arg
            for node in ast.walk(tree)
            if isinstance(node, ast.arg)
            or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        }
        words = list(_syntax(tree, local))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {tuple(words[place : place + LENGTH]) for place in range(len(words) - LENGTH + 1)}


def near_pairs(sources, known=()):
    """Return [(share, name, name)] of pairs that are nearly the same, the nearest first.

    sources: dict, name → {exercise: code}; known: codes whose traits don't count, as references.
    """
    found = {
        name: {(exercise, trait) for exercise, code in codes.items() for trait in traits(code)}
        for name, codes in sources.items()
    }
    counts = Counter(trait for each in found.values() for trait in each)
    most = max(2, COMMON * len(found))
    expected = {trait for code in known for trait in traits(code)}
    rare = {
        name: {trait for trait in each if counts[trait] <= most and trait[1] not in expected}
        for name, each in found.items()
    }
    pairs = []
    for first, second in combinations(rare, 2):
        both = len(rare[first] & rare[second])
        either = len(rare[first] | rare[second])
        if both >= LEAST and both >= ALIKE * either:
            pairs.append((both / either, first, second))
    return sorted(pairs, reverse=True)
