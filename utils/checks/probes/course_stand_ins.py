"""Stands in for what notebooks import from the course, which isn't there where answers are graded.

Constants come out as in the notebook (`pick`, `set_seed`), what only shows something does nothing,
data sets are the course's own small ones, as in the profile tiny, and what would need a download
or training says so. Nothing of it is used by probes.
"""

import importlib
import importlib.abc
import random
import shutil
import sys
import tempfile
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import numpy as np

SHOWS, GIVES = ("display", "course", "intervals"), ("training", "download", "encoders")
DATA = "utils.datasets"
CHOICE = f"{DATA}.choice"  # between the real data and a small set
LENT = tuple(f"utils/{name}.py" for name in ("errors", "files", "lazy", "moved", "datasets/*"))
LENT += ("data/*.txt",)
PLACES = (Path(__file__).parent.parent, Path("/course"))  # of lent files: without a box, and in one


def lend(root, folder):
    """Copy what makes the course's data sets. root: pathlib.Path, the course; folder: the one that
    holds a copy of this package."""
    for path in [path for pattern in LENT for path in root.glob(pattern)]:
        copy = folder / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


class NotInGrading(Exception):
    """Something of the course that grading doesn't have."""


class Nothing:
    """Does nothing: any attribute, item or call of it, and any `with` give itself."""

    def __init__(self, *args, **options):
        """Whatever it is made of."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **options):
        return self

    def __getitem__(self, key):
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


def real_or_synthetic(name, real, synthetic):
    """Return the small set, whatever the profile: no data were downloaded here."""
    return synthetic()


def checkpoint_folder(asked=""):
    """Return the pathlib.Path of the folder that is asked for, or None."""
    return Path(asked) if asked else None


def writable_folder(folder, room=0):
    """Return the pathlib.Path of a folder, which is made."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


def cache_folder():
    """Return a folder that isn't kept."""
    return Path(tempfile.gettempdir())


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Has `import` find the stand-ins. profile: str, that of the machine that grades.

    It leaves the data sets to Python, which finds the lent files below `utils`.
    """

    def __init__(self, profile):
        def pick(*, tiny, cpu, gpu):
            return {"tiny": tiny, "cpu": cpu, "gpu": gpu}[profile]

        root = next((place for place in PLACES if (place / "utils").is_dir()), PLACES[0])
        self.own = {
            "utils": {"__path__": [str(root / "utils")]},
            "utils.config": {
                "pick": pick,
                "profile": lambda: profile,
                "set_seed": set_seed,
                "ROOT": root,
                "checkpoint_folder": checkpoint_folder,
                "writable_folder": writable_folder,
            },
            "utils.course": {"week": week},
            "utils.download": {"cache_folder": cache_folder},
            CHOICE: {"real_or_synthetic": real_or_synthetic},
        }

    def find_spec(self, name, path=None, target=None):
        parts = name.split(".")
        is_known = name in self.own or parts[1:2] and parts[1] in (*SHOWS, *GIVES)
        return ModuleSpec(name, self, is_package=True) if parts[0] == "utils" and is_known else None

    def create_module(self, spec):
        return ModuleType(spec.name)

    def exec_module(self, module):
        """Give a module its names: its own, and for all others what fits its kind."""
        vars(module).update(self.own.get(module.__name__, {}))
        kind = module.__name__.partition(".")[2].partition(".")[0]

        def make(name):
            if name.startswith("__") or not kind:  # `from utils import config` imports a module
                raise AttributeError(name)
            return Nothing() if kind in SHOWS else Missing(name)

        module.__getattr__ = make


def install(profile):
    """Let answers import the stand-ins, and files that they write, for the rest of this process."""
    if "" not in sys.path:
        sys.path.append("")
    sys.meta_path.insert(0, Finder(profile))
    importlib.import_module("utils.moved").install()  # for notebooks of the last release
