"""Batches for `fit` and `predict` where the images don't fit into memory."""

import keras
import numpy as np

from .images import make_pool, read_batch


class SeededBatches(keras.utils.PyDataset):
    """Batches that a resumed run sees exactly as an uninterrupted one would.

    num_rows, batch_size: int; the last batch may be shorter. seed: None to keep the order, or int:
    epoch e has the order of `default_rng([seed, e])`, and its batch i the generator
    `default_rng([seed, e, i])`. For that, pass to fit:
    `shuffle=False, callbacks=[batches.follow_epochs()]`. Works with every Keras backend.
    """

    def __init__(self, num_rows, batch_size, seed=None, **options):
        super().__init__(**options)
        self.num_rows, self.batch_size, self.seed = num_rows, batch_size, seed
        self.set_epoch(0)

    def __len__(self):
        return -(-self.num_rows // self.batch_size)

    def rows(self, number):
        """Return the rows of batch `number` of this epoch, an int array."""
        return self.order[number * self.batch_size : (number + 1) * self.batch_size]

    def generator(self, number):
        """Return the numpy Generator that belongs to batch `number` of this epoch."""
        return np.random.default_rng([self.seed or 0, self.epoch, number])

    def set_epoch(self, epoch):
        """Switch to the order of an epoch. epoch: int, from 0."""
        self.epoch, self.order = epoch, np.arange(self.num_rows)
        if self.seed is not None:
            self.order = np.random.default_rng([self.seed, epoch]).permutation(self.num_rows)

    def follow_epochs(self):
        """Return a callback that passes Keras's epoch number to the batches, also on resuming."""
        return keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda epoch, logs: self.set_epoch(epoch)
        )


class ImageStream(SeededBatches):
    """Batches of images and labels, decoded by threads while the model trains.

    images: a uint8 array (n, H, W, C) or ImageFiles. labels: (n,) or (n, k) array, or None for
    batches of images alone, as `predict` takes them. size: (height, width). transform: None, or
    function (uint8 batch, numpy Generator) -> batch. batch_size, seed: as in SeededBatches.
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
