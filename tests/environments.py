"""The notebooks in other environments: Colab's, the lowest and the newest versions, JAX, PyTorch.

    python -m tests.environments colab [--weeks 1 2] [--folder DIR]

Builds the environment once (DIR, by default build/environments), then runs the notebooks of what is
committed in it, in the profile tiny with the reference solutions. Each starts as on Colab: an empty
folder with the notebook alone, whose set-up cell fetches the course by one shallow clone. Prints a
line a week, with the seconds to the first check and those of the set-up cell; the exit status is
the number of weeks that fail.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tests.support.helpers import environment
from utils import config, notebooks

REQUIREMENTS = ("-r", str(config.ROOT / "requirements.txt"))
COLAB = ("-r", str(config.ROOT / "tests" / "colab.txt"))
LIMIT = 1800  # seconds that a cell may take
FROM_3 = (3, 4, 5, 6)  # weeks that need Keras alone


@dataclass(frozen=True)
class Environment:
    """One environment. python: version; packages: arguments of `uv pip install`."""

    python: str
    packages: tuple
    weeks: tuple = tuple(config.WEEKS)
    settings: tuple = ()


ENVIRONMENTS = {
    "colab": Environment("3.13", COLAB),
    "lowest": Environment("3.11", ("--resolution", "lowest-direct", *REQUIREMENTS)),
    "newest": Environment("3.13", REQUIREMENTS),
    "jax": Environment("3.13", (*REQUIREMENTS, "jax"), FROM_3, (("KERAS_BACKEND", "jax"),)),
    "torch": Environment("3.13", (*REQUIREMENTS, "torch"), FROM_3, (("KERAS_BACKEND", "torch"),)),
}


def find_python(version):
    """Return the path of a Python. version: str like '3.13'."""
    found = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    path = found[-1] if found else shutil.which(f"python{version}")
    if path is None:
        sys.exit(f"This needs Python {version}, which is not installed here.")
    return str(path)


def build(name, folder):
    """Make an environment unless it is there; return the path of its Python."""
    chosen, place = ENVIRONMENTS[name], folder / name
    python, ready = place / "bin" / "python", place / ".ready"
    if ready.exists():
        return python
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "uv"], check=True)
    subprocess.run(
        [*uv, "venv", "-q", "--clear", "--python", find_python(chosen.python), str(place)],
        check=True,
    )
    subprocess.run(
        [*uv, "pip", "install", "-q", "--python", str(python), *chosen.packages], check=True
    )
    if name == "colab":
        library = next(place.glob("lib/python*/site-packages"))
        (library / "google" / "colab").mkdir(parents=True, exist_ok=True)
        (library / "google" / "colab" / "__init__.py").touch()
    ready.touch()
    return python


def run(week, python, settings):
    """Run a week's notebook from an empty folder.

    Returns its seconds, those to the first check's answer, those of the set-up cell, and the
    error's text, or noise, or None.
    """
    notebook, start, checked = notebooks.read(week), time.monotonic(), []

    def note(cell, **_):
        if cell.id.startswith("check-"):
            checked.append(time.monotonic() - start)

    manager = AsyncKernelManager(kernel_name="python3")
    manager.kernel_spec.argv[0] = str(python)
    with tempfile.TemporaryDirectory() as content:
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=LIMIT,
            resources={"metadata": {"path": content}},
            on_cell_executed=note,
        )
        try:
            client.execute(env=environment(**settings), cwd=content)
            error = noise(notebook)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as problem:
            error = str(problem)
        finally:  # the client leaves a manager alone that it was given
            asyncio.run(manager.shutdown_kernel(now=True))
    seconds, first = time.monotonic() - start, min(checked, default=float("nan"))
    return seconds, first, set_up_seconds(notebook), error


def set_up_seconds(notebook):
    """Return what the set-up cell took, which fetches the course; nan if it gave no answer."""
    cell = next(cell for cell in notebook.cells if cell.id == "setup")
    times = cell.metadata.get("execution", {})
    if "shell.execute_reply" not in times:
        return float("nan")
    begun, done = (
        datetime.fromisoformat(times[name])
        for name in ("iopub.execute_input", "shell.execute_reply")
    )
    return (done - begun).total_seconds()


def noise(notebook):
    """Return what cells wrote to stderr, where no learner should see anything; or None."""
    lines = [
        f"{cell.id}: {output['text']}"
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.get("name") == "stderr"
    ]
    return "".join(lines) or None


def main(arguments=None):
    """Build, run, print; return the number of weeks that failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", choices=ENVIRONMENTS)
    parser.add_argument("--weeks", type=int, nargs="+")
    parser.add_argument("--folder", type=Path, default=config.ROOT / "build" / "environments")
    options = parser.parse_args(arguments)
    chosen, failed = ENVIRONMENTS[options.name], 0
    python = build(options.name, options.folder)
    settings = {
        "COURSE_PROFILE": "tiny",
        "COURSE_SOLUTIONS": "1",
        "COURSE_REPOSITORY": config.ROOT.as_uri(),
        "PYTHONPATH": "",
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        **dict(chosen.settings),
    }
    for week in options.weeks or chosen.weeks:
        seconds, first, setting_up, error = run(week, python, settings)
        words = f"fails\n{error}" if error else "passes"
        print(
            f"{options.name}, week {week}: {words} in {seconds:.0f} s, first check after "
            f"{first:.0f} s, of which the set-up cell took {setting_up:.1f} s",
            flush=True,
        )
        failed += error is not None
    return failed


if __name__ == "__main__":
    sys.exit(main())
