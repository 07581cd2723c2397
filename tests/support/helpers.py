"""What several tests share: running cells in a real kernel, and notebooks under nbval."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from utils import config, notebooks

IMPORT_CELL = "import numpy as np\nfrom utils import course\nexercise, check = course.week(1)"


def environment(**changes):
    """Return this process's environment without the course's settings, plus `changes`.

    Where progress is kept stays as it is: no test may touch what the learner has reached.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("COURSE_") or key == "COURSE_PROGRESS"
    }
    return {**kept, **changes}


def copy_course(folder, *names, without=()):
    """Copy folders of the course into another, with what Python has compiled of them: to do that
    anew takes seconds. What another process is writing there at this moment stays behind.

    names: of the folders; without: patterns of what else stays behind.
    """
    ignored = shutil.ignore_patterns("*.pyc.*", *without)
    for name in names:
        shutil.copytree(config.ROOT / name, folder / name, ignore=ignored)


def build_notebook(*sources):
    """Return a notebook with one code cell a source."""
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def lesson(*sources):
    """Return a notebook that starts like those of the course: set-up and import cell."""
    return build_notebook(notebooks.setup_text(), IMPORT_CELL, *sources)


def run_cells(notebook, folder=config.ROOT, **changes):
    """Run a notebook in a real kernel, on past errors; return one text a cell: all it showed."""
    client = NotebookClient(
        notebook,
        timeout=60,
        allow_errors=True,
        coalesce_streams=True,  # one print may come in two messages
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute(env=environment(**changes))
    return [cell_text(cell) for cell in notebook.cells]


def cell_text(cell):
    """Return all the text that a cell's outputs show, tracebacks included."""
    texts = []
    for output in cell.outputs:
        if output.output_type == "error":
            texts.append("\n".join(output.traceback))
        else:
            texts.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return "\n".join(texts)


def run_python(code):
    """Run code in a new Python, which must succeed; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=config.ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_nbval(path, *arguments, timeout=900, **changes):
    """Run one notebook under nbval as the README says; return the CompletedProcess."""
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "-ra"]
    command += ["--color=no", "--nbval-lax", f"--rootdir={config.ROOT}", *arguments, str(path)]
    return subprocess.run(
        command,
        cwd=config.ROOT,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def write_notebook(notebook, path):
    """Write a notebook built in a test; return its path."""
    nbformat.write(notebook, path)
    return path


def wait_for(url, log: Path, seconds=180):
    """Return what the address answers, once it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"no answer in {seconds} s: {log.read_text(encoding='utf-8')[-2000:]}")
