"""Runs a rebuilt notebook under nbval, in boxed kernels, and compares outside.

nbval collects the cells, runs each as a test, and asks for the outputs to be compared; the kernel
and the comparison are ours. A cell that kills its kernel costs itself: the next one gets a new
kernel, in which the definitions are run again.
"""

import contextlib
import io
import json
import os
import time
from collections import defaultdict
from unittest import mock

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from ..checks.probes.wire import MIME, BadEvidence
from .kernel import Stopped

KEY = "course"  # of the metadata of a rebuilt notebook's cells
SETUP_SECONDS, DEFINE_SECONDS = 120, 30
SUBMISSION_SECONDS = 1200  # after which the rest of a submission is not run
MAX_ERROR = 500
ARGUMENTS = ["-p", "nbval.plugin", "-p", "no:cacheprovider", "-p", "no:warnings", "--noconftest"]
ARGUMENTS += ["-p", "no:unraisableexception", "-p", "no:threadexception"]  # collect garbage twice
ARGUMENTS += ["-p", "no:faulthandler", "-s", "-q", "--color=no", "--tb=no", "--no-summary"]
ARGUMENTS += ["-c", os.devnull, "-o", "addopts="]


def build(week, answers, seeds, seconds):
    """Return the notebook that runs these answers.

    week: int; answers: list of Answer, in the order to run them; seeds: dict, name → int;
    seconds: dict, name → how long its probe may take.
    """
    start = (
        f"from probes import remote as _remote, week{week} as _probes\n"
        "exercise = _remote.exercise\n_remote.begin()"
    )
    cells, binder = [_cell(start, "setup", None, SETUP_SECONDS)], {}
    for answer in answers:
        for piece in answer.pieces:
            if all(binder.get(name) is piece for name in piece.binds) and piece.binds:
                continue
            binder.update(dict.fromkeys(piece.binds, piece))
            cells.append(_cell(piece.source, "define", answer.name, DEFINE_SECONDS))
        name = answer.name
        probe = f"_remote.show({name}, _probes.{name}, {seeds[name]})"
        cells.append(_cell(probe, "probe", name, seconds[name]))
    return new_notebook(cells=cells)


def _cell(source, kind, name, seconds):
    about = {"kind": kind, "exercise": name, "seconds": seconds}
    return new_code_cell(source, metadata={KEY: about}, execution_count=1)


class Run:
    """What happens to one rebuilt notebook. start_kernel: function () -> kernel.

    judge: function (name, answer as sent) -> whether it is right. stopped, errors: dicts, name →
    the Stopped, or the errors of its cells in words; broken: what keeps kernels from starting.
    """

    def __init__(self, notebook, start_kernel, judge):
        self.cells = notebook.cells
        self.start_kernel, self.judge = start_kernel, judge
        self.kernel = self.broken = None
        self.end = time.monotonic() + SUBMISSION_SECONDS
        self.stopped, self.errors, self.deadly = {}, defaultdict(list), set()

    def kernel_for(self, number):
        """Return a live kernel in which the definitions above this cell were run."""
        if time.monotonic() > self.end:
            raise Stopped("timed out", "The time for this submission was over before its turn.")
        while self.kernel is None or not self.kernel.is_alive():
            self.kernel = self._start()
            self._replay(number)
        self.kernel.seconds = self.cells[number].metadata[KEY]["seconds"]
        return self.kernel

    def _start(self):
        """Start a kernel; where that fails it is the grader's fault, and nobody's mark."""
        if self.broken is None:
            try:
                return self.start_kernel()
            except Exception as error:
                self.broken = error
        raise self.broken

    def _replay(self, number):
        for place, cell in enumerate(self.cells[:number]):
            about = cell.metadata[KEY]
            if about["kind"] == "probe" or place in self.deadly:
                continue
            self.kernel.seconds = about["seconds"]
            try:
                self.kernel.run(cell.source)
            except Stopped as stop:
                self.deadly.add(place)  # `kernel_for` then tries again without it
                if about["kind"] == "setup":
                    self.broken = stop
                    raise
                return

    def note_stop(self, number, stop):
        """Note why a cell was stopped."""
        about = self.cells[number].metadata[KEY]
        if about["kind"] == "setup":
            self.broken = stop
            return
        self.stopped.setdefault(about["exercise"], stop)
        if about["kind"] == "define":
            self.deadly.add(number)

    def note_error(self, number, words):
        """Note an error that a cell raised."""
        self.errors[self.cells[number].metadata[KEY]["exercise"]].append(words[:MAX_ERROR])

    def close(self):
        if self.kernel is not None:
            self.kernel.stop()


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
        """The kernels are those of the run."""

    def teardown(self):
        """The run closes them."""


class GradedCell(IPyNbCell):
    def setup(self):
        """A cell that timed out doesn't excuse the next."""
        self.parent.timed_out = False

    def runtest(self):
        run, number = self.config.grading_run, self.cell_num
        try:
            self.parent.kernel = run.kernel_for(number)
            super().runtest()
        except Stopped as stop:
            if run.broken is None:
                run.note_stop(number, stop)
            raise
        except NbCellError as error:
            words = getattr(self, "words", None) or _last_error(self.test_outputs) or str(error)
            run.note_error(number, words)
            raise
        except Exception as error:  # messages that nbval doesn't expect
            if run.broken is not None:
                raise
            run.kernel.stop()
            words = f"The kernel's messages can't be read ({type(error).__name__})."
            run.note_stop(number, Stopped("kernel died", words))
            raise

    def compare_outputs(self, test, ref, skip_compare=None):
        """nbval asks whether the outputs agree: compare the evidence with the reference's."""
        self.comparison_traceback = []
        sent = [output["data"][MIME] for output in test if MIME in (output.get("data") or {})]
        if len(sent) != 1:
            self.words = f"One piece of evidence was expected; {len(sent)} came."
            return False
        try:
            answer = json.loads(sent[0])
            if not isinstance(answer, dict):
                raise BadEvidence("no dict")
            return self.config.grading_run.judge(self.cell.metadata[KEY]["exercise"], answer)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            self.words = f"The evidence can't be read ({type(error).__name__})."
            return False


def _last_error(outputs):
    errors = [output for output in outputs or [] if output.get("output_type") == "error"]
    return f"{errors[-1].ename}: {errors[-1].evalue}" if errors else None


class Plugin:
    """Hands rebuilt notebooks to nbval's classes, and the run to them."""

    def __init__(self, run):
        self.run = run

    def pytest_configure(self, config):
        config.grading_run = self.run

    def pytest_collect_file(self, file_path, parent):
        return GradedFile.from_parent(parent, path=file_path) if file_path.suffix else None


def run_notebook(path, run):
    """Run one rebuilt notebook in this process. path: pathlib.Path; run: Run."""
    said = io.StringIO()
    alone = mock.patch.dict(os.environ, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTEST_ADDOPTS="")
    try:
        with alone, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = pytest.main([*ARGUMENTS, f"--rootdir={path.parent}", str(path)], [Plugin(run)])
    finally:
        run.close()
    if run.broken is not None:
        raise run.broken
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"pytest ended with {code!r}: {said.getvalue()[:3000]}")
