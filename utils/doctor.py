"""Looks at this machine and says what to do about what it finds.

    python -m utils.doctor

The set-up cell of every notebook runs the quick part, and prints only what needs doing.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from . import config
from .errors import CourseError

# Packages are imported where they are used: one that is missing is what this module should tell.

TRIED = ((3, 11), (3, 13))  # oldest and newest Python that the course was run with
NOT_IN_NOTEBOOKS = {"jupyter", "latex2mathml", "pytest", "nbval", "pytest-xdist", "ruff"}
MEMORY = {"tiny": 3e9, "cpu": 5e9, "gpu": 6e9}  # bytes: the largest week measured, and the system
DISK = {"tiny": 2e8, "cpu": 2e9, "gpu": 1.2e10}  # bytes for files, unpacked images and features
PATIENCE = 5  # seconds for a host to answer
SIGNS = {"ok": "✓", "note": "✎", "problem": "✗"}
ASK_TENSORFLOW = "import tensorflow as tf; print(len(tf.config.list_physical_devices('GPU')))"


@dataclass(frozen=True)
class Finding:
    """What was found. state: 'ok', 'note' or 'problem'; do: what to do about it, or ''."""

    state: str
    what: str
    do: str = ""

    def __str__(self):
        return f"{SIGNS[self.state]} {self.what}" + (f"\n    {self.do}" if self.do else "")


def python():
    """Look at Python's version."""
    version, found = ".".join(map(str, sys.version_info[:3])), sys.version_info[:2]
    oldest, newest = (".".join(map(str, pair)) for pair in TRIED)
    if found < TRIED[0]:
        do = f"Name a newer one: make PYTHON=python{newest} lab."
        yield Finding("problem", f"Python {version}; the course needs {oldest} or newer.", do)
    elif found > TRIED[1]:
        do = f"If something fails, try {newest}: make clean, then make PYTHON=python{newest} lab."
        yield Finding("note", f"Python {version} is newer than what was tried, {newest}.", do)
    else:
        yield Finding("ok", f"Python {version}")


def _required():
    """Yield each Requirement of requirements.txt."""
    from packaging.requirements import Requirement

    for line in (config.ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield Requirement(line.partition("#")[0])


def _packages(wanted):
    """Yield what is wrong with the versions of installed packages, or one line if all are right."""
    all_right, number = True, 0
    for needed in wanted:
        number += 1
        state = "note" if needed.name in NOT_IN_NOTEBOOKS else "problem"
        try:
            version = importlib.metadata.version(needed.name)
        except importlib.metadata.PackageNotFoundError:
            version = None
        if version is None or not needed.specifier.contains(version, prereleases=True):
            all_right = False
            came = f"{version} is installed" if version else "it isn't installed"
            what = f"{needed.name}: {needed.specifier} is needed, {came}."
            yield Finding(state, what, f"{sys.executable} -m pip install '{needed}'")
    if all_right:
        yield Finding("ok", f"{number} packages, all of versions that the course admits")


def needed_packages():
    """Look at the versions of the packages that the notebooks import."""
    yield from _packages(need for need in _required() if need.name not in NOT_IN_NOTEBOOKS)


def all_packages():
    """Look at the versions of all packages of requirements.txt."""
    yield from _packages(_required())


def settings():
    """Look at the course's variables."""
    profile, solutions = config.profile(), config.use_solutions()
    yield Finding("ok", f"profile {profile}" + (", with the reference solutions" * solutions))
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    if backend != "tensorflow":
        do = "Week 2 teaches TensorFlow and needs it: unset KERAS_BACKEND there."
        yield Finding("note", f"Keras runs on {backend}.", do)


def memory():
    """Look at the machine's memory."""
    have, need = config.memory_bytes(), MEMORY[config.profile()]
    if have is None:
        yield Finding("note", "This system doesn't tell how much memory it has.")
    elif have < need:
        do = "Close other notebooks (Kernel → Shut Down All Kernels), or set COURSE_PROFILE=tiny."
        words = f"{have / 1e9:.0f} GB memory; the largest week needs {need / 1e9:.0f} GB here."
        yield Finding("problem", words, do)
    else:
        yield Finding("ok", f"{have / 1e9:.0f} GB memory")


def disk():
    """Look at the space where files are kept."""
    from .download import cache

    folder = cache.cache_folder()
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free, need = shutil.disk_usage(place).free, DISK[config.profile()]
    if not os.access(place, os.W_OK):
        do = "Let COURSE_DATA name a folder of yours, unless all files are there already."
        yield Finding("note", f"Nothing can be written to {folder}.", do)
    elif free < need:
        do = "Make room, or let COURSE_DATA name a folder on a larger disk."
        words = f"{free / 1e9:.1f} GB free for {folder}; all weeks need {need / 1e9:.1f} GB."
        yield Finding("problem", words, do)
    else:
        yield Finding("ok", f"{free / 1e9:.0f} GB free on disk")


def gpu():
    """Look for a GPU, without asking TensorFlow."""
    name = config.find_gpu()
    if name:
        yield Finding("ok", f"GPU: {name}")
        return
    do = "Weeks 3, 4 and 6 train for minutes without one; all weeks work."
    if config.on_colab():
        do += " To have one: Runtime → Change runtime type → T4 GPU, then run from the top."
    yield Finding("note", "No GPU here.", do)


def gpu_in_tensorflow():
    """Ask TensorFlow, in a process of its own, whether it sees the GPU."""
    if not config.find_gpu():
        return
    command = [sys.executable, "-c", ASK_TENSORFLOW]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        do = f"See what it says: {sys.executable} -c 'import tensorflow'"
        yield Finding("problem", "TensorFlow can't be imported.", do)
    elif done.stdout.strip() == "0":
        do = f"{sys.executable} -m pip install 'tensorflow[and-cuda]'"
        yield Finding("problem", "There is a GPU, and TensorFlow doesn't see it.", do)
    else:
        yield Finding("ok", "TensorFlow sees the GPU")


def files():
    """Look at the downloaded files, week by week."""
    from . import registry
    from .download import cache

    for week in sorted({week for entry in registry.entries().values() for week in entry.used_by}):
        entries = registry.used_by(week)
        missing = [entry for entry in entries if cache.state_of(entry)[0] != "here"]
        if missing:
            size = registry.readable(sum(entry.about for entry in missing))
            words = f"{week}: {len(missing)} of {len(entries)} files aren't here ({size})."
            do = f"A notebook fetches what it needs; or now: python -m utils.download {week}"
            yield Finding("note", words, do)
        else:
            yield Finding("ok", f"{week}: all files are here")


def sources():
    """Ask the hosts of files that neither the cache nor the mirror holds whether they answer."""
    from . import registry
    from .download import cache

    known = cache.mirror_files()
    missing = [
        entry
        for entry in registry.entries().values()
        if cache.state_of(entry)[0] != "here" and entry.name not in known
    ]
    urls = {urlsplit(url).netloc: url for entry in missing for url in entry.urls}
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(urls, pool.map(_answers, urls.values())))
    silent = [host for host, answered in answers.items() if not answered]
    if missing and len(silent) == len(answers):
        do = "Check the network, let COURSE_MIRROR name a mirror, or set COURSE_PROFILE=tiny."
        yield Finding("note", "No host of the missing files answers.", do)
    elif silent:
        do = "Other sources are tried in their place."
        yield Finding("note", f"These hosts don't answer: {', '.join(silent)}.", do)
    elif answers:
        yield Finding("ok", f"{len(answers)} hosts of files answer")


def _answers(url):
    import requests

    try:
        requests.head(url, timeout=PATIENCE)
    except requests.RequestException:
        return False
    return True


def mirror():
    """Look at the mirror that COURSE_MIRROR names."""
    from .download import cache

    asked = os.environ.get("COURSE_MIRROR", "").strip()
    if not asked:
        return
    number = len(cache.mirror_files())
    if number:
        yield Finding("ok", f"the mirror {asked} holds {number} files")
    else:
        do = "Name a folder that `python -m utils.download --mirror DIR` made, or its address."
        yield Finding("problem", f"COURSE_MIRROR, {asked}, holds no registry.toml.", do)


def sandbox():
    """Look whether others' notebooks can be graded here."""
    from .grading.sandbox import box

    problem = box.why_not()
    if problem is None:
        yield Finding("ok", "bubblewrap makes sandboxes: others' notebooks can be graded")
    else:
        words = re.sub(r"\s+", " ", problem)
        yield Finding("note", words, "Only grading others' work needs it.")


QUICK = (python, needed_packages, memory, disk)
ALL = (python, all_packages, settings, memory, disk, gpu, gpu_in_tensorflow, mirror, files,
       sources, sandbox)  # fmt: skip


def look(checks):
    """Return the findings of some checks, each once. checks: functions that yield Finding."""
    found = {}
    for check in checks:
        try:
            found |= dict.fromkeys(check())
        except ModuleNotFoundError as error:
            words = f"The package {error.name} isn't installed."
            found[Finding("problem", words, "Install what requirements.txt lists: make lab.")] = 1
        except (CourseError, OSError) as error:
            do = "Correct the setting that it names, or unset it."
            found[Finding("problem", str(error), do)] = 1
    return list(found)


def say_problems():
    """Run the quick part; print what needs doing, and nothing where all is well."""
    for finding in look(QUICK):
        if finding.state == "problem":
            print(finding)


def main():
    """Print all findings; return 1 if one is a problem, else 0."""
    found = look(ALL)
    print(*found, sep="\n")
    problems = sum(finding.state == "problem" for finding in found)
    print(f"\n{problems} to mend." if problems else "\nNothing needs mending.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
