"""Keeps TensorFlow's start-up log off the learner's screen.

Its C++ side writes to file descriptor 2 while it is being imported, before it has read any setting
of ours, so that descriptor leads into a file until the import is done. Python's own errors and
warnings don't pass through it in a notebook, and show as ever.
"""

import logging
import os
import sys
import tempfile
from contextlib import contextmanager
from importlib.machinery import PathFinder

PACKAGE = "tensorflow"


def hush_tensorflow():
    """Make the first `import tensorflow`, by whomever, silent. Does nothing once it is imported."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # what it says after the import
    if PACKAGE not in sys.modules and not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder:
    """Finds TensorFlow as Python would, and wraps its loader; it leaves all else to others."""

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
    """Let descriptor 2 lead into a file while the block runs; where it fails, show what came."""
    if sys.stderr:
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is no such descriptor: nothing to silence
        yield
        return
    with tempfile.TemporaryFile() as said:
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
