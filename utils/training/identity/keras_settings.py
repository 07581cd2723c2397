"""The settings of Keras's objects, without what depends on names, on Python, or on the place."""

import json

from .plain_values import is_plain

STATE = {"name", "built"}  # of an object, they depend on what ran before
RANDOM = "SeedGenerator"  # its settings are drawn
CODE = {"function", "__lambda__"}


def has_settings(value):
    """Whether a value is an object of Keras, or of a class of one's own from Keras's."""
    kinds = type(value).__mro__
    is_of_keras = any(kind.__module__.partition(".")[0] == "keras" for kind in kinds)
    return is_of_keras and hasattr(value, "get_config") and kinds[0].__name__ != RANDOM


def parts_of_network(item):
    """Return the layers and operations of a network, an empty list for anything else."""
    return list(getattr(item, "operations", None) or getattr(item, "layers", None) or [])


def settings_of(item):
    """Return an object's settings as JSON has them; of a class without `get_config`, plain ones."""
    try:
        return json.loads(json.dumps(item.get_config(), default=lambda value: type(value).__name__))
    except (NotImplementedError, TypeError, ValueError, AttributeError):
        return {
            name: repr(value)
            for name, value in vars(item).items()
            if name[0] != "_" and name not in STATE and is_plain(value)
        }


def _is_code(settings):
    """Whether settings stand for a function, or hold the code of a lambda."""
    if list(settings) == ["value"]:
        return isinstance(settings["value"], list) and len(settings["value"]) == 3
    return settings.get("class_name") in CODE and "config" in settings


def settings_text(item):
    """Return an object's settings as text, without its name."""
    return json.dumps(neutral(settings_of(item), "name"), sort_keys=True)


def neutral(settings, *without):
    """Return settings without the names of functions and classes outside Keras, and their code.

    settings: as JSON has them. without: keys that are left out.
    """
    if isinstance(settings, list):
        return [neutral(item, *without) for item in settings]
    if not isinstance(settings, dict):
        return settings
    if _is_code(settings):
        return {"class_name": "function"}
    is_own = settings.get("registered_name") is not None and "class_name" in settings
    names = {*without, *(("class_name", "registered_name", "module") if is_own else ())}
    return {name: neutral(item, *without) for name, item in settings.items() if name not in names}
