"""Training that is killed continues where it was, and ends where an uninterrupted run ends."""

import gc
import os
import random
import signal
import subprocess
import sys
import time
import weakref

import numpy as np
import pytest

from tests.support.helpers import environment
from utils import config

SCRIPT = """
import os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras, numpy as np
from utils.training import Batches, fit

out, epochs, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) or None
rng = np.random.default_rng(0)
x = rng.normal(size=(700, 8, 8, 3)).astype("float32")
y = rng.integers(0, 4, size=700)
keras.utils.set_random_seed(1)
layers = keras.layers
model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(8, 3), layers.BatchNormalization(),
                          layers.ReLU(), layers.Flatten(), layers.Dropout(0.5), layers.Dense(4)])
rate = keras.optimizers.schedules.CosineDecay(0.05, epochs * 22)
model.compile(keras.optimizers.SGD(rate, momentum=0.9, nesterov=True), metrics=["accuracy"],
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
batches = Batches(x, y, 32, seed=3, steps=steps,
                  augment=lambda x, rng: x + rng.normal(size=x.shape) / 9)
print("start", flush=True)
say = keras.callbacks.LambdaCallback(on_epoch_end=lambda e, logs: print("epoch", e, flush=True))
history = fit(model, batches, epochs, "killed", callbacks=[say], validation_data=(x[:99], y[:99]))
del history["seconds"]
arrays = {f"v{i}": v for i, v in enumerate([*model.variables, *model.optimizer.variables])}
np.savez(out, **arrays, **history)
"""


def start(folder, out, epochs, steps):
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(out), str(epochs), str(steps)],
        cwd=config.ROOT,
        env=environment(COURSE_CHECKPOINTS=str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("steps", [0, 15], ids=["epochs", "rounds"])
def test_after_three_kills_the_weights_are_those_of_an_undisturbed_run(tmp_path, steps):
    epochs = 40
    whole = start(tmp_path / "whole", tmp_path / "whole.npz", epochs, steps)
    chance, lines = random.Random(5), []
    for _ in range(3):
        run = start(tmp_path / "killed", tmp_path / "killed.npz", epochs, steps)
        while not (line := run.stdout.readline()).startswith("epoch"):
            lines.append(line)
            assert line, run.stderr.read()
        time.sleep(chance.uniform(0, 0.5))
        os.kill(run.pid, signal.SIGKILL)
        lines.append(run.communicate()[0])
        assert run.returncode == -signal.SIGKILL
    run = start(tmp_path / "killed", tmp_path / "killed.npz", epochs, steps)
    said, errors = run.communicate()
    assert run.returncode == 0, errors
    assert whole.wait() == 0
    assert "".join(lines).count("Found killed.npz with ") == 2 and "training continues." in said
    assert f" of {epochs} {'rounds' if steps else 'epochs'}" in said
    with np.load(tmp_path / "whole.npz") as a, np.load(tmp_path / "killed.npz") as b:
        assert sorted(a.files) == sorted(b.files) and len(a["loss"]) == epochs
        for name in a.files:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CHECKPOINTS", str(tmp_path))
    return tmp_path


def train(epochs=2, units=3, rate=0.1, shift=0.0, callbacks=()):
    import keras

    from utils.training.fitting import Batches, fit

    x = np.arange(40, dtype="float32").reshape(10, 4) / 40
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(units), keras.layers.Dropout(0.5)]
    )
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(rate), loss="mse")
    batches = Batches(x + shift, x[:, :1], batch_size=4, seed=1)
    history = fit(model, batches, epochs, "run", callbacks=callbacks)
    return history, [np.array(weight) for weight in model.weights]


def test_a_finished_run_returns_at_once(folder, capsys):
    history, weights = train()
    assert capsys.readouterr().out == "" and len(history["loss"]) == 2
    again, weights_again = train()
    assert capsys.readouterr().out == (
        "Found run.npz with 2 of 2 epochs: nothing is left to train.\n"
    )
    assert again == history
    for a, b in zip(weights, weights_again):
        np.testing.assert_array_equal(a, b)
    assert [path.name for path in folder.iterdir()] == ["run.npz"]


@pytest.mark.parametrize("change", [{"epochs": 3}, {"units": 4}, {"rate": 0.2}, {"shift": 1.0}])
def test_another_training_starts_anew(folder, capsys, change):
    train()
    history, _ = train(**change)
    assert capsys.readouterr().out == (
        "The checkpoint run.npz is from another run: training starts over.\n"
    )
    assert len(history["loss"]) == change.get("epochs", 2)


@pytest.mark.parametrize("length", [0, 1, 100, 1500, -1, -200])
def test_a_damaged_file_starts_anew(folder, capsys, length):
    train()
    path = folder / "run.npz"
    path.write_bytes(path.read_bytes()[:length])
    history, _ = train()
    assert capsys.readouterr().out == ("The checkpoint run.npz is damaged: training starts over.\n")
    assert len(history["loss"]) == 2


def test_a_flipped_bit_is_noticed(folder, capsys):
    train()
    path = folder / "run.npz"
    data = bytearray(path.read_bytes())
    data[data.index(b"variable 0.npy") + 200] ^= 1
    path.write_bytes(data)
    train()
    assert "is damaged" in capsys.readouterr().out


def test_nothing_is_saved_without_a_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_CHECKPOINTS", raising=False)
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    assert config.checkpoint_folder() is None
    history, _ = train()
    assert len(history["loss"]) == len(history["seconds"]) == 2
    monkeypatch.setenv("COURSE_PROFILE", "cpu")
    assert config.checkpoint_folder() == config.ROOT / "checkpoints"
    assert config.checkpoint_folder(str(tmp_path)) == tmp_path


def test_a_network_of_ones_own_class_goes_on_and_its_parts_count(folder, capsys):
    """As week 4's GAN: it takes networks, has no `get_config`, and computes its own loss."""
    import keras

    from utils.training.fitting import Batches, fit

    class Pair(keras.Model):
        def __init__(self, first, second):
            super().__init__()
            self.first, self.second = first, second

        def call(self, x):
            return self.second(self.first(x))

        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
            return keras.ops.mean((y_pred - y) ** 2)

    def run(activation):
        x = np.random.default_rng(0).normal(size=(12, 3)).astype("float32")
        parts = [keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, activation)])
                 for _ in range(2)]  # fmt: skip
        pair = Pair(*parts)
        pair.build((None, 3))
        pair.compile(keras.optimizers.Adam(0.01, use_ema=True))
        return fit(pair, Batches(x, x, 4, seed=0), 2, checkpoint="pair", folder=str(folder))

    first = run("tanh")
    assert run("tanh") == first
    assert "nothing is left to train" in capsys.readouterr().out
    run("relu")
    assert "is from another run" in capsys.readouterr().out


def test_live_curves_show_the_whole_history_after_a_kill(folder, capsys):
    from utils.display.curves import LiveCurves

    class Stop(Exception):
        pass

    def stop(epoch, logs):
        if epoch == 2:
            raise Stop

    import keras

    with pytest.raises(Stop):
        train(5, callbacks=[keras.callbacks.LambdaCallback(on_epoch_begin=stop)])
    curves = LiveCurves(("loss",))
    history, _ = train(5, callbacks=[curves])
    out = capsys.readouterr().out
    assert out.startswith("Found run.npz with 2 of 5 epochs: training continues.\nepoch 3 of 5")
    assert curves.history == {"loss": dict(enumerate(history["loss"], start=1))}
    assert len(history["loss"]) == 5
    assert history["seconds"] == sorted(history["seconds"])


def test_batches_are_decided_by_seed_and_epoch():
    from utils.training.fitting import Batches

    x, y = np.arange(10)[:, None], np.arange(10)

    def seen(seed, epoch):
        batches = Batches(x, y, 4, seed, augment=lambda x, rng: x + rng.random(x.shape))
        batches.set_epoch(epoch)
        return [batches[i] for i in range(len(batches))]

    first = seen(1, 0)
    assert [len(labels) for _, labels in first] == [4, 4, 2]
    assert sorted(np.concatenate([labels for _, labels in first])) == list(range(10))
    for (a, b), (c, d) in zip(first, seen(1, 0)):
        assert (a == c).all() and (b == d).all() and (a[:, 0] - b < 1).all()
    assert any((a != c).any() for (a, _), (c, _) in zip(first, seen(1, 1)))
    assert any((a != c).any() for (a, _), (c, _) in zip(first, seen(2, 0)))


def test_arrays_leave_memory_after_training(folder):
    import keras

    from utils.training.fitting import Batches, fit

    x = np.zeros((64, 3), "float32")
    kept = weakref.ref(x)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("sgd", loss="mse")
    fit(model, Batches(x[:32], x[:32, :1], 8, seed=0), 1)
    del x
    gc.collect()
    assert kept() is None
