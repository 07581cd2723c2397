"""Week 4, faces: what must hold of autoencoders, denoising and the GAN, by the notebook's cells.

    COURSE_MIRROR=... python -m tests.benchmarks.week4_faces [--seeds 0 1 2] [--sheet samples.png]
    COURSE_MIRROR=... python -m tests.benchmarks.week4_faces --denoiser [--seeds 0 1 2]

Prints a table and writes results/week4_faces.json, or week4_denoiser.json, which takes a minute a
seed. With --sheet it also writes samples of the GAN as a picture; COURSE_SYNTHETIC=faces and no
source make these drawn faces. It can be stopped and run again: trainings are kept under
build/benchmarks; remove them to begin anew.
"""

import argparse
import json
import os
import time
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")
os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from tests.benchmarks.cells import run_cells  # noqa: E402
from tests.benchmarks.figures import Figure, store  # noqa: E402
from utils import config  # noqa: E402

CELLS = ("data", "samples-figure", "pca", "train-pair", "deep-build", "deep-train")
CELLS += ("curve", "similar-define", "noise-use")
CELLS += ("gan-build", "frechet", "gan-class", "gan-callback", "gan-train", "gan-samples", "score")
DENOISING = ("data", "samples-figure", "pca", "train-pair", "noise-use", "clean-pca", "clean-train")
FOLDER = config.ROOT / "build" / "benchmarks"  # keeps trainings, so that a run can be stopped
GOALS = {
    "deep / PCA, test error at code 32": "≤ 0.85",
    "GAN / PCA normal, Fréchet distance": "< 1",
    "pairwise distance of samples / of real faces": "≥ 0.6",
}
GOALS_OF_DENOISER = {
    "denoiser / PCA, noise left": "< 1",
    "denoiser / Wiener, noise left (an aim)": "≤ 1",
}


def measure(seed):
    """Run the notebook's cells from a seed; return what was found, and the samples."""
    start = time.monotonic()
    week = run_cells(4, CELLS, seed, FOLDER / f"week4-{seed}")
    score = week["score"]
    real, samples, haze = (week[name] for name in ("x_val", "samples", "haze"))
    encode, frechet = week["encode"], week["frechet"]
    narrow = {"real": real, "GAN": samples[: len(real)], "PCA normal": haze[: len(real)]}
    found = {
        "PCA's test error": week["bar"],
        "deep autoencoder's test error": week["deep_error"],
        "deep / PCA, test error at code 32": week["deep_error"] / week["bar"],
        "Fréchet distance, wide whitened codes": {
            "real": score(real), "GAN": score(samples), "PCA normal": score(haze)
        },
        "Fréchet distance, codes of 32": {
            name: frechet(encode(images), encode(week["x_test"])) for name, images in narrow.items()
        },
        "GAN / PCA normal, Fréchet distance": score(samples) / score(haze),
        "pairwise distance of samples / of real faces": week["pairwise"](samples)
        / week["pairwise"](week["x_test"]),
        "seconds": time.monotonic() - start,
    }  # fmt: skip
    return found, samples


def measure_denoiser(seed):
    """Run the notebook's cells on cleaning from a seed; return what was found."""
    start = time.monotonic()
    unused = SimpleNamespace(predict=lambda images, verbose: images)
    week = run_cells(4, DENOISING, seed, autoencoder=unused)
    left = {name: float(week["left"](images)) for name, images in week["cleaned"].items()}
    return {
        "noise left": left,
        "denoiser / PCA, noise left": left["denoiser"] / left["PCA"],
        "denoiser / Wiener, noise left (an aim)": left["denoiser"] / left["Wiener"],
        "seconds": time.monotonic() - start,
    }


def sheet(samples, path, columns=16, rows=4, enlarge=2):
    """Write samples as one picture. samples: (n, H, W, 3), −0.5 to 0.5; path: str."""
    some = (255 * (samples[: rows * columns] + 0.5)).clip(0, 255).astype(np.uint8)
    height, width = some.shape[1:3]
    grid = some.reshape(rows, columns, height, width, 3).swapaxes(1, 2)
    image = Image.fromarray(grid.reshape(rows * height, columns * width, 3))
    size = (image.width * enlarge, image.height * enlarge)
    image.resize(size, Image.Resampling.NEAREST).quantize(128).save(path, optimize=True)


def main(arguments=None):
    """Measure from each seed, print what must hold, write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=(0, 1, 2))
    parser.add_argument("--sheet", type=Path, help="a PNG of samples from the first seed")
    parser.add_argument("--denoiser", action="store_true", help="the denoiser alone")
    options = parser.parse_args(arguments)
    print(config.describe_machine())
    runs = []
    for seed in options.seeds:
        found, samples = (measure_denoiser(seed), None) if options.denoiser else measure(seed)
        runs.append(found)
        print(f"seed {seed}:", json.dumps(found, indent=1, default=float, ensure_ascii=False))
        if options.sheet and samples is not None and seed == options.seeds[0]:
            sheet(samples, options.sheet)
    goals = GOALS_OF_DENOISER if options.denoiser else GOALS
    figures = [Figure(name, [run[name] for run in runs], goal) for name, goal in goals.items()]
    name = "week4_denoiser" if options.denoiser else "week4_faces"
    store(name, figures, runs=dict(zip(options.seeds, runs)))


if __name__ == "__main__":
    main()
