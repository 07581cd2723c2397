"""Stands in for packages that a rented machine lacks, and that the cells run here import only."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys

# cells and solutions import these at their top, for parts of the weeks that aren't run here
PACKAGES = ("IPython", "latex2mathml", "nbformat", "pooch", "requests", "sklearn", "tensorflow",
            "threadpoolctl", "tqdm", "urllib3")  # fmt: skip


class _Named(type):
    """Makes classes of which every public name is such a class again, as in requests.exceptions."""

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _named(name)


def _named(name):
    """Return a class that can't be used, but stand where an exception stands: in `except`."""

    def refuse(self, *args, **options):
        raise ImportError(f"{name} is of a package that isn't installed here.")

    return _Named(name, (Exception,), {"__init__": refuse})


class _Nothing(type(sys)):
    """A module whose every public name is a class that can't be used."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _named(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, packages):
        self.packages = packages

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in self.packages:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return _Nothing(spec.name)

    def exec_module(self, module):
        pass


def stand_in():
    """Let `import` find a stand-in for each of PACKAGES that isn't there; return their names.

    IPython and TensorFlow stay missing where code asks whether they are there, so they get none.
    """
    asked_for = {"IPython", "tensorflow", "pooch"}
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    sys.meta_path.append(_Finder(set(missing) - asked_for))
    return missing
