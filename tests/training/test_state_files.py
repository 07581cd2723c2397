"""Training whose checkpoint can't be read or written: it goes on, says so once, loses nothing."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from tests.support.closed import closed, given_away, in_box, needs_root, obeying
from utils import places
from utils.errors import CourseError
from utils.training import Batches, fit

EPOCHS = 4


@pytest.fixture
def own(home):
    """The user's own folder for checkpoints; it doesn't exist yet."""
    return home / "checkpoints"


@pytest.fixture
def folder(tmp_path):
    """The folder that is asked for."""
    (tmp_path / "asked").mkdir()
    return tmp_path / "asked"


def begin_epoch(epoch, logs):
    """Do what the test asks for: a checkpoint belongs to its callbacks' code, so it is the same."""
    sys.on_epoch_begin(epoch, logs)


def train(folder, on_epoch_begin=None, epochs=EPOCHS):
    """Train a small network; return its history without seconds, and its weights."""
    keras.utils.set_random_seed(1)
    x = np.linspace(0, 1, 40, dtype="float32").reshape(10, 4)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dropout(0.5), keras.layers.Dense(1)]
    )
    model.compile(keras.optimizers.Adam(0.1), loss="mse")
    sys.on_epoch_begin = on_epoch_begin or (lambda epoch, logs: None)
    act = keras.callbacks.LambdaCallback(on_epoch_begin=begin_epoch)
    history = fit(
        model, Batches(x, x[:, :1], 4, seed=1), epochs, checkpoint="run",
        folder=str(folder), callbacks=[act],
    )  # fmt: skip
    return history["loss"], [np.array(weight) for weight in model.weights]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return train(tmp_path_factory.mktemp("undisturbed"))


def is_same(one, other):
    return one[0] == other[0] and all(np.array_equal(a, b) for a, b in zip(one[1], other[1]))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class Killed(Exception):
    """Stands for the loss of a session at the start of an epoch."""


def killed_at(epoch):
    def stop(number, logs):
        if number == epoch:
            raise Killed

    return stop


# --- the folder that was asked for


@obeying
@pytest.mark.parametrize("kind", ["closed", "secret", "a file", "inside a file", "not to be made"])
def test_where_nothing_can_be_saved_the_users_own_folder_does(
    kind, folder, own, undisturbed, capsys
):
    (folder / "file").touch()
    asked = {
        "closed": folder,
        "secret": folder,
        "a file": folder / "file",
        "inside a file": folder / "file" / "in",
        "not to be made": "/proc/none/in",
    }[kind]
    with closed(folder, 0 if kind == "secret" else 0o555):
        with pytest.raises(Killed):
            train(asked, killed_at(2))
        said = capsys.readouterr().out
        assert said.count("\n") == 1, said
        assert said.startswith(f"{asked}") and "can't be written: " in said
        assert said.endswith(f" Training is saved in {own} instead.\n")
        assert is_same(train(asked), undisturbed)
        assert capsys.readouterr().out == (
            "Found run.npz with 2 of 4 epochs: training continues.\n"
        ), "where it is kept is said once"
        train(asked)
        assert "nothing is left to train" in capsys.readouterr().out
    assert names(own) == ["run.npz"] and names(folder) == ["file"]


@obeying
def test_a_finished_checkpoint_in_a_closed_folder_is_read(folder, own, undisturbed, capsys):
    """As one that a teacher gives to all."""
    train(folder)
    with closed(folder):
        assert is_same(train(folder), undisturbed)
    said = "Found run.npz with 4 of 4 epochs: nothing is left to train.\n"
    assert capsys.readouterr().out == said
    assert not own.exists()


@obeying
def test_one_that_was_begun_there_goes_on_elsewhere(folder, own, undisturbed, capsys):
    with pytest.raises(Killed):
        train(folder, killed_at(1))
    begun = (folder / "run.npz").read_bytes()
    with closed(folder):
        for epoch in (2, 3):
            with pytest.raises(Killed):
                train(folder, killed_at(epoch))
        assert is_same(train(folder), undisturbed)
    said = capsys.readouterr().out
    assert "with 1 of 4" in said and "with 2 of 4" in said and "with 3 of 4" in said
    assert (folder / "run.npz").read_bytes() == begun


@obeying
def test_a_folder_that_closes_on_the_way_and_opens_again(folder, own, undisturbed, capsys):
    """Epoch 1 is saved there, 2 and 3 elsewhere, 4 there again, and then nowhere else."""
    seen = []

    def act(epoch, logs):
        seen.append((names(folder), own.exists() and names(own)))
        folder.chmod(0o555 if epoch in (1, 2) else 0o755)

    assert is_same(train(folder, act), undisturbed)
    assert seen[2] == seen[3] == (["run.npz"], ["run.npz"])
    assert names(folder) == ["run.npz"] and names(own) == []
    assert capsys.readouterr().out == (
        f"{folder} can't be written: you have no permission. "
        f"Training is saved in {own} instead.\n"
    )  # fmt: skip
    train(folder)
    assert "with 4 of 4 epochs" in capsys.readouterr().out


@obeying
def test_where_nothing_can_be_written_at_all_training_goes_on(
    folder, own, tmp_path, undisturbed, capsys
):
    with closed(folder), closed(tmp_path / "home"), closed(tmp_path / "tmp"):
        assert is_same(train(folder), undisturbed)
    assert capsys.readouterr().out == (
        f"{folder} can't be written: you have no permission. "
        "Training goes on without being saved; it is tried again.\n"
    )


@obeying
def test_what_was_removed_to_start_over_does_not_come_back(folder, own, capsys):
    with closed(folder):
        train(folder)
    capsys.readouterr()
    assert names(own) == ["run.npz"]
    train(folder)  # it can be written now, and holds no checkpoint: somebody wants to start over
    assert capsys.readouterr().out == "" and names(folder) == ["run.npz"]


# --- files of another account


@needs_root
@obeying
def test_a_checkpoint_that_only_another_account_can_read_is_left_alone(
    folder, own, undisturbed, capsys
):
    train(folder, epochs=2)
    path = folder / "run.npz"
    before = path.read_bytes()
    given_away(path)
    assert is_same(train(folder), undisturbed)
    said = capsys.readouterr().out
    assert f"{path} can't be read: you have no permission. It is left as it is." in said
    assert f"Training is saved in {own} instead." in said and "damaged" not in said
    os.chown(path, 0, 0)
    assert path.read_bytes() == before


@needs_root
@obeying
def test_one_that_cannot_be_replaced_is_left_alone(folder, own, undisturbed, capsys):
    """As in a folder with the sticky bit, such as /tmp."""
    train(folder, epochs=2)
    path = folder / "run.npz"
    before = path.read_bytes()
    given_away(path, 0o644)
    given_away(folder, 0o1777)
    assert is_same(train(folder), undisturbed)
    assert f"{path} can't be written: you have no permission." in capsys.readouterr().out
    assert path.read_bytes() == before and names(own) == names(folder) == ["run.npz"]


@needs_root
@obeying
def test_what_another_account_left_unfinished_is_no_hindrance(folder, own, undisturbed, capsys):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in ("run.npz.unfinished", f"run.npz.{dead.pid}.unfinished"):
        (folder / name).write_bytes(b"half")
        given_away(folder / name)
    assert is_same(train(folder), undisturbed)
    assert capsys.readouterr().out == "" and names(folder) == ["run.npz"]


def test_a_folder_of_the_checkpoints_name(folder, own, undisturbed, capsys):
    (folder / "run.npz").mkdir()
    assert is_same(train(folder), undisturbed)
    assert f"{folder / 'run.npz'} can't be written: a folder has its name." in (
        capsys.readouterr().out
    )
    assert names(own) == ["run.npz"]


# --- full disks and Drives


FULL = """
import json, os, resource, shutil
from pathlib import Path
import numpy as np
from tests.training.test_state_files import names, train
disk, how, spare = Path(os.environ["TMPDIR"]), os.environ["HOW"], int(os.environ["SPARE"])
folder = disk / "asked"

def act(epoch, logs):
    if epoch != 2:
        return
    if how == "disk":
        (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - spare))
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, resource.RLIM_INFINITY))

losses, _ = train(folder, act)
if how != "disk":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
with np.load(folder / "run.npz") as kept:
    print("last good one:", len(json.loads(str(kept["about"]))["history"]["loss"]), "epochs")
print("left:", [path.name for path in disk.rglob("*") if path.is_file() and path.suffix])
print("losses", losses)
"""


@pytest.mark.parametrize("how, spare", [("disk", 8192), ("largest file", 0)])
def test_a_disk_that_is_full_keeps_the_last_good_one(how, spare, folder, tmp_path, undisturbed):
    """At the end of the third epoch nothing fits any more, here or in the user's own folders."""
    said = in_box(
        FULL, "--size", 200_000, "--tmpfs", folder, HOW=how, SPARE=str(spare),
        XDG_CACHE_HOME=str(folder / "home"), TMPDIR=str(folder), MPLCONFIGDIR=str(tmp_path),
    )  # fmt: skip
    reason = {"disk": "there is no space left", "largest file": "a file may not be that large here"}
    assert said.count("can't be written") == 1, said
    assert (
        f"{folder / 'asked'} can't be written: {reason[how]}. Training goes on without being saved"
        in said
    )
    assert "last good one: 2 epochs" in said and "left: ['run.npz']" in said
    assert f"losses {undisturbed[0]}" in said


def test_a_drive_that_goes_away_on_the_way(folder, own, undisturbed, monkeypatch, capsys):
    """Nothing is made in its place; the next run says that it must be mounted."""
    monkeypatch.setattr(places, "DRIVES", (str(folder),))
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")

    def act(epoch, logs):
        if epoch == 2:
            subprocess.run(["umount", str(folder)], check=True)

    try:
        assert is_same(train(folder / "MyDrive", act), undisturbed)
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True)
    assert capsys.readouterr().out == (
        f"{folder / 'MyDrive'} can't be written: the Drive isn't mounted any more. "
        f"Training is saved in {own} instead.\n"
    )
    assert names(folder) == [] and names(own) == ["run.npz"]
    with pytest.raises(CourseError, match=f"no Drive is mounted at {folder}"):
        train(folder / "MyDrive")
    assert names(folder) == []
