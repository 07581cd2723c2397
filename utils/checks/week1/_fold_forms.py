"""Which form a split into folds has, and what is said of the known wrong ones."""

import numpy as np

from ..probes.recorder import Opaque


def is_pairs(folds):
    return (
        isinstance(folds, list)
        and len(folds) > 0
        and all(isinstance(pair, list) and len(pair) == 2 for pair in folds)
        and all(_is_index_array(part) for pair in folds for part in pair)
    )


def _is_index_array(part):
    if isinstance(part, list):
        return all(isinstance(item, int | np.integer) for item in part) and not any(
            isinstance(item, bool) for item in part
        )
    return isinstance(part, np.ndarray) and part.ndim == 1 and part.dtype.kind in "iu"


def form_of(folds):
    """Return which of the known wrong forms a result has, or ''."""
    if isinstance(folds, Opaque):
        if "dtype object" in folds:
            return "array"
        return "generator" if "generator" in folds or "zip" in folds else ""
    if isinstance(folds, dict):
        return "dict"
    if not isinstance(folds, list) or not folds:
        return ""
    if all(isinstance(item, list) and len(item) == 2 for item in folds):
        return _form_of_parts([part for pair in folds for part in pair])
    if len(folds) == 2 and all(isinstance(item, list) for item in folds):
        return "two lists"
    if all(isinstance(item, list) and len(item) > 2 for item in folds):
        return "not two"
    if len(folds) == 2 and _is_index_array(folds[0]) and len(folds[0]) > len(folds[1]):
        return "one pair"
    return "parts" if all(map(_is_index_array, folds)) else ""


def _form_of_parts(parts):
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    if any(isinstance(part, list) and any(map(_is_index_array, part)) for part in parts):
        return "not joined"
    if len(arrays) < len(parts):
        return ""
    kinds = {array.dtype.kind for array in arrays}
    if kinds == {"b"}:
        return "masks"
    if "f" in kinds and {array.ndim for array in arrays} == {1}:
        return "floats"
    return "axes" if any(array.ndim != 1 for array in arrays) else ""


FORMS = {
    "generator": "You return a generator (`yield`, or zip), which can be used only once: collect "
    "the pairs in a list.",
    "array": "You made a NumPy array of the pairs; leave them in a list.",
    "one pair": "You return one pair; a list of n_folds pairs is asked for.",
    "dict": "You return a dict; a list of pairs (train, valid) is asked for.",
    "two lists": "You return two lists, all train parts and all valid parts; a list of pairs is "
    "asked for: list(zip(trains, valids)).",
    "not two": "Each fold holds more than two arrays; it is a pair (train, valid), where train is "
    "one array of all other rows: join them with np.concatenate.",
    "parts": "You return the parts alone; each fold is a pair (train, valid).",
    "not joined": "Train is a list of parts: join them with np.concatenate, so that it is one "
    "array of rows.",
    "masks": "You return masks of True and False; the numbers of the rows are asked for: "
    "np.flatnonzero(mask) gives them.",
    "floats": "Your indices are floats, and can't pick rows: np.array([]) and np.zeros make such; "
    "give dtype=int.",
    "axes": "Train and valid need one axis each; yours have another number of axes.",
}
