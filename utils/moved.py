"""Old names of modules, for notebooks from the last release; to be removed in the next one."""

import importlib
import sys
from importlib.machinery import ModuleSpec

MOVED = {  # below utils
    "archives": "download.unpacking",
    "transfer": "download.transfer",
    "live": "display.curves",
    "plot": "display.plot",
    "notice": "display.console",
    "quiet": "display.quiet",
    "features": "training.features",
    "muon": "training.muon",
    "whiten": "training.whiten",
    "exercise": "checks.exercise",
    "checks.core": "checks.check",
    "grading.cohort": "grading.sample_cohort",
    "datasets.drawn_faces": "datasets.synthetic_faces",
    "datasets.drawn_flowers": "datasets.synthetic_flowers",
    "datasets.objects": "datasets.synthetic_objects",
    "datasets.scenes": "datasets.synthetic_scenes",
    "datasets.small_names": "datasets.synthetic_names",
    "datasets.small_tags": "datasets.synthetic_tags",
    "datasets.toy_corpus": "datasets.synthetic_corpus",
    "datasets.types": "datasets.records",
    "datasets.choose": "datasets.choice",
    "datasets.parts": "datasets.split",
}


class Finder:
    """Finds a module that has moved: importing the old name gives the module at its new place."""

    def find_spec(self, name, path=None, target=None):
        old = name.removeprefix("utils.")
        return ModuleSpec(name, self) if old != name and old in MOVED else None

    def create_module(self, spec):
        return None  # Python creates an empty one, which nobody gets to see

    def exec_module(self, module):
        new = "utils." + MOVED[module.__name__.removeprefix("utils.")]
        sys.modules[module.__name__] = importlib.import_module(new)  # which `import` then returns
        words = f"`{module.__name__}` is `{new}` now; the old name works until the next release."
        print(words, file=sys.stderr)  # what a script prints stays its own


def install():
    """Let `import` find modules that have moved."""
    sys.meta_path.append(Finder())
