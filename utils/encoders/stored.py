"""The weights of the course's own encoders: one file each in this folder, in float16."""

import zipfile
import zlib
from pathlib import Path

import numpy as np

from ..errors import CourseError
from ..files import reason, written_whole

FOLDER = Path(__file__).parent
DAMAGED = (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


def save_weights(model, name):
    """Write a network's weights to `NAME.npz` in this folder, as float16; return the path.

    They stand there in the order of `model.weights`, without names: a builder that adds its layers
    in another order needs a new file.
    """
    path = FOLDER / f"{name}.npz"
    arrays = [np.asarray(array, "float16") for array in model.get_weights()]
    with written_whole(path) as file:
        np.savez(file, *arrays)
    return path


def load_weights(model, name):
    """Give a network the weights of `NAME.npz` in this folder; return the network.

    Raises CourseError if the file is missing, damaged, or of another network.
    """
    path = FOLDER / f"{name}.npz"
    try:
        with np.load(path) as file:
            arrays = [file[f"arr_{number}"] for number in range(len(file.files))]
        if [array.shape for array in arrays] != [tuple(weight.shape) for weight in model.weights]:
            raise ValueError("it is of another network")
    except OSError as error:
        raise _unusable(name, reason(error)) from None
    except DAMAGED as error:
        why = str(error) if str(error) == "it is of another network" else "it is damaged"
        raise _unusable(name, why) from None
    model.set_weights([array.astype("float32") for array in arrays])
    return model


def _unusable(name, why):
    return CourseError(
        f"The weights in utils/encoders/{name}.npz can't be used: {why}. Fetch that file of the "
        f"course again, or make it: python -m utils.encoders.make_{name}"
    )
