"""Batches for `fit` and `predict` where the images don't fit into memory."""

import keras
import numpy as np

from ..errors import CourseError
from .images import make_pool, read_batch


class SeededBatches(keras.utils.PyDataset):
    """Batches that a resumed run sees exactly as an uninterrupted one would.

    num_rows, batch_size: int. seed: None to keep the order, or int: pass p over the rows has the
    order of `default_rng([seed, p])`. steps: None, or int.

    Without `steps`, an epoch is one pass; its last batch may be shorter. With it, what Keras calls
    an epoch is a *round*: as many full batches, whatever the number of rows is. Round r goes on in
    the order where round r − 1 ended, over the end of a pass and into the next one.

    Batch i of epoch or round e has the generator `default_rng([seed, e, i])`. For that, pass to
    fit: `shuffle=False, callbacks=[batches.follow_epochs()]`. Works with every Keras backend.
    """

    def __init__(self, num_rows, batch_size, seed=None, steps=None, **options):
        super().__init__(**options)
        if steps is not None and (steps < 1 or num_rows < 1):
            raise CourseError(
                f"A round needs at least 1 step and 1 row; got {steps} steps and {num_rows} rows."
            )
        self.num_rows, self.batch_size, self.seed, self.steps = num_rows, batch_size, seed, steps
        self.set_epoch(0)

    @property
    def unit(self):
        """What one turn of the training is called: 'round' if its length is given, or 'epoch'."""
        return "round" if self.steps else "epoch"

    def __len__(self):
        return self.steps or -(-self.num_rows // self.batch_size)

    def rows(self, number):
        """Return the rows of batch `number` of this epoch or round, an int array."""
        return self.order[number * self.batch_size : (number + 1) * self.batch_size]

    def generator(self, number):
        """Return the numpy Generator that belongs to batch `number` of this epoch or round."""
        return np.random.default_rng([self.seed or 0, self.epoch, number])

    def set_epoch(self, epoch):
        """Switch to the order of an epoch or round. epoch: int, from 0."""
        self.epoch = epoch
        if not self.steps:
            self.order = self._pass(epoch)
            return
        length = self.steps * self.batch_size
        first, skipped = divmod(epoch * length, self.num_rows)
        last = (skipped + length - 1) // self.num_rows
        passes = [self._pass(first + number) for number in range(last + 1)]
        self.order = np.concatenate(passes)[skipped : skipped + length]

    def _pass(self, number):
        """Return the order of one pass over all rows, an int array."""
        if self.seed is None:
            return np.arange(self.num_rows)
        return np.random.default_rng([self.seed, number]).permutation(self.num_rows)

    def follow_epochs(self):
        """Return a callback that passes Keras's epoch number to the batches, also on resuming."""
        return keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda epoch, logs: self.set_epoch(epoch)
        )


class ImageStream(SeededBatches):
    """Batches of images and labels, decoded by threads while the model trains.

    images: a uint8 array (n, H, W, C) or ImageFiles. labels: (n,) or (n, k) array, or None for
    batches of images alone, as `predict` takes them. size: (height, width). transform: None, or
    function (uint8 batch, numpy Generator) -> batch. batch_size, seed, options (steps, workers, …):
    as in SeededBatches.
    """

    def __init__(self, images, labels, size, batch_size, transform=None, seed=None, **options):
        options = {"workers": 2, "max_queue_size": 8, **options}
        super().__init__(len(images), batch_size, seed, **options)
        self.images, self.labels = images, labels
        self.size, self.transform = size, transform
        self._pool = make_pool()

    def __getitem__(self, number):
        rows = self.rows(number)
        batch = read_batch(self.images, rows, self.size, self._pool)
        if self.transform is not None:
            batch = self.transform(batch, self.generator(number))
        return batch if self.labels is None else (batch, self.labels[rows])
