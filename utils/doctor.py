"""Checks this machine and says what to do about each problem.

    python -m utils.doctor

The setup cell of every notebook runs the quick checks and prints only what needs fixing.
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

from . import config, packages
from .errors import CourseError

# Packages are imported where they are used, so that this module can report a missing one.

TRIED = ((3, 11), (3, 13))  # oldest and newest Python that the course was tested with
MEMORY = {"tiny": 3e9, "cpu": 5e9, "gpu": 6e9}  # bytes: the largest week measured, plus the system
DISK = {"tiny": 2e8, "cpu": 5e9, "gpu": 1.2e10}  # bytes for files, unpacked images and features
PATIENCE = 5  # seconds for a host to answer
SIGNS = {"ok": "✓", "note": "✎", "problem": "✗"}
ASK_TENSORFLOW = "import tensorflow as tf; print(len(tf.config.list_physical_devices('GPU')))"


@dataclass(frozen=True)
class Finding:
    """The result of a check. state: 'ok', 'note' or 'problem'; do: what to do about it, or ''."""

    state: str
    what: str
    do: str = ""

    def __str__(self):
        return f"{SIGNS[self.state]} {self.what}" + (f"\n    {self.do}" if self.do else "")


def python():
    """Check Python's version."""
    version, found = ".".join(map(str, sys.version_info[:3])), sys.version_info[:2]
    oldest, newest = (".".join(map(str, pair)) for pair in TRIED)
    if found < TRIED[0]:
        do = f"Use a newer one: make PYTHON=python{newest} lab."
        yield Finding("problem", f"Python {version}; the course needs {oldest} or newer.", do)
    elif found > TRIED[1]:
        do = f"If something fails, try {newest}: make clean, then make PYTHON=python{newest} lab."
        yield Finding("note", f"Python {version} is newer than {newest}, the newest tested.", do)
    else:
        yield Finding("ok", f"Python {version}")


def _required(file):
    """Yield each Requirement of a file, by its name."""
    from packaging.requirements import Requirement

    yield from map(Requirement, packages.lines(file))


def _packages(wanted):
    """Yield what is wrong with the versions of installed packages, or one line if nothing is."""
    all_right, number = True, 0
    for needed in wanted:
        number += 1
        state = "note" if needed.name in packages.NOT_IN_NOTEBOOKS else "problem"
        try:
            version = importlib.metadata.version(needed.name)
        except importlib.metadata.PackageNotFoundError:
            version = None
        if version is None and packages.is_here(packages.MODULES.get(needed.name, needed.name)):
            all_right = False
            what = f"{needed.name} comes from another package, whose version isn't checked."
            yield Finding("note", what)
        elif version is None or not needed.specifier.contains(version, prereleases=True):
            all_right = False
            found = f"{version} is installed" if version else "it isn't installed"
            what = f"{needed.name}: {needed.specifier} is needed, but {found}."
            yield Finding(state, what, f"{sys.executable} -m pip install '{needed}'")
    if all_right:
        yield Finding("ok", f"{number} packages, all in versions that the course supports")


def needed_packages():
    """Check the versions of the packages that this notebook imports."""
    wanted = _required(packages.needed_here())
    yield from _packages(need for need in wanted if need.name not in packages.NOT_IN_NOTEBOOKS)


def all_packages():
    """Check the versions of all packages, or of week 1's where the others were left out."""
    if packages.is_here("tensorflow") or not (config.ROOT / packages.WEEK1).is_file():
        yield from _packages(_required(packages.ALL))
        return
    yield from _packages(_required(packages.WEEK1))
    do = f"{sys.executable} -m pip install -r {config.ROOT / 'requirements.lock'}"
    yield Finding("note", "TensorFlow isn't installed: only week 1 runs.", do)


def settings():
    """Check the course's environment variables."""
    profile, solutions = config.profile(), config.use_solutions()
    yield Finding("ok", f"profile {profile}" + (", with the reference solutions" * solutions))
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    if backend != "tensorflow":
        do = "Week 2 teaches TensorFlow and needs it: unset KERAS_BACKEND there."
        yield Finding("note", f"Keras runs on {backend}.", do)


def memory():
    """Check the machine's memory."""
    have, need = config.memory_bytes(), MEMORY[config.profile()]
    if have is None:
        yield Finding("note", "This system doesn't say how much memory it has.")
    elif have < need:
        do = "Close other notebooks (Kernel → Shut Down All Kernels), or set COURSE_PROFILE=tiny."
        words = f"{have / 1e9:.0f} GB memory; the largest week needs {need / 1e9:.0f} GB here."
        yield Finding("problem", words, do)
    else:
        yield Finding("ok", f"{have / 1e9:.0f} GB memory")


def disk():
    """Check the free space where files are kept."""
    from .download import cache_folder
    from .places import own_folders

    folder = cache_folder()
    place = next(path for path in (folder, *folder.parents) if os.path.exists(path))
    free, need = shutil.disk_usage(place).free, DISK[config.profile()]
    if not os.access(place, os.W_OK):
        other = next(iter(own_folders()), None)
        where = f" What isn't there yet is kept in {other}." if other else ""
        do = "To choose another place, set COURSE_DATA."
        yield Finding("note", f"Nothing can be written to {folder}.{where}", do)
    elif free < need:
        do = "Free some space, or set COURSE_DATA to a folder on a larger disk."
        words = f"{free / 1e9:.1f} GB free for {folder}; all weeks need {need / 1e9:.1f} GB."
        yield Finding("problem", words, do)
    else:
        yield Finding("ok", f"{free / 1e9:.0f} GB free on disk")


def kept():
    """Check the settings that say where checkpoints and progress are kept."""
    config.checkpoint_folder(), config.progress_file()
    yield Finding("ok", "checkpoints and progress have a place")


def gpu():
    """Look for a GPU, without asking TensorFlow."""
    name = config.find_gpu()
    if name:
        yield Finding("ok", f"GPU: {name}")
        return
    do = "All weeks work without one, but weeks 3, 4 and 6 take minutes to train."
    if config.on_colab():
        do += " To get one: Runtime → Change runtime type → T4 GPU, then run from the top."
    yield Finding("note", "No GPU here.", do)


def gpu_in_tensorflow():
    """Ask TensorFlow, in a separate process, whether it sees the GPU."""
    if not config.find_gpu():
        return
    command = [sys.executable, "-c", ASK_TENSORFLOW]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        do = f"To see why: {sys.executable} -c 'import tensorflow'"
        yield Finding("problem", "TensorFlow can't be imported.", do)
    elif done.stdout.strip() == "0":
        do = f"{sys.executable} -m pip install 'tensorflow[and-cuda]'"
        yield Finding("problem", "There is a GPU, but TensorFlow doesn't see it.", do)
    else:
        yield Finding("ok", "TensorFlow sees the GPU")


def files():
    """Check the downloaded files, week by week."""
    from . import registry
    from .download import cache

    for week in sorted({week for entry in registry.entries().values() for week in entry.used_by}):
        entries = registry.used_by(week)
        missing = [entry for entry in entries if cache.state_of(entry)[0] != "here"]
        if missing:
            size = registry.readable(sum(entry.about for entry in missing))
            words = f"{week}: {len(missing)} of {len(entries)} files are missing ({size})."
            do = f"Notebooks fetch what they need. To fetch it now: python -m utils.download {week}"
            yield Finding("note", words, do)
        else:
            yield Finding("ok", f"{week}: all files are here")


def sources():
    """Check whether the hosts of files that neither cache nor mirror has answer."""
    from . import registry
    from .download import cache, mirror_files

    known = mirror_files()
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
        do = "Check the network, set COURSE_MIRROR to a mirror, or set COURSE_PROFILE=tiny."
        yield Finding("note", "No host of the missing files answers.", do)
    elif silent:
        do = "Other sources are tried instead."
        yield Finding("note", f"These hosts don't answer: {', '.join(silent)}.", do)
    elif answers:
        yield Finding("ok", f"{len(answers)} download hosts answer")


def _answers(url):
    import requests

    try:
        requests.head(url, timeout=PATIENCE)
    except (requests.RequestException, OSError, ValueError):  # also bad certificates, a bad .netrc
        return False
    return True


def mirror():
    """Check the mirror that COURSE_MIRROR names."""
    from .download import mirror_files

    asked = os.environ.get("COURSE_MIRROR", "").strip()
    if not asked:
        return
    number = len(mirror_files())
    if number:
        yield Finding("ok", f"the mirror {asked} holds {number} files")
    else:
        do = "Set it to a folder that `python -m utils.download --mirror DIR` made, or its address."
        yield Finding("problem", f"COURSE_MIRROR, {asked}, has no registry.toml.", do)


def sandbox():
    """Check whether other people's notebooks can be graded here."""
    from .grading.sandbox import box

    problem = box.why_not()
    if problem is None:
        yield Finding("ok", "bubblewrap works: other people's notebooks can be graded")
    else:
        words = re.sub(r"\s+", " ", problem)
        yield Finding("note", words, "It is needed only to grade other people's work.")


QUICK = (python, needed_packages, memory, disk, kept)
ALL = (python, all_packages, settings, memory, disk, kept, gpu, gpu_in_tensorflow, mirror, files,
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
    """Run the quick checks; print what needs fixing, or nothing if all is well."""
    for finding in look(QUICK):
        if finding.state == "problem":
            print(finding)


def main():
    """Print all findings; return 1 if one is a problem, otherwise 0."""
    found = look(ALL)
    print(*found, sep="\n")
    problems = sum(finding.state == "problem" for finding in found)
    print(f"\n{problems} to fix." if problems else "\nNothing to fix.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
