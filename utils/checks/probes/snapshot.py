"""Notices when a learner's code replaced functions that probes rely on, and puts them back.

It guards against code that patches `numpy.allclose` or a method of Keras, on purpose or not. Code
that knows this file can get round it, but the grader holds such answers for review.
"""

import builtins
import functools
import sys
import types

ROOTS = ("numpy", "keras", "probes")
ALONE = ("builtins", "tensorflow", "json", "inspect", "base64", "math", "itertools", "functools")
METHODS = (types.FunctionType, property, classmethod, staticmethod, functools.cached_property)
OF_THE_KERNEL = ("input", "display", "get_ipython", "exit", "quit")  # it sets them itself
MAX_NAMED = 5


def _modules():
    return {
        name: module
        for name, module in list(sys.modules.items())
        if isinstance(module, types.ModuleType)
        and (name in ALONE or name.partition(".")[0] in ROOTS)
    }


def _members(space, is_one):
    return {
        name: value
        for name, value in list(vars(space).items())
        if is_one(value) and (space is not builtins or name not in OF_THE_KERNEL)
    }


def _is_method(value):
    return isinstance(value, METHODS)


class Snapshot:
    """What the modules and their classes hold now."""

    def __init__(self):
        self.spaces = {}
        self.codes = {}
        for name, module in _modules().items():
            members = _members(module, callable)
            self.spaces[name] = (module, members)
            for inner, value in members.items():
                if isinstance(value, type) and value.__module__.partition(".")[0] in ROOTS:
                    self.spaces[f"{name}.{inner}"] = (value, _members(value, _is_method))
        for _, members in self.spaces.values():
            for value in members.values():
                if isinstance(value, types.FunctionType):
                    self.codes[value] = value.__code__

    def restore(self):
        """Restore what differs; return a few of its names."""
        changed = []
        for name, (space, members) in self.spaces.items():
            now = vars(space)
            for inner, value in members.items():
                if now.get(inner) is not value:
                    changed.append(f"{name}.{inner}")
                    setattr(space, inner, value)
        for function, code in self.codes.items():
            if function.__code__ is not code:
                changed.append(f"{function.__module__}.{function.__qualname__}")
                function.__code__ = code
        return changed[:MAX_NAMED]
