"""What a training is after an epoch, in one file, and by what it knows that it is the same one."""

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
    """One file that holds all that a training is after an epoch.

    These are the model's weights and the states of its generators (Dropout's, for one), the
    optimizer's variables and the history. path: pathlib.Path of an .npz; model: compiled;
    batches, epochs: as for `fit`. With the model they make up the run that the file belongs to.
    """

    def __init__(self, path, model, batches, epochs):
        self.path, self.model, self.epochs = path, model, epochs
        self.fingerprint = fingerprint(model, batches, epochs)

    def _variables(self):
        return [*self.model.variables, *self.model.optimizer.variables]

    def save(self, history):
        """Write the file at once or not at all. history: dict of name -> one float an epoch."""
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
        """Put the model where the file says; return the history, empty where training starts anew.

        It says in one line what it found.
        """
        if not self.path.is_file():
            return {}
        try:
            about, arrays = self._read()
        except DAMAGED:
            print(f"The checkpoint {self.path.name} is damaged: training starts anew.")
            return {}
        if about["fingerprint"] != self.fingerprint:
            print(f"The checkpoint {self.path.name} is of another training: this one starts anew.")
            return {}
        for variable, array in zip(self._variables(), arrays):
            variable.assign(array)
        reached = len(about["history"]["seconds"])
        end = "nothing is left to train" if reached == self.epochs else "training goes on"
        print(f"Found {self.path.name} with {reached} of {self.epochs} epochs: {end}.")
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
    """Return a string that tells one training from another: network, optimizer, loss, data, epochs.

    The names that Keras numbers through (dense_7) don't count, for they depend on what ran before.
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
    """Return what a network is made of, as JSON takes it."""
    try:
        return {**json.loads(model.to_json()), "compile_config": None}
    except NotImplementedError:  # a class of one's own, without `get_config`: look at its parts
        parts = [_described(part) for part in model.layers if isinstance(part, keras.Model)]
        return [type(model).__name__, parts, [list(weight.shape) for weight in model.weights]]
