"""What a training run is, apart from code: its network, optimizer, data, and how long it trains."""

import hashlib
import json
import re

import keras
import numpy as np

from .keras_settings import neutral, settings_of

NAME, DTYPE = re.compile(r'"name": "([^"]+)"'), re.compile(r"(mixed_)?b?float\d+")
NOT_TO_BE_SAVED = (NotImplementedError, TypeError, ValueError)  # a class without `get_config`


def fingerprint(model, batches, epochs, by_name=False):
    """Return a string that identifies a run by its network, optimizer, data and epochs.

    Names that Keras numbers (dense_7) don't count, because they depend on what ran before. Those of
    the learner's functions and classes count only with `by_name`, as in checkpoints of earlier
    versions of the course, which knew no more of them. Then the result may be None.
    """
    try:
        parts = _by_name(model) if by_name else _in_neutral_words(model)
    except NOT_TO_BE_SAVED:
        if not by_name:
            raise
        return None
    settings = [*parts, epochs, batches.batch_size, len(batches)]
    text = json.dumps(settings, default=lambda item: type(item).__name__)
    names = [name for name in NAME.findall(text) if not DTYPE.fullmatch(name)]
    for number, name in enumerate(dict.fromkeys(names)):
        text = text.replace(f'"{name}"', f'"name {number}"')
    digest = hashlib.sha256(text.encode())
    batches.set_epoch(0)
    for array in keras.tree.flatten(batches[0]):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _in_neutral_words(model):
    try:
        compiled = model.get_compile_config()
    except NOT_TO_BE_SAVED:  # its loss or its schedule can't be: their code counts
        compiled = [type(model.optimizer).__name__, settings_of(model.optimizer)]
    return neutral(_described(model)), neutral(compiled)


def _described(model, by_name=False):
    """Return what a network is made of, in a form that JSON can hold. by_name: see above."""
    not_to_be_saved = NotImplementedError if by_name else NOT_TO_BE_SAVED
    try:
        return {**json.loads(model.to_json()), "compile_config": None}
    except not_to_be_saved:  # look at its parts
        inner = [part for part in model.layers if isinstance(part, keras.Model)]
        parts = [_described(part, by_name) for part in inner]
        found = [parts, [list(weight.shape) for weight in model.weights]]
        return [type(model).__name__, *found] if by_name else found


def _by_name(model):
    return _described(model, by_name=True), model.get_compile_config()
