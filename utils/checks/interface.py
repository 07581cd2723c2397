"""What kind of thing an exercise asks for, and with which parameters."""

import inspect


def wrong_interface(name, item, reference):
    """Return what is wrong with an item's kind or parameters, in words, or None.

    name: str, the exercise's. item: what the learner wrote. reference: function or class.
    """
    if inspect.isclass(reference):
        if not inspect.isclass(item):
            return f"`{name}` should be a class; it is {item!r}. Run the exercise's cell again."
    elif not callable(item):
        return f"`{name}` should be a function; it is {item!r}. Run the exercise's cell again."
    try:
        ours, theirs = inspect.signature(item), inspect.signature(reference)
    except (TypeError, ValueError):
        return None
    wanted = [name for name in theirs.parameters if not name.startswith("_")]
    got = list(ours.parameters)
    takes_any = any(p.kind is p.VAR_POSITIONAL for p in ours.parameters.values())
    try:
        ours.bind(*wanted)
        fits = takes_any or got[: len(wanted)] == wanted
    except TypeError:
        fits = False
    if not fits:
        return f"The parameters should be `{name}({', '.join(wanted)})`; they are `{name}{ours}`."
    return None
