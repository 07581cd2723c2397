"""Stands in for what notebooks import from the course, which isn't there where answers are graded.

Constants come out as in the notebook (`pick`, `set_seed`), what only shows something does nothing,
and what would need the course's data or training says so. Nothing of it is used by probes.
"""

import importlib.abc
import random
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np

SHOWS = ("display", "course", "live", "plot", "notice", "quiet")  # with names of the last release
GIVES = ("datasets", "training", "download", "archives", "transfer", "features", "muon", "whiten")


class NotInGrading(Exception):
    """Something of the course that grading doesn't have."""


class Nothing:
    """Does nothing: any attribute of it, any call of it, and any `with` give itself."""

    def __init__(self, *args, **options):
        """Whatever it is made of."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **options):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        """Errors pass."""

    def __iter__(self):
        return iter(())


class Missing:
    """Can be imported; whatever else is done with it raises NotInGrading. name: str."""

    def __init__(self, name, *bases):
        self._name = name
        if bases:  # a class that inherits from it
            bases[0][0]()

    def _refuse(self, *args, **options):
        raise NotInGrading(
            f"`{self._name}` belongs to the course, and grading has your answers alone: let the "
            "exercise take all that it needs as arguments."
        )

    __call__ = __iter__ = __len__ = __getitem__ = __truediv__ = __enter__ = _refuse

    def __exit__(self, *error):
        """Never reached."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._refuse()


def set_seed(seed):
    """Seed Python, NumPy and, where it was imported, Keras; return a NumPy Generator."""
    random.seed(seed)
    np.random.seed(seed)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    return np.random.default_rng(seed)


def week(number):
    """Return what stands in for `exercise` and `check`."""
    return (lambda item: item), Nothing()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Has `import` find the stand-ins. profile: str, that of the machine that grades."""

    def __init__(self, profile):
        def pick(*, tiny, cpu, gpu):
            return {"tiny": tiny, "cpu": cpu, "gpu": gpu}[profile]

        self.config = {"pick": pick, "profile": lambda: profile, "set_seed": set_seed}

    def find_spec(self, name, path=None, target=None):
        parts = name.split(".")
        is_known = len(parts) == 1 or parts[1] in ("config", *SHOWS, *GIVES)
        return ModuleSpec(name, self, is_package=True) if parts[0] == "utils" and is_known else None

    def create_module(self, spec):
        return ModuleType(spec.name)

    def exec_module(self, module):
        """Give a module its names: its own, and for all others what fits its kind."""
        kind = module.__name__.partition(".")[2].partition(".")[0]
        if kind == "config":
            vars(module).update(self.config)
        if kind == "course":
            module.week = week
        shows = kind in SHOWS

        def make(name):
            if name.startswith("__") or not kind:  # `from utils import config` imports a module
                raise AttributeError(name)
            return Nothing() if shows else Missing(name)

        module.__getattr__ = make


def install(profile):
    """Let answers import the stand-ins, for the rest of this process."""
    sys.meta_path.insert(0, Finder(profile))
