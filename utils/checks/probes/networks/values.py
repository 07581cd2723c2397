"""Single values in a network's text: which numbers and strings may arrive, and under which key."""

import importlib
import inspect
import re
from functools import lru_cache

from . import network_bounds as bounds
from .known import ACTIVATIONS, DTYPES, INITIALIZERS, KINDS, OPTIONS, REGULARIZERS
from .refusals import BadNetwork

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
EQUATION = re.compile(r"[A-Za-z.,\-> ]{1,100}")
NEVER = {"self", "args", "kwargs", "weights", "input_tensor", "vocabulary"}  # as an option
SUFFIXES = ("initializer", "regularizer", "constraint", "activation", "dtype")


def _snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


STRINGS = {  # what a string may be under a key that ends like this
    "initializer": INITIALIZERS | {_snake(name) for name in INITIALIZERS},
    "regularizer": REGULARIZERS | {"l1", "l2", "l1_l2", "orthogonal_regularizer"},
    "constraint": {"max_norm", "min_max_norm", "non_neg", "unit_norm"},
    "activation": ACTIVATIONS,
    "dtype": DTYPES,
}
KIND_AT = {  # and what an object may be
    **{suffix: {suffix} for suffix in SUFFIXES},
    "activation": {"layer"},
    "seed": {"seed"},
    "seed_generator": {"seed"},
    "layer": {"layer", "network"},
    "forward_layer": {"layer", "network"},
    "backward_layer": {"layer", "network"},
    "cell": {"layer"},
    "cells": {"layer"},
}


def shown(item):
    """Return a foreign string, short, for a message."""
    text = str(item)
    return text if len(text) <= 60 else text[:57] + "…"


def suffix_of(key):
    """Return the part of a key that says what its value is, else the key."""
    return next((suffix for suffix in SUFFIXES if key.endswith(suffix)), key)


def check_key(key):
    """Return a key of a dict, a plain name; else raise BadNetwork."""
    if not isinstance(key, str) or not KEY.fullmatch(key) or key.startswith("__"):
        raise BadNetwork(f"The network has an option named `{shown(key)}`, which can't be one.")
    return key


def check_name(name):
    """Return a name of a layer, any short text in one line; else raise BadNetwork."""
    if not isinstance(name, str) or len(name) > bounds.NAME or not name.isprintable():
        raise BadNetwork(f"A layer's name must be a short text, but one is `{shown(name)}`.")
    return name


def check_string(key, text):
    """Return a string that Keras knows under this key; else raise BadNetwork."""
    if key == "name":
        return check_name(text)
    if key in ("equation", "subscripts"):
        known = EQUATION.fullmatch(text)
    else:
        known = text in STRINGS.get(suffix_of(key), OPTIONS)
    if not known:
        raise BadNetwork(f"The network has {key}=`{shown(text)}`, which Keras doesn't have.")
    return text


def check_integer(key, number):
    """Return an integer that is small enough for its key; else raise BadNetwork."""
    limit = bounds.WIDTH if key in bounds.WIDTHS else bounds.INTEGER
    if key in ("seed", "init_seed"):
        limit = 2**64
    if abs(number) > limit:
        raise BadNetwork(f"The network has {key}={shown(number)}, which is too large.")
    return number


def kind_of(item):
    """Return (kind, class name) of an object's dict; raise BadNetwork if it isn't Keras's own."""
    module, name = item.get("module"), item.get("class_name")
    plain = isinstance(module, str) and isinstance(name, str)
    kind = KINDS.get((module, name)) if plain else None
    if kind is None:
        raise BadNetwork(f"The network uses `{shown(name)}`, which isn't one of Keras's layers.")
    if item.get("registered_name") not in (None, name):
        raise BadNetwork(f"The network uses another `{name}` than that of Keras.")
    return kind, name


@lru_cache(None)
def options_of(module, name):
    """Return the names of a Keras class's arguments, a set."""
    cls = getattr(importlib.import_module(module), name, None)  # of the fixed list alone
    if cls is None:
        raise BadNetwork(f"This version of Keras has no `{name}`.")
    parts = [base.__init__ for base in cls.__mro__ if "__init__" in vars(base)]
    keys = {key for part in parts for key in inspect.signature(part).parameters}
    return keys - NEVER | ({"rms_scaling"} if name == "LayerNormalization" else set())


def check_dtype(item):
    """Return the name of a dtype; else raise BadNetwork."""
    if not isinstance(item, str) or item not in DTYPES:
        raise BadNetwork("The network's text has an unknown dtype.")
    return item


def short_list(item):
    """Return a list that may be a shape; else raise BadNetwork."""
    if not isinstance(item, list) or len(item) > 10:
        raise BadNetwork("The network's text has a shape that isn't a short list.")
    return item


def numbers(item, depth):
    """Return numbers in lists in lists, made anew."""
    if depth > bounds.DEPTH:
        raise BadNetwork("The network is nested too deep.")
    if isinstance(item, list):
        return [numbers(value, depth + 1) for value in item]
    if not isinstance(item, (bool, int, float)):
        raise BadNetwork("The network's text has a tensor with something else than numbers.")
    return item
