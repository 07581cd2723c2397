"""Training that is killed continues where it was, and ends where an uninterrupted run ends."""

import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
import weakref

import numpy as np
import pytest

from tests.support.helpers import build_notebook, environment, run_cells
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
        while not any((tmp_path / "killed").rglob("killed.npz")):
            time.sleep(0.01)
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

    stops = [2]

    def stop(epoch, logs):
        if epoch in stops:
            stops.remove(epoch)
            raise Stop

    import keras

    once = keras.callbacks.LambdaCallback(on_epoch_begin=stop)  # in both runs: it is their code
    with pytest.raises(Stop):
        train(5, callbacks=[once])
    curves = LiveCurves(("loss",))
    history, _ = train(5, callbacks=[once, curves])
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


# --- other code


def loss_of(power, kept=None):
    """Return a learner's loss; `kept` stands for what doesn't matter."""
    import keras

    def own_loss(targets, outputs):
        return keras.ops.mean(keras.ops.abs(targets - outputs) ** power)

    return own_loss


def train_own(epochs=2, loss=None, augment=None, callbacks=(), metrics=(), rate=0.1):
    import keras

    from utils.training.fitting import Batches, fit

    keras.utils.set_random_seed(0)
    x = np.arange(40, dtype="float32").reshape(10, 4) / 40
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(rate), loss or loss_of(2), metrics=list(metrics))
    batches = Batches(x, x[:, :1], batch_size=4, seed=1, augment=augment)
    history = fit(model, batches, epochs, "run", callbacks=callbacks)
    return history, [np.array(weight) for weight in model.weights]


OTHER_CODE = (
    "The checkpoint run.npz was trained with other code (loss `own_loss`): "
    "training starts over. It is kept as run.before.npz.\n"
)


def test_a_mended_loss_trains_anew_and_the_earlier_training_is_kept(folder, capsys):
    first = train_own()
    again = train_own(loss=loss_of(2, kept="what isn't used"))
    assert "nothing is left to train" in capsys.readouterr().out and again[0] == first[0]
    mended = train_own(loss=loss_of(4))
    assert capsys.readouterr().out == OTHER_CODE and mended[0]["loss"] != first[0]["loss"]
    assert sorted(path.name for path in folder.iterdir()) == ["run.before.npz", "run.npz"]
    for loss, kept in ((2, first), (4, mended), (4, mended), (2, first)):
        history, weights = train_own(loss=loss_of(loss))
        assert "nothing is left to train" in capsys.readouterr().out and history == kept[0]
        for a, b in zip(weights, kept[1]):
            np.testing.assert_array_equal(a, b)
    assert sorted(path.name for path in folder.iterdir()) == ["run.before.npz", "run.npz"]


class Stopped(Exception):
    pass


def test_the_longer_one_of_earlier_trainings_is_kept(folder, capsys, monkeypatch):
    """So an experiment of one epoch doesn't cost what took hours."""
    import keras

    class Stop(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if str(epoch) == os.environ.get("STOP_AT"):
                raise Stopped

    whole, _ = train_own(3, callbacks=[Stop()])
    monkeypatch.setenv("STOP_AT", "1")
    for power, kept in ((4, " It is kept as run.before.npz."), (6, "")):
        with pytest.raises(Stopped):
            train_own(3, loss=loss_of(power), callbacks=[Stop()])
        assert capsys.readouterr().out.endswith(f"training starts over.{kept}\n")
    assert train_own(3, callbacks=[Stop()])[0] == whole


def test_a_checkpoint_that_was_removed_starts_anew(folder, capsys):
    train_own()
    train_own(loss=loss_of(4))
    (folder / "run.npz").unlink()
    capsys.readouterr()
    train_own()
    assert capsys.readouterr().out == ""


def change(path, **changes):
    """Change what a checkpoint says about itself; None removes it."""
    with np.load(path) as file:
        arrays = dict(file)
    about = {**json.loads(str(arrays["about"])), **changes}
    about = {name: value for name, value in about.items() if value is not None}
    np.savez(path, **{**arrays, "about": json.dumps(about)})


def test_a_checkpoint_of_before_this_was_noted_goes_on_with_a_word(folder, capsys):
    import keras

    from utils.training.fitting import Batches
    from utils.training.identity.run_settings import fingerprint

    first, _ = train_own()
    x = np.arange(40, dtype="float32").reshape(10, 4) / 40
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1), loss_of(2), metrics=[])
    earlier = fingerprint(model, Batches(x, x[:, :1], 4, 1), 2, by_name=True)
    change(folder / "run.npz", code=None, fingerprint=earlier)
    assert train_own()[0] == first
    assert capsys.readouterr().out == (
        "Found run.npz with 2 of 2 epochs: nothing is left to train. "
        "It doesn't say which code it was trained with.\n"
    )
    train_own(rate=0.2)
    assert "is from another run: training starts over." in capsys.readouterr().out


def test_another_metric_goes_on_with_a_word(folder, capsys):
    def metric(shift):
        def share(targets, outputs):
            return outputs - targets + shift

        return [share]

    first, _ = train_own(metrics=metric(1))
    assert train_own(metrics=metric(2))[0] == first
    assert "Its metrics so far were computed by other code." in capsys.readouterr().out


def test_a_partial_as_loss_and_a_schedule_without_settings_can_be_kept(folder, capsys):
    import functools

    import keras

    def weighted(targets, outputs, weight):
        return weight * keras.ops.mean((targets - outputs) ** 2)

    class Falling(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return 0.1 / (1 + keras.ops.cast(step, "float32"))

    def run(weight):
        return train_own(loss=functools.partial(weighted, weight=weight), rate=Falling())

    assert run(1.0)[0] == run(1.0)[0]
    assert "nothing is left to train" in capsys.readouterr().out
    run(2.0)
    assert "was trained with other code (loss)" in capsys.readouterr().out


def test_other_augmentation_trains_anew(folder, capsys):
    def noise(size):
        def vary(x, rng):
            return x + size * rng.normal(size=x.shape)

        return vary

    train_own(augment=noise(0.0))
    train_own(augment=noise(-0.0))  # the first batch is the same
    assert "other code (augmentation `vary`): training starts over." in capsys.readouterr().out


def test_in_a_notebook_a_mended_loss_trains_anew_and_a_commented_one_does_not(tmp_path):
    start = """import keras, numpy as np
from keras import ops
from utils.training import Batches, fit
x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
y = (x @ np.array([[1.], [2.], [3.], [4.]])).astype("float32")"""
    loss = "def own_loss(targets, outputs):\n    return ops.mean(ops.square(targets - outputs))"
    train = f"""keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.05), own_loss)
history = fit(model, Batches(x, y, 32, 1), epochs=20, checkpoint="mine", folder={str(tmp_path)!r})
print("error", float(np.mean((model.predict(x, verbose=0) - y) ** 2)))"""
    commented = f"# The loss.\n\n{loss}  # the mean\n".replace("targets", "truth")
    cells = [start, loss.replace("-", "+"), train, loss, train, f"{commented}\n{train}"]
    *_, wrong, _, mended, same = run_cells(build_notebook(*cells), COURSE_PROFILE="tiny")
    assert "trained with other code (loss `own_loss`): training starts over." in mended
    assert "nothing is left to train" in same
    errors = [float(text.split("error")[1]) for text in (wrong, mended, same)]
    assert errors[1] == errors[2] < errors[0]
