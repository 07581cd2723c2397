"""The rules under which all cases run, whatever settings a learner's cells have left behind."""

import random
import sys
from contextlib import ExitStack, contextmanager

import numpy as np


@contextmanager
def default_settings():
    """Run under NumPy's and Keras's own settings; put those of the notebook back afterwards.

    Keras's count only where it is imported: precision, order of axes, epsilon.
    """
    with ExitStack() as stack:
        stack.enter_context(np.errstate(all="warn", under="ignore"))
        keras = sys.modules.get("keras")
        if keras is not None and hasattr(keras, "config"):
            stack.enter_context(_of_keras(keras.config))
        yield


@contextmanager
def _of_keras(config):
    kept = (
        config.floatx(), config.dtype_policy(), config.image_data_format(), config.epsilon()
    )  # fmt: skip
    _set(config, "float32", "float32", "channels_last", 1e-7)
    try:
        yield
    finally:
        _set(config, *kept)


def _set(config, floatx, policy, order, epsilon):
    config.set_floatx(floatx)
    config.set_dtype_policy(policy)
    config.set_image_data_format(order)
    config.set_epsilon(epsilon)


@contextmanager
def own_randomness(seed):
    """Seed Python and NumPy, which Keras draws its first weights from; restore both afterwards."""
    kept = random.getstate(), np.random.get_state()
    random.seed(seed)
    np.random.seed(seed % 2**32)
    try:
        yield
    finally:
        random.setstate(kept[0])
        np.random.set_state(kept[1])
