"""Week 6 with as many photos as COCO has, in the sizes of `gpu`: what it holds of the memory.

    python -m tests.benchmarks.week6_coco [--photos 82783] [--steps 60]

Captions and features are made up, the file of features is as large as COCO's: 14 GB, under
build/benchmarks, and removed at the end. The notebook's own cells then compute the views, train
both decoders for one round of few steps each, and let them write. Nothing is learned, but all is
held that a training on COCO would hold, but for its photos and the encoder. Then the batches of a
whole round are read, none of which the system has in memory at first.
"""

import argparse
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.update(COURSE_PROFILE="gpu", COURSE_SOLUTIONS="1")

import numpy as np  # noqa: E402

from tests.benchmarks.figures import PEAK, RESIDENT, Figure, store  # noqa: E402
from tests.benchmarks.notebook import MEMORY, PAUSE, memory_of, with_constants  # noqa: E402
from utils import config  # noqa: E402
from utils.errors import CourseError  # noqa: E402

ROW = np.dtype([("grid", "float16", (8, 8, 1280)), ("pooled", "float16", (2048,))])
PHOTOS, HELD_OUT = 82_783, 1_000  # COCO's training photos, and what `gpu` takes of the others
WORDS, LENGTH = 8_765, 11  # COCO's tokens that occur five times, and tokens of a caption
BLOCK = 500  # rows of made-up features that are written again and again
CELLS = (
    "imports", "constants", "split-use", "vocabulary-use", "indices-use", "schedule", "ngrams",
    "bleu-use", "baselines", "views", "baselines-show", "build-use", "loss-use", "stream",
    "train-define", "train", "step", "greedy-use", "sample-use", "beam-use", "attend", "where",
    "attend-build", "attend-train", "look-step", "look-captions",
)  # fmt: skip


def made_up_features(path, count):
    """Write features of `count` photos; return them as `extract` does."""
    free = shutil.disk_usage(path.parent).free
    if count * ROW.itemsize > free:
        raise CourseError(f"{count:,} rows need {count * ROW.itemsize:,} bytes, {free:,} are free.")
    rng = np.random.default_rng(count)
    block = np.zeros(BLOCK, ROW)
    for name in ROW.names:
        block[name] = rng.exponential(size=block[name].shape) * (
            rng.random(block[name].shape) < 0.3
        )
    array = np.lib.format.open_memmap(path, "w+", ROW, (count,))
    for start in range(0, count, BLOCK):
        array[start : start + BLOCK] = block[: count - start]
    array.flush()
    return np.load(path, mmap_mode="r")


def made_up_captions(count, rng):
    """Return five captions for each of `count` photos, of words that are as rare as real ones."""
    words = np.array([f"w{number}" for number in range(WORDS)])
    rate = 1 / (np.arange(WORDS) + 10)
    drawn = words[rng.choice(WORDS, (count, 5, LENGTH), p=rate / rate.sum())]
    return [[" ".join(caption) for caption in of_image] for of_image in drawn]


def run_cells(constants, known):
    """Run the notebook's cells; `known` are variables that the cells of data would make."""
    variables = {"__name__": "week6"}
    for cell in with_constants(6, constants).cells:
        if cell.id in CELLS or cell.id.startswith("exercise-"):
            start = time.monotonic()
            exec(compile(cell.source, f"<week 6, {cell.id}>", "exec"), variables)
            if cell.id == "constants":
                variables.update(known)
            if time.monotonic() - start > 5:
                print(f"{cell.id}: {time.monotonic() - start:.0f} s", flush=True)
    return variables


class Watch(threading.Thread):
    """Looks at this process's memory: .peaks, bytes without file-backed pages, and with them."""

    def __init__(self):
        super().__init__(daemon=True)
        self.peaks = 0, 0
        self.start()

    def run(self):
        while True:
            self.peaks = tuple(map(max, self.peaks, memory_of(os.getpid())))
            time.sleep(PAUSE)


def forget(path):
    """Let the system drop what it has in memory of a file."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def seconds_of_a_round(week6, path, steps, window):
    """Return the seconds that reading takes in a round of batches, from a file not in memory."""
    forget(path)
    rows = np.load(path, mmap_mode="r")["grid"]
    week6["STEPS"], week6["WINDOW"] = steps, window
    batches = week6["CaptionBatches"](rows, week6["indexed"]["train"])
    start = time.monotonic()
    for number in range(len(batches)):
        batches[number]
    return time.monotonic() - start


def measure(folder, photos, steps):
    """Return the figures."""
    parts = {"train": photos, "validation": HELD_OUT, "test": HELD_OUT}
    paths = {part: folder / f"{part}.npy" for part in parts}
    features = {part: made_up_features(paths[part], count) for part, count in parts.items()}
    forget(paths["train"])
    rng = np.random.default_rng(0)
    captions = {part: made_up_captions(count, rng) for part, count in parts.items()}
    constants = {"COLLECTION": '"coco2014"', "STEPS": steps, "ROUNDS": 1, "LOOK_ROUNDS": 1}
    watch = Watch()
    week6 = run_cells(constants, {"captions": captions, "features": features})
    held = [peak / 1e9 for peak in watch.peaks]
    reading = {
        f"seconds of reading, 500 batches of grids, {words}": [
            seconds_of_a_round(week6, paths["train"], 500, window)
        ]
        for words, window in {"window": week6["WINDOW"], "no window": photos}.items()
    }
    return [
        Figure("photos", [photos]),
        Figure("size of their features, GB", [photos * ROW.itemsize / 1e9]),
        Figure("tokens", [len(week6["vocab"])]),
        Figure(PEAK, [held[0]], f"≤ {MEMORY['gpu']}"),
        Figure(RESIDENT, [held[1]]),
        Figure("seconds of a step, attention", [week6["look_history"]["seconds"][-1] / steps]),
        *(Figure(name, values) for name, values in reading.items()),
    ]


def main():
    """Measure, print, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--photos", type=int, default=PHOTOS)
    parser.add_argument("--steps", type=int, default=60)
    options = parser.parse_args()
    print(config.describe_machine())
    place = config.ROOT / "build" / "benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        os.environ["COURSE_CHECKPOINTS"] = folder
        figures = measure(Path(folder), options.photos, options.steps)
    store("week6_coco", figures)


if __name__ == "__main__":
    main()
