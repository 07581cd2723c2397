"""The file of a training run: where it was asked for, or else in a folder of the user's own."""

import contextlib
import os

import numpy as np

from .. import places
from ..files import must_be_readable, not_read, not_written, written_whole


class StateFile:
    """A file of arrays, such as a training run's state, that is kept where it can be.

    path: pathlib.Path of an .npz, where it was asked for. Where that can't be written, a file of
    the same name in the user's own folders stands in for it.
    """

    def __init__(self, path):
        self.path = path
        own = [folder / "checkpoints" / path.name for folder in places.own_folders()]
        self.paths = [path, *own]
        self.unreadable = {}  # path: OSError; such a file is never replaced
        self._mine = set()  # paths that this run has read or written

    def candidates(self):
        """Yield each path that may hold the run.

        Where the file was removed to start over, no other one counts.
        """
        yield self.path
        gone = not os.path.exists(self.path) and self.path not in self.unreadable
        removed = gone and places.problem_with(self.path.parent) is None
        if not removed:
            yield from self.paths[1:]

    def read(self, path):
        """Return {name: array} of a file, or None if it isn't there, or can't be read.

        Says so in the latter case. Raises what NumPy raises for a damaged file.
        """
        try:
            must_be_readable(path)
            if not path.is_file():
                return None
            with np.load(path, allow_pickle=False) as file:
                return dict(file)
        except OSError as error:
            if error.errno not in places.OF_A_PLACE:
                raise
            self.unreadable[path] = error
            if path == self.path and os.path.exists(path):
                places.say_once(f"{not_read(path, error)} It is left as it is.")
            return None

    def took_up(self, path):
        """Note that the run goes on from this file."""
        self._mine.add(path)

    def announce(self):
        """Say so before training if the file can't be kept where it was asked for."""

        def probe(path):
            error = places.problem_with(path.parent)
            if error:
                raise error

        self._try_each(probe)

    def save(self, arrays):
        """Write the file where it can be, completely or not at all; no OSError stops training.

        arrays: dict of name -> array. What was saved last stays until it is replaced. Says once
        where the file is kept, if that isn't where it was asked for.
        """

        def write(path):
            places.make(path.parent)
            must_be_readable(path)
            with written_whole(path) as file:
                np.savez(file, **arrays)

        kept = self._try_each(write)
        if kept:
            self._mine.add(kept)
            self._forget(self.paths[self.paths.index(kept) + 1 :])

    def _try_each(self, act):
        """Call act(path) until it raises no OSError; return that path, or None."""
        problem = None
        for path in self.paths:
            try:
                if path in self.unreadable:
                    raise self.unreadable[path]
                act(path)
            except OSError as error:
                problem = problem or not_written(self._culprit(error), error)
            else:
                self._say(problem, path.parent)
                return path
        self._say(problem, None)
        return None

    def _say(self, problem, folder):
        if problem and folder:
            places.say_once(f"{problem} Training is saved in {folder} instead.")
        elif problem:
            places.say_once(f"{problem} Training goes on without being saved; it is tried again.")

    def _culprit(self, error):
        """Return the file if the error is about it, otherwise its folder: all files meet it."""
        about_the_file = str(self.path) in (str(error.filename), str(error.filename2))
        return self.path if about_the_file else self.path.parent

    def _forget(self, paths):
        """Remove what stood in for a file that has been saved now."""
        for path in self._mine.intersection(paths):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            self._mine.remove(path)
