"""Where things are, which profile runs, seeds, and one line that describes the machine.

This is the only module that reads `COURSE_PROFILE`, `COURSE_SOLUTIONS`, `COURSE_CHECKPOINTS`,
`COURSE_PROGRESS`.
"""

import difflib
import errno
import importlib.util
import os
import platform
import random
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from .errors import CourseError
from .places import keep, named

ROOT = Path(__file__).resolve().parent.parent
PROFILES = ("tiny", "cpu", "gpu")
WEEKS = {
    1: "week1_linear_models",
    2: "week2_mnist_tf",
    3: "week3_cnn_cifar_inception",
    4: "week4_autoencoder_gan",
    5: "week5_rnn_names",
    6: "week6_image_captioning",
}


def notebook_path(week):
    """Return the path of a week's notebook. week: int, 1 to 6."""
    return ROOT / WEEKS[week] / f"{WEEKS[week]}.ipynb"


def solutions_path(week):
    """Return the path of a week's reference solutions. week: int, 1 to 6."""
    return ROOT / WEEKS[week] / "solutions.py"


def available_weeks():
    """Return the numbers of the weeks whose notebook is in this copy of the course."""
    return [week for week in WEEKS if notebook_path(week).is_file()]


@cache
def find_gpu():
    """Return the name of the first NVIDIA GPU, or None, without importing a framework."""
    if shutil.which("nvidia-smi") is None:
        return None
    command = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    names = found.stdout.strip().splitlines()
    return names[0] if found.returncode == 0 and names else None


def on_colab():
    """Return whether this runs on Google Colab, without importing anything from it."""
    try:
        return importlib.util.find_spec("google.colab") is not None
    except ModuleNotFoundError:  # there is no package `google` either
        return False


def asked_profile():
    """Return the profile that `COURSE_PROFILE` asks for, or None if it asks for none."""
    asked = os.environ.get("COURSE_PROFILE", "").strip()
    if asked and asked not in PROFILES:
        near = difflib.get_close_matches(asked, PROFILES, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise CourseError(
            f"COURSE_PROFILE must be one of {', '.join(PROFILES)}; it is '{asked}'.{hint}"
        )
    return asked or None


def profile():
    """Return 'tiny', 'cpu' or 'gpu': the one asked for, or what suits this machine."""
    return asked_profile() or ("gpu" if find_gpu() else "cpu")


def pick(*, tiny, cpu, gpu):
    """Return the argument named like the current profile."""
    return {"tiny": tiny, "cpu": cpu, "gpu": gpu}[profile()]


def checkpoint_folder(asked=""):
    """Return the pathlib.Path of the folder for checkpoints, or None where none are kept.

    asked: str, the folder that the caller wants, such as one on a mounted Drive. If it is empty,
    the folder is what `COURSE_CHECKPOINTS` says; a relative one starts at the course's root.
    Otherwise it is None in the profile tiny, and `checkpoints` in the others. It may not exist.
    Raises CourseError for a folder on a Drive that isn't mounted.
    """
    if asked:
        return named(asked, "The folder for checkpoints")
    asked = os.environ.get("COURSE_CHECKPOINTS", "").strip()
    if asked:
        return named(asked, "COURSE_CHECKPOINTS", ROOT)
    return None if profile() == "tiny" else ROOT / "checkpoints"


def writable_folder(folder, room=0):
    """Return a folder that can be written: the one asked for, or one of the user's own.

    folder: str or path; it is made if it isn't there. room: int, bytes that must be free on its
    disk. Says so if it is another one. Raises CourseError if there is none.
    """

    def look(found):
        free = shutil.disk_usage(found).free
        if free < room:
            words = f"{room / 1e6:,.0f} MB are needed, and {free / 1e6:,.0f} MB are free"
            raise OSError(errno.ENOSPC, words)
        return found

    return keep(named(folder, "This cell"), "", look, own="checkpoints")


def progress_file():
    """Return the pathlib.Path of the file that says which exercises pass; it may not exist.

    Raises CourseError if `COURSE_PROGRESS` names one on a Drive that isn't mounted.
    """
    asked = os.environ.get("COURSE_PROGRESS", "").strip()
    return named(asked, "COURSE_PROGRESS", ROOT) if asked else ROOT / "checkpoints/progress.json"


def use_solutions():
    """Return whether `COURSE_SOLUTIONS=1` asks for the reference solutions."""
    value = os.environ.get("COURSE_SOLUTIONS", "").strip()
    if value not in ("", "0", "1"):
        raise CourseError(f"COURSE_SOLUTIONS must be 1 or 0; it is '{value}'.")
    if value == "1":
        need_solutions("COURSE_SOLUTIONS=1")
    return value == "1"


def need_solutions(what):
    """Raise CourseError in a copy for learners, which has no reference solutions.

    what: str, the command or setting that needs them.
    """
    if not any(solutions_path(week).is_file() for week in WEEKS):
        raise CourseError(
            f"{what} needs the reference solutions, and this copy of the course has none: leave it "
            "out, or use the whole course."
        )


def set_seed(seed):
    """Seed Python, NumPy and, where it was imported, Keras; return a NumPy Generator.

    seed: int. The returned generator is `numpy.random.default_rng(seed)`.
    """
    import numpy as np

    random.seed(seed)
    np.random.seed(seed)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    return np.random.default_rng(seed)


def memory_bytes():
    """Return the machine's memory in bytes, or None if the system doesn't say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def describe_machine():
    """Return one line: profile, Python, cores, memory, GPU, and whose answers run."""
    memory = memory_bytes()
    parts = [
        f"profile {profile()}",
        f"Python {platform.python_version()}",
        f"{os.cpu_count()} cores",
        f"{memory / 2**30:.0f} GB memory" if memory else "memory unknown",
        find_gpu() or "no GPU",
        "reference solutions" if use_solutions() else "your answers",
    ]
    return " · ".join(parts)
