"""Finding and opening a classifier's base, for the checks of what learns in it."""

import keras

from ..probes.week3._frozen_base import BASE, COPY, MOVE, MOVE_OUTSIDE, OUTSIDE


def is_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


def base_of(model):
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def base_by_name(model):
    """Look for a base by the name that InceptionV3 has, as one that is lent here hasn't."""
    return model.get_layer("inception_v3")


BY_NAME = (
    "You look for the base by a name, which differs from model to model: it is the one layer that "
    "is a keras.Model itself."
)


def open_base(model):
    """Make the whole model trainable; return its base."""
    base = base_of(model)
    model.trainable = base.trainable = True
    return base


def facts_of_layers(evidence):
    """Make words of lists, which are compared as a whole."""
    return [{**seen, "value": _in_words(seen["value"])} for seen in evidence]


def _in_words(value):
    if isinstance(value, list):
        return [_in_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: ", ".join(v) or "none" if isinstance(v, list) else v for key, v in value.items()}


def _names(words):
    return [] if words in (None, "none") else words.split(", ")


def _few(names):
    return ", ".join(f"`{name}`" for name in names[:2]) + (", …" if len(names) > 2 else "")


def _layers(names):
    return list(dict.fromkeys(name.partition("/")[0] for name in names))


def _beyond(some, others):
    """Return the names of a fact that another lacks."""
    return [name for name in _names(some) if name not in _names(others)]


def _base(ours, theirs):
    more, less = _beyond(ours, theirs), _beyond(theirs, ours)
    if more:
        norms = all(name.startswith("norm") for name in more)
        what = "batch norms of the base" if norms else "layers of the base"
        return f"There are {what} that learn and shouldn't, such as {_few(_layers(more))}."
    if less:
        return f"There are layers of the base that should learn, such as {_few(_layers(less))}."
    return None


def _outside(ours, theirs):
    less = _beyond(theirs, ours)
    return (
        f"Layers outside the base should learn, and {_few(_layers(less))} of yours can't: only the "
        "base is frozen, and what comes frozen must be made trainable."
        if less
        else None
    )


def _moves(ours, theirs):
    more = _beyond(ours, theirs)
    return (
        f"Batch norms of the base aren't frozen, such as {_few(more)}: they would still move their "
        "means while `fit` trains."
        if more
        else None
    )


def _moves_outside(ours, theirs):
    less = _beyond(theirs, ours)
    return (
        f"A batch norm outside the base, {_few(less)}, is frozen: only the base's batch norms stay "
        "frozen."
        if less
        else None
    )


def _came(ours, theirs):
    if ours in (None, "nothing"):
        return "Return the model once it is changed: your function returns nothing."
    if ours in ("another network", COPY):
        return (
            "You return another network than the one you got, such as a clone or a new one: change "
            "that, and return it."
        )
    return f"Return the model as a whole; yours returns {ours}."


SENTENCES = {
    "what comes back": _came,
    MOVE_OUTSIDE: _moves_outside,
    OUTSIDE: _outside,
    BASE: _base,
    MOVE: _moves,
}
