"""Batches for `fit` and `predict` where the images don't fit into memory."""

import keras
import numpy as np

from .images import make_pool, read_batch


class ImageStream(keras.utils.PyDataset):
    """Batches of images and labels, decoded by threads while the model trains.

    images: a uint8 array (n, H, W, C) or ImageFiles. labels: (n,) or (n, k) array, or None: then
    batches hold images alone, as `predict` takes them. size: (height, width). batch_size: int; the
    last batch may be shorter. transform: None, or function (uint8 batch, numpy Generator) -> batch.
    seed: None to keep the order, or int: the order of epoch e, and the Generator of its batches,
    come from `default_rng([seed, e])`, so that a resumed run sees what the first would have seen.
    Set `epoch` before resuming. Works with every Keras backend.
    """

    def __init__(self, images, labels, size, batch_size, transform=None, seed=None, **options):
        super().__init__(**{"workers": 2, "max_queue_size": 8, **options})
        self.images, self.labels = images, labels
        self.size, self.batch_size, self.transform, self.seed = size, batch_size, transform, seed
        self.epoch = 0
        self._pool = make_pool()
        self._shuffle()

    def __len__(self):
        return -(-len(self.images) // self.batch_size)

    def __getitem__(self, number):
        rows = self.order[number * self.batch_size : (number + 1) * self.batch_size]
        batch = read_batch(self.images, rows, self.size, self._pool)
        if self.transform is not None:
            seeds = [self.seed or 0, self.epoch, number]
            batch = self.transform(batch, np.random.default_rng(seeds))
        return batch if self.labels is None else (batch, self.labels[rows])

    def on_epoch_end(self):
        """Go on to the next epoch's order."""
        self.epoch += 1
        self._shuffle()

    def _shuffle(self):
        rows = np.arange(len(self.images))
        if self.seed is not None:
            rows = np.random.default_rng([self.seed, self.epoch]).permutation(rows)
        self.order = rows
