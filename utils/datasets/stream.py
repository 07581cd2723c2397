"""Batches for `fit` and `predict` where the images don't fit into memory."""

import keras
import numpy as np

from .images import make_pool, read_batch


class ImageStream(keras.utils.PyDataset):
    """Batches of images and labels, decoded by threads while the model trains.

    images: a uint8 array (n, H, W, C) or ImageFiles. labels: (n,) or (n, k) array, or None: then
    batches hold images alone, as `predict` takes them. size: (height, width). batch_size: int; the
    last batch may be shorter. transform: None, or function (uint8 batch, numpy Generator) -> batch.
    seed: None to keep the order, or int: epoch e has the order of `default_rng([seed, e])`, and its
    batch i the generator `default_rng([seed, e, i])`, so that a resumed run sees what the first
    would have seen. For that, pass to fit: `shuffle=False, callbacks=[stream.follow_epochs()]`.
    Works with every Keras backend.
    """

    def __init__(self, images, labels, size, batch_size, transform=None, seed=None, **options):
        super().__init__(**{"workers": 2, "max_queue_size": 8, **options})
        self.images, self.labels = images, labels
        self.size, self.batch_size, self.transform, self.seed = size, batch_size, transform, seed
        self._pool = make_pool()
        self.set_epoch(0)

    def __len__(self):
        return -(-len(self.images) // self.batch_size)

    def __getitem__(self, number):
        rows = self.order[number * self.batch_size : (number + 1) * self.batch_size]
        batch = read_batch(self.images, rows, self.size, self._pool)
        if self.transform is not None:
            seeds = [self.seed or 0, self.epoch, number]
            batch = self.transform(batch, np.random.default_rng(seeds))
        return batch if self.labels is None else (batch, self.labels[rows])

    def set_epoch(self, epoch):
        """Take the order of an epoch. epoch: int, from 0."""
        self.epoch, self.order = epoch, np.arange(len(self.images))
        if self.seed is not None:
            self.order = np.random.default_rng([self.seed, epoch]).permutation(self.order)

    def follow_epochs(self):
        """Return a callback that tells the stream Keras's count of epochs, also on resuming."""
        return keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda epoch, logs: self.set_epoch(epoch)
        )
