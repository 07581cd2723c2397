"""What several checks of week 2 need of the cross-entropy."""

import keras
import numpy as np


def picked(array, labels):
    """Return the entry of each row that its label points to."""
    return array[np.arange(len(labels)), labels]


def cross_entropy(**options):
    """Return Keras's cross-entropy of logits and labels. options: as for Keras."""
    return keras.losses.SparseCategoricalCrossentropy(**{"from_logits": True, **options})
