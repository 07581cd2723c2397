"""A package's public names: each can be imported from it, and its module is loaded on first use."""

import importlib


def face(package, modules):
    """Return `__getattr__`, `__dir__` and `__all__` for a package's `__init__`.

    package: str, its `__name__`. modules: dict, a module's name → the names that it provides, in
    one str. No name may be the same as a module's: the loaded module would hide it.
    """
    home = {name: module for module, names in modules.items() for name in names.split()}

    def load(name):
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{home[name]}"), name)

    return load, lambda: sorted(home), sorted(home)
