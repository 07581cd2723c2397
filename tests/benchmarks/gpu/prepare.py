"""Fills build/gpu with what a machine without a network needs for `tests.benchmarks.gpu`.

    python -m tests.benchmarks.gpu.prepare FOLDER_OF_JPEGS [--python 3.12] [--also NAME ...]

That is Keras, with the two small packages that it needs and that JAX's users don't have, as wheels,
and CIFAR-10 as JPEGs: FOLDER_OF_JPEGS holds the two files that `jpegs.FILES` names. Says how large
all is, and the command for the machine. The machine needs JAX, NumPy, SciPy, matplotlib, Pillow,
h5py, and of Keras's needs absl-py, ml-dtypes, packaging and rich; `--also` adds wheels of those.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from utils import config

from .jpegs import FILES

PLACE = config.ROOT / "build" / "gpu"  # git ignores it
WHEELS = ("keras>=3.8,<4", "namex", "optree")
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
LIMIT = 64 * 2**20  # bytes that a machine may be sent, the tree of the course included
THERE = (
    "python3 -m pip install -q --no-index --no-deps --no-compile --target /tmp/site {place}/*.whl "
    "&& PYTHONPATH=/tmp/site PYTHONUNBUFFERED=1 python3 -m tests.benchmarks.gpu --data {place} "
    '--out "${{OUT:-build/gpu-results}}"'
)


def fetch_wheels(folder, packages, python):
    """Download wheels for Linux on x86-64. python: str, a version like '3.12'.

    Raises subprocess.CalledProcessError if one can't be had.
    """
    platforms = [part for name in PLATFORMS for part in ("--platform", name)]
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder),
               "--only-binary=:all:", "--python-version", python, "--implementation", "cp",
               *platforms, *packages]  # fmt: skip
    subprocess.run(command, check=True)


def size_of(paths):
    """Return the bytes of files."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def tree_size():
    """Return the bytes of the files of the course, as git lists them."""
    command = ["git", "-C", str(config.ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return size_of(config.ROOT / name for name in names.split("\0") if name)


def main(arguments=None, place=PLACE):
    """Fill the folder; return 0, or 1 if it is too large."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("jpegs", type=Path, help="the folder with the two files of JPEGs")
    parser.add_argument("--python", default="3.12", help="the machine's version")
    parser.add_argument("--also", nargs="+", default=[], help="more packages, such as rich")
    options = parser.parse_args(arguments)
    shutil.rmtree(place, ignore_errors=True)  # two wheels of one package would stop pip
    place.mkdir(parents=True)
    for name in FILES.values():
        shutil.copyfile(options.jpegs / name, place / name)
    fetch_wheels(place, [*WHEELS, *options.also], options.python)
    parts = sorted(place.iterdir())
    for path in parts:
        print(f"{path.stat().st_size / 1e6:6.1f} MB  {path.name}")
    total = size_of(parts) + tree_size()
    print(f"{total / 1e6:6.1f} MB with the course, of {LIMIT / 1e6:.1f}")
    print("\nThere, in the course's folder:\n" + THERE.format(place=place.relative_to(config.ROOT)))
    return int(total > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
