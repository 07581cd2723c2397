"""Week 4, faces: what must hold of autoencoders, denoising and the GAN, by the notebook's cells.

    COURSE_MIRROR=... python -m tests.benchmarks.week4_faces [--seeds 0 1 2] [--sheet samples.png]

Prints a table and writes results/week4_faces.json. With --sheet it also writes samples of
the GAN as a picture; COURSE_SYNTHETIC=faces and no source make these drawn faces. It can be
stopped and run again: trainings are kept under build/benchmarks; remove them to begin anew.
"""

import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")
os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from tests.benchmarks.cells import run_cells  # noqa: E402
from tests.benchmarks.figures import Figure, store  # noqa: E402
from utils import config  # noqa: E402

CELLS = ("data", "samples-figure", "pca", "train-pair", "deep-build", "deep-train")
CELLS += ("curve", "similar-define", "noise-use", "clean-pca", "clean-train")
CELLS += ("gan-build", "frechet", "gan-class", "gan-callback", "gan-train", "gan-samples", "score")
FOLDER = config.ROOT / "build" / "benchmarks"  # keeps trainings, so that a run can be stopped
GOALS = {
    "deep / PCA, test error at code 32": "≤ 0.85",
    "denoiser / PCA, noise left": "< 1",
    "denoiser / Wiener, noise left (an aim)": "≤ 1",
    "GAN / PCA normal, Fréchet distance": "< 1",
    "pairwise distance of samples / of real faces": "≥ 0.6",
}


def measure(seed):
    """Run the notebook's cells from a seed; return what was found, and the samples."""
    start = time.monotonic()
    week = run_cells(4, CELLS, seed, FOLDER / f"week4-{seed}")
    score, left, cleaned = week["score"], week["left"], week["cleaned"]
    real, samples, haze = (week[name] for name in ("x_val", "samples", "haze"))
    encode, frechet = week["encode"], week["frechet"]
    narrow = {"real": real, "GAN": samples[: len(real)], "PCA normal": haze[: len(real)]}
    found = {
        "PCA's test error": week["bar"],
        "deep autoencoder's test error": week["deep_error"],
        "deep / PCA, test error at code 32": week["deep_error"] / week["bar"],
        "noise left": {name: left(images) for name, images in cleaned.items()},
        "denoiser / PCA, noise left": left(cleaned["denoiser"]) / left(cleaned["PCA"]),
        "denoiser / Wiener, noise left (an aim)": left(cleaned["denoiser"])
        / left(cleaned["Wiener"]),
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
    options = parser.parse_args(arguments)
    print(config.describe_machine())
    runs = []
    for seed in options.seeds:
        found, samples = measure(seed)
        runs.append(found)
        print(f"seed {seed}:", json.dumps(found, indent=1, default=float, ensure_ascii=False))
        if options.sheet and seed == options.seeds[0]:
            sheet(samples, options.sheet)
    figures = [Figure(name, [run[name] for run in runs], goal) for name, goal in GOALS.items()]
    store("week4_faces", figures, runs=dict(zip(options.seeds, runs)))


if __name__ == "__main__":
    main()
