"""The state of a training run after an epoch or round, in one file that knows its run."""

import json
import os
import zipfile
from functools import partial

import keras

from ..files import not_written
from .identity import DISPLAY, parts_of, what_differs
from .identity.run_settings import fingerprint
from .state_files import StateFile

DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)  # what a bad file raises


class Checkpoint:
    """One file with the whole state of a training run after an epoch or round.

    That is the model's weights, the states of its random generators (such as Dropout's), the
    optimizer's variables and the history. path: pathlib.Path of an .npz; model: compiled;
    batches, epochs, callbacks: as for `fit`. Model, batches and epochs identify the run of the
    file, with the learner's code that they and the callbacks reach. What other code had trained is
    kept in a second file, `NAME.before.npz`, and taken up when that code is back.
    """

    def __init__(self, path, model, batches, epochs, callbacks=()):
        self.file, self.model = StateFile(path), model
        self.epochs, self.unit = epochs, batches.unit
        self.fingerprint = fingerprint(model, batches, epochs)
        self.earlier_fingerprint = partial(fingerprint, model, batches, epochs, by_name=True)
        self.code = parts_of(model, batches, callbacks)
        self.of_other_code = {}  # path of a file that other code has trained: how many epochs

    def _variables(self):
        return [*self.model.variables, *self.model.optimizer.variables]

    def save(self, history):
        """Write the file, or say why it can't be. history: dict of name -> one float per epoch."""
        about = {"fingerprint": self.fingerprint, "code": self.code, "history": history}
        arrays = {
            f"variable {number}": keras.ops.convert_to_numpy(variable)
            for number, variable in enumerate(self._variables())
        }
        self._set_aside()
        self.file.save({"about": json.dumps(about), **arrays})

    def restore(self):
        """Restore the model from the file; return the history, empty if training starts over.

        Prints what it found, in one line, and where training will be saved, if that can't be where
        it was asked for.
        """
        history, found, words = {}, None, []
        for path in self._candidates():
            try:
                about, arrays = self._read(path)
            except DAMAGED:
                words.append("is damaged")
                continue
            if about is None:
                continue
            problem = self._problem(path, about)
            if problem:
                words.append(problem)
            elif len(about["history"]["seconds"]) > len(history.get("seconds", [])):
                history, found = about["history"], (path, about, arrays)
        if found:
            self._take_up(*found)
        elif words:
            name = self.file.path.name
            kept = f" It is kept as {_beside(self.file.path).name}." if self._to_keep() else ""
            print(f"The checkpoint {name} {words[0]}: training starts over.{kept}")
        self.earlier_fingerprint = None  # it holds the batches
        if len(history.get("seconds", [])) < self.epochs:
            self.file.announce()
        return history

    def _candidates(self):
        """Yield the paths of files that may hold the run."""
        for path in self.file.candidates():
            yield path
            if path in self.of_other_code:
                yield _beside(path)

    def _problem(self, path, about):
        """Return why a file isn't of this run, in words, or None. about: what the file says."""
        is_earlier = "code" not in about
        expected = self.earlier_fingerprint() if is_earlier else self.fingerprint
        if about["fingerprint"] != expected:
            return "is from another run"
        parts = [] if is_earlier else what_differs(about["code"], self.code)
        parts = [part for part in parts if not part.startswith(DISPLAY)]
        if parts:
            self.of_other_code[path] = len(about["history"]["seconds"])
            return f"was trained with other code ({', '.join(parts)})"
        return None

    def _to_keep(self):
        """Return the paths of files to be kept, those trained longer than what is kept already."""
        known = self.of_other_code
        paths = [path for path in self.file.paths if path in known]
        return [path for path in paths if known[path] >= known.get(_beside(path), 0)]

    def _set_aside(self):
        """Give what other code has trained its second name, before the file is replaced."""
        for path in self._to_keep():
            try:
                os.replace(path, _beside(path))
            except OSError as error:
                print(not_written(_beside(path), error))
        self.of_other_code.clear()

    def _swap(self, path):
        """Give a file with a second name its first one; the file that has that gets the second."""
        first = next(one for one in self.of_other_code if _beside(one) == path)
        between = path.with_suffix(".swap")
        try:
            os.replace(first, between)
            os.replace(path, first)
            os.replace(between, path)
        except OSError as error:
            print(not_written(path, error))

    def _take_up(self, path, about, arrays):
        for variable, array in zip(self._variables(), arrays):
            variable.assign(array)
        self.file.took_up(path)
        reached = len(about["history"]["seconds"])
        end = "nothing is left to train" if reached == self.epochs else "training continues"
        found = f"Found {path.name} with {reached} of {self.epochs} {self.unit}s: {end}."
        print(found + self._remark(about))
        if path not in self.file.paths:
            self._swap(path)
        self.of_other_code.clear()

    def _remark(self, about):
        if "code" not in about:
            return " It doesn't say which code it was trained with."
        if what_differs(about["code"], self.code):  # what counts was compared before
            return " Its metrics so far were computed by other code."
        return ""

    def _read(self, path):
        """Return what a file says about its run, and its variables; both None without a file."""
        kept = self.file.read(path)
        if kept is None:
            return None, None
        about = json.loads(str(kept["about"]))
        arrays = [kept[f"variable {number}"] for number in range(len(kept) - 1)]
        shapes = [tuple(variable.shape) for variable in self._variables()]
        expected = self.fingerprint if "code" in about else self.earlier_fingerprint()
        if about["fingerprint"] == expected and shapes != [a.shape for a in arrays]:
            raise ValueError("the variables are not the model's")
        return about, arrays


def _beside(path):
    """Return the second name of a checkpoint, for what other code has trained."""
    return path.with_name(f"{path.stem}.before{path.suffix}")
