"""The state of a training run after an epoch or round, in one file that knows its run."""

import hashlib
import json
import os
import re
import zipfile

import keras
import numpy as np

NAME, DTYPE = re.compile(r'"name": "([^"]+)"'), re.compile(r"(mixed_)?b?float\d+")
DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)  # what a bad file raises


class Checkpoint:
    """One file with the whole state of a training run after an epoch or round.

    That is the model's weights, the states of its random generators (such as Dropout's), the
    optimizer's variables and the history. path: pathlib.Path of an .npz; model: compiled;
    batches, epochs: as for `fit`. Model, batches and epochs identify the run of the file.
    """

    def __init__(self, path, model, batches, epochs):
        self.path, self.model, self.epochs, self.unit = path, model, epochs, batches.unit
        self.fingerprint = fingerprint(model, batches, epochs)

    def _variables(self):
        return [*self.model.variables, *self.model.optimizer.variables]

    def save(self, history):
        """Write the file completely or not at all. history: dict of name -> one float per epoch."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        about = json.dumps({"fingerprint": self.fingerprint, "history": history})
        arrays = {
            f"variable {number}": keras.ops.convert_to_numpy(variable)
            for number, variable in enumerate(self._variables())
        }
        unfinished = self.path.with_name(f"{self.path.name}.unfinished")
        with open(unfinished, "wb") as file:
            np.savez(file, about=about, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self.path)

    def restore(self):
        """Restore the model from the file; return the history, empty if training starts over.

        Prints what it found, in one line.
        """
        if not self.path.is_file():
            return {}
        try:
            about, arrays = self._read()
        except DAMAGED:
            print(f"The checkpoint {self.path.name} is damaged: training starts over.")
            return {}
        if about["fingerprint"] != self.fingerprint:
            print(f"The checkpoint {self.path.name} is from another run: training starts over.")
            return {}
        for variable, array in zip(self._variables(), arrays):
            variable.assign(array)
        reached = len(about["history"]["seconds"])
        end = "nothing is left to train" if reached == self.epochs else "training continues"
        print(f"Found {self.path.name} with {reached} of {self.epochs} {self.unit}s: {end}.")
        return about["history"]

    def _read(self):
        with np.load(self.path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            arrays = [file[f"variable {number}"] for number in range(len(file.files) - 1)]
        shapes = [tuple(variable.shape) for variable in self._variables()]
        if about["fingerprint"] == self.fingerprint and shapes != [a.shape for a in arrays]:
            raise ValueError("the variables are not the model's")
        return about, arrays


def fingerprint(model, batches, epochs):
    """Return a string that identifies a run by its network, optimizer, loss, data and epochs.

    Names that Keras numbers (dense_7) don't count, because they depend on what ran before.
    """
    settings = [
        _described(model),
        model.get_compile_config(),
        epochs,
        batches.batch_size,
        len(batches),
    ]
    text = json.dumps(settings, default=lambda item: type(item).__name__)
    names = [name for name in NAME.findall(text) if not DTYPE.fullmatch(name)]
    for number, name in enumerate(dict.fromkeys(names)):
        text = text.replace(f'"{name}"', f'"name {number}"')
    digest = hashlib.sha256(text.encode())
    batches.set_epoch(0)
    for array in keras.tree.flatten(batches[0]):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _described(model):
    """Return what a network is made of, in a form that JSON can hold."""
    try:
        return {**json.loads(model.to_json()), "compile_config": None}
    except NotImplementedError:  # a custom class without `get_config`: look at its parts
        parts = [_described(part) for part in model.layers if isinstance(part, keras.Model)]
        return [type(model).__name__, parts, [list(weight.shape) for weight in model.weights]]
