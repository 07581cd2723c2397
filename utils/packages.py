"""Which of the packages that the notebooks import are missing. It imports none of them itself."""

import importlib.util
import os
import re
from pathlib import Path

from . import config
from .errors import CourseError

ALL, WEEK1 = "requirements.txt", "requirements-week1.txt"
NOT_IN_NOTEBOOKS = {"jupyter", "latex2mathml", "pytest", "nbval", "pytest-xdist", "ruff"}
NOT_IN_NOTEBOOKS |= {"ipykernel", "jupyterlab"}  # what shows a notebook may be another program
MODULES = {"scikit-learn": "sklearn", "pillow": "PIL"}  # where its name isn't the package's
OTHER_RUNTIME = "choose Runtime → Change runtime type → T4 GPU, then run from the top"


def lines(file=ALL):
    """Return what a file asks for: a list of str like 'numpy>=2.0,<3'.

    file: str, the name of a file of requirements. Raises OSError if it can't be read.
    """
    text = (config.ROOT / file).read_text(encoding="utf-8")
    parts = (line.partition("#")[0].strip() for line in text.splitlines())
    return [part for part in parts if part]


def needed_here():
    """Return the name of the file that says what this notebook needs: week 1's own, which has no
    TensorFlow, where a notebook of week 1 runs; else that of all weeks."""
    try:
        folder = Path.cwd()
    except OSError:  # it is gone
        return ALL
    is_first = folder.name.startswith("week1_") and (config.ROOT / WEEK1).is_file()
    return WEEK1 if is_first else ALL


def missing():
    """Return a dict: each package that this notebook needs and that isn't here → what is asked
    for."""
    asked = {re.match(r"[\w.-]+", line)[0]: line for line in lines(needed_here())}
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
        file = needed_here().replace(ALL, "requirements.lock")
        install = f"-r {config.ROOT / file}"
    else:
        install = " ".join(f'"{line}"' for line in lacking.values())
    do = f"run `%pip install {install}` in a new cell, then run this cell again"
    if config.on_colab() and "tensorflow" in lacking:  # so it is with a TPU
        do = OTHER_RUNTIME
    raise CourseError(f"✗ {names} installed: {do}.")
