"""Importing TensorFlow shows nothing; what goes wrong still shows."""

import subprocess
import sys

from tests.support.helpers import build_notebook, environment, run_cells
from utils import config

LOG = """WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
E0000 00:00:1795318719.884313   19934 meta_optimizer.cc:967] remapper failed: INVALID_ARGUMENT
2026-11-22 03:42:11.123456: W tensorflow/core/framework/op.cc:98] out of range
"""
SETUP = "from utils import course; course.setup()"


def run(code):
    command = [sys.executable, "-c", f"{SETUP}\n{code}"]
    return subprocess.run(
        command, cwd=config.ROOT, env=environment(), capture_output=True, text=True
    )


def test_tensorflow_starts_in_silence():
    done = run("import tensorflow as tf; print(tf.constant([1, 2]).numpy().sum())")
    assert (done.returncode, done.stdout.splitlines()[1], done.stderr) == (0, "3", "")


def test_errors_of_python_and_of_native_code_show_afterwards():
    done = run("import os, tensorflow; os.write(2, b'native'); raise ValueError('seen')")
    assert done.returncode == 1
    assert "native" in done.stderr and "ValueError: seen" in done.stderr


def test_without_a_descriptor_for_errors_it_can_be_imported_all_the_same():
    done = run("import os, sys; os.close(2); sys.stderr = None; import tensorflow; print('in')")
    assert done.stdout.splitlines()[1:] == ["in"]


def test_a_look_for_the_package_does_not_use_the_silence_up():
    done = run("import importlib.util; importlib.util.find_spec('tensorflow'); import tensorflow")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_tensorflow_is_reported_as_ever():
    done = run("import sys; sys.path = [p for p in sys.path if 'site-packages' not in p]\n"
               "import tensorflow")  # fmt: skip
    assert "ModuleNotFoundError: No module named 'tensorflow'" in done.stderr


def test_native_code_may_log_and_a_notebook_shows_the_rest(monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel minds it
    write = f"import os, time\nos.write(2, {LOG + 'seen'!r}.encode())\ntime.sleep(1)"
    assert run_cells(build_notebook(SETUP, write))[1] == "seen"
