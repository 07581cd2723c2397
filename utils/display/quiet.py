"""Keeps the frameworks' own logs off the learner's screen.

TensorFlow's C++ code writes to file descriptor 2 while it is being imported, before it reads any of
our settings, so that descriptor is redirected to a file until the import is done. What it logs
later reaches a notebook through the same descriptor, and before 2.21 it ignores the log level
there, so its log lines are filtered out. Python's own errors and warnings still appear, except for
one of JAX's.
"""

import logging
import os
import re
import sys
import tempfile
import threading
import warnings
from contextlib import contextmanager
from importlib.machinery import PathFinder

PACKAGE = "tensorflow"
LOG_LINE = re.compile(  # in both of its formats, except for fatal ones
    rb"^(WARNING: All log messages before absl"
    rb"|[IWE]\d{4} \d\d:\d\d:\S+ +\d+ \S+:\d+\]"
    rb"|\d{4}-\d\d-\d\d \d\d:\d\d:\S+ [IWE] \S+:\d+\]).*\n?",
    re.MULTILINE,
)


def hush():
    """Silence the first `import tensorflow`, whoever does it, and everything logged later.

    Does nothing once TensorFlow is imported.
    """
    # NumPy's integers have 64 bits; JAX makes it 32, which is enough here
    warnings.filterwarnings("ignore", "Explicitly requested dtype int64", UserWarning)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # what it says after the import
    if PACKAGE not in sys.modules and not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
        if hasattr(sys.stderr, "pub_thread"):  # a notebook's, which doesn't use descriptor 2
            _leave_out_log_lines()


def _leave_out_log_lines():
    """Filter the lines of the native log out of what is written to descriptor 2."""
    kept = os.dup(2)
    reader, writer = os.pipe()
    os.dup2(writer, 2)
    os.close(writer)

    def pass_on():
        while said := os.read(reader, 1 << 16):
            os.write(kept, LOG_LINE.sub(b"", said))

    threading.Thread(target=pass_on, daemon=True).start()


class _Finder:
    """Finds TensorFlow as Python would, and wraps its loader; it ignores everything else."""

    def find_spec(self, name, path=None, target=None):
        if name != PACKAGE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = self._silent(spec.loader.exec_module)
        return spec

    def _silent(self, exec_module):
        def run(module):
            with _no_native_stderr():
                exec_module(module)
            if self in sys.meta_path:
                sys.meta_path.remove(self)
            logging.getLogger(PACKAGE).setLevel(logging.ERROR)  # each new model "retraces"

        return run


@contextmanager
def _no_native_stderr():
    """Redirect descriptor 2 to a file while the block runs; if it fails, show what was written."""
    if sys.stderr:
        sys.stderr.flush()
    try:
        said, kept = tempfile.TemporaryFile(), os.dup(2)  # noqa: SIM115
    except OSError:  # no such descriptor: nothing to silence; or no room for a temporary file
        yield
        return
    with said:
        os.dup2(said.fileno(), 2)
        try:
            yield
        except BaseException:
            said.seek(0)
            os.write(kept, said.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
