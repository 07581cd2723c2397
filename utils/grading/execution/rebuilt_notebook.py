"""A notebook rebuilt around answers that can be trusted to probe them, and one execution of it.

A cell that kills its kernel costs itself: the next one gets a new kernel, in which the definitions
are executed again.
"""

import time
from collections import defaultdict

from nbformat.v4 import new_code_cell, new_notebook

from ... import config
from ...checks.probes.trial import other_seed
from ..results import Status
from ..sandbox.listener import Stopped

SIDE = "__import__('probes.kernel_side').kernel_side"  # leaves no name in the notebook
KEY = "course"  # of the metadata of a rebuilt notebook's cells
SETUP_SECONDS, DEFINE_SECONDS = 120, 30
MAX_ERROR = 500


def build(week, answers, seeds, seconds):
    """Return the notebook that defines and probes these answers.

    week: int; answers: list of Answer, in the order to execute them; seeds: dict, name → int;
    seconds: dict, name → how long its probe may take.
    """
    start = f"{SIDE}.begin({config.profile()!r}, globals())"
    cells, binder = [_cell(start, "setup", None, SETUP_SECONDS)], {}
    for answer in answers:
        for each in answer.statements:
            if all(binder.get(name) is each for name in each.binds) and each.binds:
                continue
            binder.update(dict.fromkeys(each.binds, each))
            cells.append(_cell(each.source, "define", answer.name, DEFINE_SECONDS))
        name = answer.name
        probe = f"{SIDE}.serve({name!r}, {other_seed(seeds[name])})"
        cells.append(_cell(probe, "probe", name, seconds[name], week=week, seed=seeds[name]))
    return new_notebook(cells=cells)


def _cell(source, kind, name, seconds, **more):
    about = {"kind": kind, "exercise": name, "seconds": seconds, **more}
    return new_code_cell(source, metadata={KEY: about}, execution_count=1)


class Execution:
    """What happens when one rebuilt notebook is executed. start_kernel: function () -> kernel.

    judge: function (name, answer as sent) -> whether it is right; end: when the time of the whole
    submission is over, by time.monotonic. stopped, errors: dicts, name → the Stopped, or the
    errors of its cells in words; failed: dict, source of a definition → how it failed, in words;
    broken: what keeps kernels from starting.
    """

    def __init__(self, notebook, start_kernel, judge, end):
        self.cells = notebook.cells
        self.start_kernel, self.judge, self.end = start_kernel, judge, end
        self.kernel = self.broken = None
        self.stopped, self.errors, self.deadly = {}, defaultdict(list), set()
        self.failed = {}  # several exercises may share one, which is executed for the first

    def kernel_for(self, number):
        """Return a live kernel in which the definitions above this cell were executed."""
        self._check_time()
        while self.kernel is None or not self.kernel.is_alive():
            self.kernel = self._start()
            self._replay(number)
        self._allow(number)
        return self.kernel

    def _check_time(self):
        if time.monotonic() > self.end:
            text = "The time limit of this submission was reached before its turn."
            raise Stopped(Status.TIMED_OUT, text)

    def _allow(self, number):
        """Tell the kernel how long a cell may take."""
        left = max(1, self.end - time.monotonic())
        self.kernel.seconds = min(self.cells[number].metadata[KEY]["seconds"], left)

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
            self._check_time()
            self._allow(place)
            try:
                self.kernel.run(cell.source)
            except Stopped as stop:
                self.note_stop(place, stop)  # `kernel_for` then tries again without it
                if self.broken is not None:
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
            self.failed[self.cells[number].source] = stop.text

    def note_error(self, number, words):
        """Note an error that a cell raised."""
        cell = self.cells[number]
        self.errors[cell.metadata[KEY]["exercise"]].append(words[:MAX_ERROR])
        if cell.metadata[KEY]["kind"] == "define":
            self.failed[cell.source] = words[:MAX_ERROR]

    def close(self):
        if self.kernel is not None:
            self.kernel.stop()
