"""A progress line, and learning curves that grow in place while a model trains."""

import io
import math
import time

import keras
import numpy as np
from matplotlib.figure import Figure

from . import plot
from .console import bar, duration

PAUSE = 0.25  # seconds between two updates of the line
CURVES_SHARE = 0.05  # of the training time that drawing curves may take
FIRST = 0.1  # seconds that the first drawing is expected to take, so it waits for two of training


class LiveCurves(keras.callbacks.Callback):
    """Shows a progress line with the time left, and one curve per metric, while `fit` runs.

    Pass it to `fit` with `verbose=0`. metrics: names of Keras metrics, one panel each; a panel
    shows the training curve and, if there is one, the validation curve. unit: str, 'epoch' or
    'round'; `utils.training.fit` sets it. Outside a notebook it prints one line per epoch or
    round. Everything is updated in place, so nothing jumps or flickers, and the whole history
    remains at the end.
    """

    def __init__(self, metrics=("loss", "accuracy"), unit="epoch"):
        super().__init__()
        self.metrics = (metrics,) if isinstance(metrics, str) else tuple(metrics)
        self.unit = unit
        self._earlier = {}

    def take_up(self, history):
        """Also show what an earlier run reached. history: dict of name -> one float per epoch."""
        self._earlier = history

    def on_train_begin(self, logs=None):
        self.history = {  # name -> {epoch, from 1: value}
            name: {epoch: float(value) for epoch, value in enumerate(values, start=1)}
            for name, values in self._earlier.items()
        }
        self._line, self._picture = ProgressLine(), _Display()
        self._start, self._drawing = time.monotonic(), FIRST
        self._first = self._drawn = None

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch
        self._first = epoch if self._first is None else self._first

    def on_train_batch_end(self, batch, logs=None):
        self._show_line(logs, batch + 1)

    def on_epoch_end(self, epoch, logs=None):
        for name, value in (logs or {}).items():
            self.history.setdefault(name, {})[epoch + 1] = float(np.mean(value))
        self._show_line(logs, self.params["steps"] or 1, lasting=True)
        if self._picture.in_notebook:
            self._show_curves_sometimes(last=epoch + 1 == self.params["epochs"])

    def on_train_end(self, logs=None):
        if self._first is None or self._epoch + 1 == self.params["epochs"]:
            return
        self._line.stop()  # training stopped early
        if self._picture.in_notebook and self._drawn != self._epoch:
            self._show_curves()

    def _show_line(self, logs, step, lasting=False):
        epochs, steps = self.params["epochs"], self.params["steps"] or step
        share = (self._epoch - self._first + step / steps) / max(1, epochs - self._first)
        values = [f"{name} {np.mean(value):.3f}" for name, value in (logs or {}).items()]
        title = f"{self.unit} {self._epoch + 1} of {epochs}"
        self._line.show(title, min(1.0, share), values, lasting)

    def _show_curves_sometimes(self, last):
        start = time.monotonic()
        if last or self._drawing <= CURVES_SHARE * (start - self._start):
            self._show_curves()
            self._drawing += time.monotonic() - start

    def _show_curves(self):
        self._drawn = self._epoch
        known = [name for name in self.metrics if {name, f"val_{name}"} & set(self.history)]
        known = known or list(self.history)[:1]
        if not known:
            return
        fig = Figure(figsize=(4.6 * len(known), 3), layout="constrained")
        fig.get_layout_engine().set(w_pad=0.12)  # inches: ticks may yet grow by a digit
        for ax, name in zip(fig.subplots(1, len(known), squeeze=False)[0], known):
            parts = {"training": name, "validation": f"val_{name}"}
            lines = {part: self.history[key] for part, key in parts.items() if key in self.history}
            plot.curves(ax, lines, xlabel=self.unit, ylabel=name)
            first = min(min(line) for line in lines.values())
            ax.set_xlim(first - 0.2, max(self.params["epochs"], self._epoch + 1) + 0.2)
            ax.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
        self._picture.show(_as_image(fig, f"Curves of {' and '.join(known)} by {self.unit}"))


class LiveLoop(LiveCurves):
    """The same display for your own training loop: call `update` after each epoch.

    epochs: int, how many there will be. metrics, unit: as for LiveCurves.
    """

    def __init__(self, epochs, metrics=("loss", "accuracy"), unit="epoch"):
        super().__init__(metrics, unit)
        self.set_params({"epochs": epochs, "steps": 1})
        self.on_train_begin()
        self._done = 0

    def update(self, **values):
        """Add the values of one epoch by name, as in `update(loss=0.3, val_loss=0.4)`."""
        self.on_epoch_begin(self._done)
        self.on_epoch_end(self._done, values)
        self._done += 1


class ProgressLine:
    """One line with a bar and the time left, updated in place in a notebook.

    Outside a notebook it prints only lasting lines, one below the other.
    """

    def __init__(self):
        self._display = _Display()
        self.start()

    def start(self, share=0.0):
        """Start the clock. share: float, 0 to 1, the part of the work that is already done."""
        self._start, self._begun, self._last = time.monotonic(), share, -math.inf

    def show(self, title, share, details=(), lasting=False):
        """Show how far the work has come; do nothing if the last update was only a moment ago.

        title: str. share: float, the part of the work that is done, above that at the start and up
        to 1. details: list of str, shown after the bar. lasting: bool, whether to show it in any
        case, and to print it outside a notebook.
        """
        now = time.monotonic()
        if not lasting and now - self._last < PAUSE:
            return
        self._last, spent = now, now - self._start
        left = spent * (1 - share) / (share - self._begun)
        end = f"{duration(left)} left" if share < 1 else f"done in {duration(spent)}"
        self._parts = [title, bar(share), *details]
        self._write(end, lasting)

    def stop(self):
        """Say that the work stopped early."""
        self._write(f"stopped after {duration(time.monotonic() - self._start)}", lasting=True)

    def _write(self, end, lasting):
        text = " · ".join([*self._parts, end])
        if self._display.in_notebook:
            self._display.show({"text/plain": text})
        elif lasting:
            print(text)


def _as_image(fig, words):
    """Return a figure as data to display: an <img> of fixed size, so that nothing jumps."""
    stream = io.BytesIO()
    fig.savefig(stream, format="png", dpi=96)
    return {"text/html": plot.image_tag(stream.getvalue(), "png", words), "text/plain": words}


class _Display:
    """One place in a notebook's output whose content can be replaced."""

    def __init__(self):
        self._handle = None

    @property
    def in_notebook(self):
        try:
            from IPython import get_ipython
        except ImportError:
            return False
        return hasattr(get_ipython(), "kernel")

    def show(self, data):
        """Show a dict of MIME type to data, replacing what was shown before."""
        from IPython.display import display

        if self._handle is None:
            self._handle = display(data, raw=True, display_id=True)
        else:
            self._handle.update(data, raw=True)
