"""Has nbval execute a rebuilt notebook, in boxed kernels, and compares outside of them.

nbval collects the cells, executes each as a test, and asks for the outputs to be compared; the
kernel and the comparison are ours.
"""

import contextlib
import io
import json
import os
from collections import defaultdict
from unittest import mock

import nbformat
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from ...checks.probes.serialize import MIME, BadEvidence
from ..results import Status
from ..sandbox.listener import Stopped
from .rebuilt_notebook import KEY

ARGUMENTS = ["-p", "nbval.plugin", "-p", "no:cacheprovider", "-p", "no:warnings", "--noconftest"]
ARGUMENTS += ["-p", "no:unraisableexception", "-p", "no:threadexception"]  # collect garbage twice
ARGUMENTS += ["-p", "no:faulthandler", "-s", "-q", "--color=no", "--tb=no", "--no-summary"]
ARGUMENTS += ["-c", os.devnull, "-o", "addopts="]


class GradedFile(IPyNbFile):
    """A rebuilt notebook. It looks at no marker or tag: those in the sources are the learner's."""

    def collect(self):
        self.nb = nbformat.read(str(self.path), as_version=4)
        for number, cell in enumerate(self.nb.cells):
            options = defaultdict(bool, check=cell.metadata[KEY]["kind"] == "probe")
            yield GradedCell.from_parent(
                self, name=f"Cell {number}", cell_num=number, cell=cell, options=options
            )

    def setup(self):
        """The kernels are those of the execution."""

    def teardown(self):
        """The execution closes them."""


class GradedCell(IPyNbCell):
    def setup(self):
        """A cell that timed out doesn't excuse the next."""
        self.parent.timed_out = False

    def runtest(self):
        execution, number = self.config.execution, self.cell_num
        try:
            self.parent.kernel = execution.kernel_for(number)
            super().runtest()
        except Stopped as stop:
            if execution.broken is None:
                execution.note_stop(number, stop)
            raise
        except NbCellError as error:
            words = getattr(self, "words", None) or _last_error(self.test_outputs) or str(error)
            execution.note_error(number, words)
            raise
        except Exception as error:  # messages that nbval doesn't expect
            if execution.broken is not None:
                raise
            execution.kernel.stop()
            words = f"The kernel's messages can't be read ({type(error).__name__})."
            execution.note_stop(number, Stopped(Status.KERNEL_DIED, words))
            raise

    def compare_outputs(self, test, ref, skip_compare=None):
        """nbval asks whether the outputs agree: compare the evidence with the reference's."""
        self.comparison_traceback = []
        sent = [output["data"][MIME] for output in test if MIME in (output.get("data") or {})]
        if len(sent) != 1:
            self.words = f"One piece of evidence was expected; there are {len(sent)}."
            return False
        try:
            answer = json.loads(sent[0])
            if not isinstance(answer, dict):
                raise BadEvidence("no dict")
            return self.config.execution.judge(self.cell.metadata[KEY]["exercise"], answer)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            self.words = f"The evidence can't be read ({type(error).__name__})."
            return False


def _last_error(outputs):
    errors = [output for output in outputs or [] if output.get("output_type") == "error"]
    return f"{errors[-1].ename}: {errors[-1].evalue}" if errors else None


class Plugin:
    """Hands rebuilt notebooks to nbval's classes, and the execution to them."""

    def __init__(self, execution):
        self.execution = execution

    def pytest_configure(self, config):
        config.execution = self.execution

    def pytest_collect_file(self, file_path, parent):
        return GradedFile.from_parent(parent, path=file_path) if file_path.suffix else None


def execute(path, execution):
    """Execute one rebuilt notebook, from this process. path: pathlib.Path; execution: Execution."""
    said = io.StringIO()
    alone = mock.patch.dict(os.environ, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTEST_ADDOPTS="")
    try:
        with alone, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            arguments = [*ARGUMENTS, f"--rootdir={path.parent}", str(path)]
            code = pytest.main(arguments, [Plugin(execution)])
    finally:
        execution.close()
    if execution.broken is not None:
        raise execution.broken
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"pytest ended with {code!r}: {said.getvalue()[:3000]}")
