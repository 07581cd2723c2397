"""From a fresh clone to the first check that passes: seconds with uv, warm and cold, and with pip.

    python -m tests.benchmarks.first_check [--rounds 3]

Each round clones what is committed, lets `make` fill an environment of the clone's own, and runs
week 1's notebook in it with the reference solutions until its first check has answered. The ways
take turns. Warm: what uv has kept from before. Cold: an empty cache. For pip, uv is cut off from
all packages, so that `make` goes on with pip, without a cache too.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

import nbformat

from tests.benchmarks.figures import Figure, store
from tests.support.helpers import environment
from utils import config

WAYS = {  # name: settings; {empty} is a folder
    "uv, warm": {},
    "uv, cold": {"UV_CACHE_DIR": "{empty}"},
    "pip, cold": {"UV_CACHE_DIR": "{empty}", "UV_OFFLINE": "1", "PIP_NO_CACHE_DIR": "1"},
}


def run(folder, *command, **settings):
    """Run a command in a folder; return what it prints. Raises CalledProcessError if it fails."""
    done = subprocess.run(
        command, cwd=folder, env=environment(**settings), check=True, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def until_first_check(clone):
    """Run week 1's notebook in a clone's environment until its first check, which must pass."""
    work = clone / config.notebook_path(1).relative_to(config.ROOT)
    notebook = nbformat.read(work, as_version=4)
    ids = [cell.id for cell in notebook.cells]
    end = next(number for number, name in enumerate(ids) if name.startswith("check-"))
    notebook.cells = notebook.cells[: end + 1]
    nbformat.write(notebook, work)
    command = (".venv/bin/jupyter", "nbconvert", "--to", "notebook", "--execute", "--stdout")
    said = run(clone, *command, str(work), COURSE_PROFILE="tiny", COURSE_SOLUTIONS="1")
    if "✓" not in said:
        raise RuntimeError(f"The check {ids[end]} didn't pass: {said[-500:]}")


def measure(way):
    """Return the seconds that a way takes, from the clone's beginning to the check's answer."""
    with tempfile.TemporaryDirectory() as place:
        empty = Path(place) / "empty"
        empty.mkdir()
        settings = {name: value.format(empty=empty) for name, value in WAYS[way].items()}
        clone, start = Path(place) / "course", time.perf_counter()
        run(place, "git", "clone", "-q", str(config.ROOT), str(clone))
        said = run(clone, "make", ".venv/.ready", **settings)
        if ("uv can't be had" in said) != way.startswith("pip"):
            raise RuntimeError(f"{way}: another way was taken: {said[-500:]}")
        until_first_check(clone)
        return time.perf_counter() - start


def main(arguments=None):
    """Measure all ways by turns, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = range(parser.parse_args(arguments).rounds)
    print(config.describe_machine())
    measure("uv, warm")  # whatever uv hasn't kept yet
    found = {way: [] for way in WAYS}
    for _ in rounds:
        for way in WAYS:
            found[way].append(measure(way))
            print(f"{way}: {found[way][-1]:.1f} s", flush=True)
    store("first_check", [Figure(f"{way}, seconds", times) for way, times in found.items()])


if __name__ == "__main__":
    main()
