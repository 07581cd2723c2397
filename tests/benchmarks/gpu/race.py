"""Training that stays on the device: several steps are one program, and no image goes there twice.

`fit` prepares each batch in NumPy and starts each step by itself, which takes longer than the step
does on a large GPU. Here an epoch is a few calls of a compiled loop. What a step does is Keras's
own: the model's `train_step`, with the course's Muon and the same loss as in week 3.
"""

import time
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import keras
import numpy as np

from utils.training import Muon

EVALUATED = 2_000  # images that are looked at together


@dataclass(frozen=True)
class Recipe:
    """What a training does. batch: images a step; rate: peak of the cycle; warmup: its share of
    the steps; pad: pixels that a picture may be shifted by; alternate: whether each picture is
    mirrored every other epoch, or by chance; precision: a policy of Keras; chunk: steps of one
    program."""

    batch: int
    epochs: int
    rate: float
    warmup: float = 0.05
    pad: int = 2
    alternate: bool = True
    smoothing: float = 0.1
    precision: str = "float32"
    chunk: int = 5


def pad_images(images, pad):
    """Return images with `pad` more pixels at each side, mirrored ones. (n, H, W, C) array."""
    return np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="reflect")


def varied(padded, flips, key, pad):
    """Return pieces of padded images at random places, mirrored where flips says so.

    padded: (n, H + 2 pad, W + 2 pad, C); flips: (n,) bool; key: of JAX. Returns (n, H, W, C).
    """
    n, height, width, channels = padded.shape
    size = (height - 2 * pad, width - 2 * pad, channels)
    places = jax.random.randint(key, (n, 2), 0, 2 * pad + 1)
    x = jax.vmap(lambda image, at: jax.lax.dynamic_slice(image, (at[0], at[1], 0), size))(
        padded, places
    )
    return jnp.where(flips[:, None, None, None], x[:, :, ::-1], x)


class Racer:
    """A network and its compiled steps, for trainings from several seeds.

    build: function that returns a new network, from (n, H, W, C) to logits. recipe: Recipe; its
    epochs and rate may differ from training to training. whiten: function (model, images) that
    prepares the first layer. one_cycle: week 3's.
    """

    def __init__(self, build, recipe, whiten, one_cycle):
        self.build, self.recipe, self.whiten, self.one_cycle = build, recipe, whiten, one_cycle
        self.model = self._new(seed=0)
        optimizer = self.model.optimizer
        inner = getattr(optimizer, "inner_optimizer", optimizer)  # it scales the loss of float16
        rate = inner._learning_rate
        self.rate_at = next(i for i, v in enumerate(optimizer.variables) if v is rate)
        self.program, self.compile_seconds, self.room, self.there = None, 0.0, 0, {}
        self.logits = jax.jit(self._logits)

    def _new(self, seed):
        keras.utils.set_random_seed(seed)
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(self.recipe.precision)
        try:
            model = self.build()
        finally:
            keras.config.set_dtype_policy(before)
        loss = keras.losses.CategoricalCrossentropy(True, label_smoothing=self.recipe.smoothing)
        model.compile(Muon(0.0), loss)  # the rate is a number of the state, set at each step
        model.optimizer.build(model.trainable_variables)
        return model

    def start(self, model, images):
        """Return the state of a new network, after its first layer was fitted to the images."""
        self.whiten(model, images)
        kinds = (model.trainable_variables, model.non_trainable_variables,
                 model.optimizer.variables, model.metrics_variables)  # fmt: skip
        return tuple([jnp.array(variable.value) for variable in kind] for kind in kinds)

    def _logits(self, weights, others, images):
        return self.model.stateless_call(weights, others, images, training=False)[0]

    def _chunk(self, state, data, rows, rates, odd, key):
        padded, labels, base = data
        keys = jax.random.split(key, len(rates))

        def step(state, item):
            rows, rate, key = item
            one, two = jax.random.split(key)
            flips = base[rows] ^ odd
            if not self.recipe.alternate:
                flips = jax.random.bernoulli(one, shape=rows.shape)
            x = varied(padded[rows], flips, two, self.recipe.pad)
            optimizer = [*state[2]]
            optimizer[self.rate_at] = rate
            logs, state = self.model.train_step((*state[:2], optimizer, state[3]),
                                                (x, labels[rows]))  # fmt: skip
            return state, logs["loss"]

        # on a CPU, XLA keeps convolutions inside a loop to one core
        unroll = len(rates) if jax.default_backend() == "cpu" else 1
        return jax.lax.scan(step, state, (rows, rates, keys), unroll=unroll)

    def put(self, images, labels):
        """Return training data on the device, once for all seeds: padded images, and labels."""
        if id(images) not in self.there:
            padded = pad_images(images, self.recipe.pad)
            more = self.room - len(images)  # as many as the program was compiled for
            self.there[id(images)] = tuple(
                jnp.asarray(np.pad(array, ((0, more),) + ((0, 0),) * (array.ndim - 1)))
                for array in (padded, labels)
            )
        return self.there[id(images)]

    def mirrored_first(self, seed):
        """Return which images are mirrored in the first epoch, on the device: (room,) bool."""
        return jnp.asarray(np.random.default_rng(seed).random(self.room) < 0.5)

    def compile(self, images, labels):
        """Compile a chunk of steps for at most so many images, and run it once; note the seconds.

        images, labels: as for `train`.
        """
        start, self.room = time.perf_counter(), len(images)
        data = *self.put(images, labels), self.mirrored_first(0)
        state = self.start(self._new(0), images)
        chunk = self.recipe.chunk
        rows = jnp.zeros((chunk, self.recipe.batch), jnp.int32)
        rest = rows, jnp.zeros(chunk), jnp.array(False), jax.random.key(0)
        program = jax.jit(self._chunk, donate_argnums=0).lower(state, data, *rest).compile()
        jax.block_until_ready(program(state, data, *rest))
        self.program, self.compile_seconds = program, time.perf_counter() - start

    def train(self, images, labels, seed, after_epoch, epochs=None, rate=None):
        """Train; return the state and the seconds until the end of each epoch.

        images: (n, H, W, C) float32, labels: (n, classes) one-hot, both NumPy arrays; of each
        epoch's last images those are left out that fill no chunk. after_epoch: function (state,
        whether it is the last epoch), whose seconds don't count. What counts is
        the whitening and all steps; network and images lie on the device before, as airbench's do.
        """
        epochs, rate = epochs or self.recipe.epochs, rate or self.recipe.rate
        if self.program is None:
            self.compile(images, labels)
        chunk = self.recipe.chunk
        chunk_rows = chunk * self.recipe.batch
        chunks = len(images) // chunk_rows
        total = epochs * chunks * chunk
        rng, key = np.random.default_rng(seed), jax.random.key(seed)
        steps = np.arange(1, total + 1, dtype="float32")
        rates = self.one_cycle(steps, total + 1, rate, self.recipe.warmup)
        rates = np.asarray(rates, "float32")
        there, model = jax.block_until_ready(self.put(images, labels)), self._new(seed)
        seconds, spent, start = [], 0.0, time.perf_counter()
        state, data = self.start(model, images), (*there, self.mirrored_first(seed))
        for epoch in range(epochs):
            order = rng.permutation(len(images))[: chunks * chunk_rows].astype("int32")
            order = order.reshape(chunks, chunk, -1)
            for number, rows in enumerate(order):
                at = (epoch * chunks + number) * chunk
                state, _ = self.program(
                    state, data, rows, rates[at : at + chunk], jnp.array(epoch % 2 == 1),
                    jax.random.fold_in(key, at),
                )  # fmt: skip
            jax.block_until_ready(state)
            spent += time.perf_counter() - start
            seconds.append(spent)
            after_epoch(state, epoch + 1 == epochs)
            start = time.perf_counter()
        return state, seconds

    def frozen(self, state):
        """Return an object with `predict`, as week 3's six views need it."""
        return Frozen(self, state)


class Frozen:
    """The network of a state, which gives logits."""

    def __init__(self, racer, state):
        self.racer, self.state = racer, state

    def predict(self, images, **options):
        """Return logits, float32 (n, classes). images: (n, H, W, C) float array of NumPy or JAX;
        options: are taken, as Keras takes them, and change nothing."""
        weights, others, *_ = self.state
        parts = [images[i : i + EVALUATED] for i in range(0, len(images), EVALUATED)]
        return np.concatenate([np.asarray(self.racer.logits(weights, others, jnp.asarray(part)),
                                          "float32") for part in parts])  # fmt: skip
