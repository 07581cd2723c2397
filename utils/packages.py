"""Which of the packages that the notebooks import are missing. It imports none of them itself."""

import importlib.util
import os
import re

from . import config
from .errors import CourseError

NOT_IN_NOTEBOOKS = {"jupyter", "latex2mathml", "pytest", "nbval", "pytest-xdist", "ruff"}
MODULES = {"scikit-learn": "sklearn", "pillow": "PIL"}  # where its name isn't the package's
OTHER_RUNTIME = "choose Runtime → Change runtime type → T4 GPU, then run from the top"


def lines():
    """Return what requirements.txt asks for: a list of str like 'numpy>=2.0,<3'.

    Raises OSError if that file can't be read.
    """
    text = (config.ROOT / "requirements.txt").read_text(encoding="utf-8")
    parts = (line.partition("#")[0].strip() for line in text.splitlines())
    return [part for part in parts if part]


def missing():
    """Return a dict: each package that notebooks need and that isn't here → what is asked for."""
    asked = {re.match(r"[\w.-]+", line)[0]: line for line in lines()}
    return {
        name: line
        for name, line in asked.items()
        if name not in NOT_IN_NOTEBOOKS and not is_here(MODULES.get(name, name))
    }


def is_here(module):
    """Whether a module can be found, which doesn't import it. module: str."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):  # something hides it
        return False


def demand():
    """Raise CourseError if a package is missing that the notebooks import.

    Without TensorFlow one may go on where Keras runs on something else.
    """
    try:
        lacking = missing()
    except OSError:  # a copy of the notebooks and `utils` alone: the imports will tell
        return
    if os.environ.get("KERAS_BACKEND", "tensorflow") != "tensorflow":
        lacking.pop("tensorflow", None)
    if not lacking:
        return
    *most, last = lacking
    names = f"{', '.join(most)} and {last} aren't" if most else f"{last} isn't"
    if not config.on_colab():
        install = f"-r {config.ROOT / 'requirements.lock'}"
    else:
        install = " ".join(f'"{line}"' for line in lacking.values())
    do = f"run `%pip install {install}` in a new cell, then run this cell again"
    if config.on_colab() and "tensorflow" in lacking:  # so it is with a TPU
        do = OTHER_RUNTIME
    raise CourseError(f"✗ {names} installed: {do}.")
