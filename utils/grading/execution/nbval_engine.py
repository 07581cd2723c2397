"""Has nbval execute a rebuilt notebook, in boxed kernels, and compares outside of them.

nbval collects the cells, executes each as a test, and asks for the outputs to be compared; the
kernel and the comparison are ours.
"""

import contextlib
import io
import os
from collections import defaultdict
from unittest import mock

import nbformat
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from ..results import Status
from ..sandbox.listener import Stopped
from ..sandbox.trials import NO_EVIDENCE
from .rebuilt_notebook import KEY

ARGUMENTS = ["-p", "nbval.plugin", "-p", "no:cacheprovider", "-p", "no:warnings", "--noconftest"]
ARGUMENTS += ["-p", "no:unraisableexception", "-p", "no:threadexception"]  # collect garbage twice
ARGUMENTS += ["-p", "no:faulthandler", "-s", "-q", "--color=no", "--tb=no", "--no-summary"]
ARGUMENTS += ["-c", os.devnull, "-o", "addopts="]

NO_MEMORY = "What it returned is too large to be looked at: the process that did ran out of memory."


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
    is_answered = False  # whether the clean side has said what it saw

    def setup(self):
        """A cell that timed out doesn't excuse the next."""
        self.parent.timed_out = False

    def runtest(self):
        execution, number = self.config.execution, self.cell_num
        try:
            self.parent.kernel = execution.kernel_for(number)
            self._begin_trial()
            super().runtest()
        except Stopped as stop:
            if execution.broken is None:
                execution.note_stop(number, stop)
            raise
        except NbCellError as error:
            words = getattr(self, "words", None) or _last_error(self.test_outputs) or str(error)
            execution.note_error(number, self._end_trial() or words)
            raise
        except Exception as error:  # messages that nbval doesn't expect
            if execution.broken is not None:
                raise
            execution.kernel.stop()
            words = f"The kernel's messages can't be read ({type(error).__name__})."
            execution.note_stop(number, Stopped(Status.KERNEL_DIED, words))
            raise

    def _begin_trial(self):
        about = self.cell.metadata[KEY]
        if about["kind"] == "probe":
            self.parent.kernel.trial.begin(about["week"], about["exercise"], about["seed"])

    def _end_trial(self):
        """After an error: leave both sides ready for the next exercise, or end them; return what
        else there is to say, or ''."""
        kernel, about = self.parent.kernel, self.cell.metadata[KEY]
        if about["kind"] != "probe":
            return ""
        sent = {} if self.is_answered else kernel.trial.evidence(about["exercise"])
        is_gone = kernel.trial.is_gone()
        if kernel.trial.is_in_step and not is_gone:
            return ""
        kernel.stop()
        if sent.get("problem", NO_EVIDENCE) != NO_EVIDENCE:
            return sent["problem"]
        return NO_MEMORY if is_gone else ""

    def compare_outputs(self, test, ref, skip_compare=None):
        """nbval asks whether the outputs agree: have the evidence of the clean side judged."""
        self.comparison_traceback = []
        self.is_answered, exercise = True, self.cell.metadata[KEY]["exercise"]
        sent = self.parent.kernel.trial.evidence(exercise)
        if "problem" in sent:
            self.words = sent["problem"]
            return False
        try:
            return self.config.execution.judge(exercise, sent)
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
