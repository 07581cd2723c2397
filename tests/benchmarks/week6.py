"""Week 6: captions of real photos, and what features and decoding cost.

    COURSE_MIRROR=... python -m tests.benchmarks.week6 [rates] [captions] [beam] [--seeds 0 1 2]

Runs the notebook's own cells. `captions`: BLEU on the test images from three seeds, of baselines
and of all decoders; from the first seed also of attention over mixed7 (its 17×17 grid averaged to
8×8). `rates`: extraction beside bare `predict`, in one run, in turns. `beam`: beam search of all
test images together beside one image at a time, word by word, through `predict`. Without a name it
does all three. Can be stopped and run again: trainings are kept under build/benchmarks, and a
finished seed isn't trained again; remove them to begin anew. Writes JSON files to results.
"""

import argparse
import os
import resource
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")

import keras  # noqa: E402
import numpy as np  # noqa: E402

from tests.benchmarks.cells import run_cells  # noqa: E402
from tests.benchmarks.figures import Figure, store  # noqa: E402
from utils import config  # noqa: E402
from utils.datasets.images import make_pool, read_batch  # noqa: E402

READ = ("data", "split-use", "vocabulary-use", "indices-use", "encoder", "extract")
JUDGED = (
    "ngrams",
    "bleu-use",
    "baselines",
    "views",
    "baselines-show",
    "build-use",
    "loss-use",
    "stream",
)
WRITTEN = ("schedule", "train-define", "train", "step", "greedy-use", "beam-use")
LOOKED = ("attend", "where", "attend-build", "attend-train", "look-step", "look-captions")
RATE_IMAGES, ROUNDS = 128, 3
FOLDER = config.ROOT / "build" / "benchmarks"


def kept(seed):
    """Return the folder that keeps the trainings of a seed."""
    return FOLDER / f"week6-{seed}"


def rates():
    """Return how extraction compares with `predict` on arrays in memory."""
    week6 = run_cells(6, READ[:-1], 0)
    reader, preprocess, batch = (week6[name] for name in ("reader", "preprocess", "READ_BATCH"))
    images = week6["images"]["train"]
    some = images[:RATE_IMAGES]
    size = reader.input_shape[1:3]
    with make_pool() as pool:
        arrays = preprocess(read_batch(some, range(len(some)), size, pool).astype("float32"))
    reader.predict(arrays[: 2 * batch], batch_size=batch, verbose=0)
    pairs = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter(), time.process_time()
            week6["extract"](reader, some, preprocess, size, batch, folder, "rate")
            ours = time.perf_counter() - start[0], time.process_time() - start[1]
        start = time.perf_counter(), time.process_time()
        reader.predict(arrays, batch_size=batch, verbose=0)
        bare = time.perf_counter() - start[0], time.process_time() - start[1]
        pairs.append([len(some) / seconds for seconds in (*ours, *bare)])
    return [
        Figure("images a second, extraction", [pair[0] for pair in pairs]),
        Figure("images a second, bare predict", [pair[2] for pair in pairs]),
        Figure("extraction / bare predict", [p[0] / p[2] for p in pairs], "≥ 0.8"),
        Figure("the same by processor time", [p[1] / p[3] for p in pairs]),
        Figure("peak memory, GB", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20]),
    ]


def captions(seeds):
    """Return BLEU-1 to 4 of every method and the seconds of training, a dict a seed."""
    runs = []
    for seed in seeds:
        week6 = run_cells(6, (*READ, *JUDGED, *WRITTEN, *LOOKED), seed, kept(seed))
        truth, said = week6["truth"]["test"], week6["said"]  # all references, as it is published
        scores = {name: week6["bleu"](truth, said[name]) for name in said if name != "a person"}
        if seed == seeds[0]:  # a second block is costly, and there to be compared once
            scores |= _looking_at(week6, "mixed7")
        seconds = {
            "decoder": week6["history"]["seconds"][-1],
            "attention": week6["look_history"]["seconds"][-1],
        }
        losses = {
            "decoder": week6["history"]["val_loss"],
            "attention": week6["look_history"]["val_loss"],
        }
        runs.append({"seed": seed, "scores": scores, "seconds": seconds, "losses": losses})
        print(f"seed {seed}:", {name: round(values[3], 4) for name, values in scores.items()})
    return runs


def _looking_at(week6, block):
    """Return the scores of attention over another block, its grid averaged to half its side."""
    encoder = week6["encoder"].model
    grid = keras.layers.AveragePooling2D(2)(encoder.get_layer(block).output)
    reader = keras.Model(encoder.input, {"grid": grid})
    grids = {part: rows["grid"] for part, rows in week6["read_all"](reader, block).items()}
    keras.utils.set_random_seed(week6["SEED"])
    build, units = week6["build_looking_decoder"], week6["LOOK_UNITS"]
    decoder = build(len(week6["vocab"]), grids["train"].shape[1:], units)
    settings = week6["LOOK_ROUNDS"], week6["LOOK_RATE"]
    week6["train"](decoder, f"looking-{block}", grids, *settings)
    step, start = week6["open_up_looking"](decoder)
    state, ends, limit = start(grids["test"]), week6["ENDS"], week6["LIMIT"]
    return {
        f"attention over {block}, {name}": week6["bleu"](week6["truth"]["test"],
                                                         week6["in_words"](found))
        for name, found in {
            "greedy": week6["greedy_caption"](step, state, *ends, limit),
            "beam of 3": week6["beam_search"](step, state, *ends, 3, limit),
        }.items()
    }  # fmt: skip


def beam(seed):
    """Return the seconds of beam search of all test images, together and one by one."""
    week6 = run_cells(6, (*READ, *JUDGED, *WRITTEN), seed, kept(seed))
    decoder, x = week6["decoder"], week6["x"]["test"]
    search, ends, limit = week6["beam_search"], week6["ENDS"], week6["LIMIT"]
    step, to_start = week6["step"], week6["start"]

    def slow_step(token_ids, state):
        images, tokens = (keras.ops.convert_to_numpy(array) for array in state)
        tokens = np.hstack([tokens, token_ids[:, None]]).astype("int32")
        return decoder.predict([images, tokens], verbose=0)[:, -1], [images, tokens]

    search(step, to_start(x), *ends, 3, limit)  # what is compiled is compiled now
    start = time.perf_counter()
    together = search(step, to_start(x), *ends, 3, limit)
    fast = time.perf_counter() - start
    nothing = np.zeros((1, 0), "int32")
    search(slow_step, [x[:1], nothing], *ends, 3, limit)
    start = time.perf_counter()
    single = [search(slow_step, [row[None], nothing], *ends, 3, limit)[0] for row in x]
    slow = time.perf_counter() - start
    same = [a == b for a, b in zip(together, single)]
    return [
        Figure("seconds of beam search, together", [fast]),
        Figure("seconds of beam search, one by one", [slow]),
        Figure("times faster together", [slow / fast], "≥ 20"),
        Figure("share of the same captions", [float(np.mean(same))], "≥ 1"),
    ]


def main(arguments=None):
    """Measure, print, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[[], "rates", "captions", "beam"])
    parser.add_argument("--seeds", type=int, nargs="+", default=(0, 1, 2))
    options = parser.parse_args(arguments)
    asked = options.parts or ["rates", "captions", "beam"]
    print(config.describe_machine())
    if "rates" in asked:
        store("week6_rates", rates())
    if "captions" in asked:
        runs = captions(options.seeds)
        store("week6_captions", figures(runs), runs=runs)
    if "beam" in asked:
        store("week6_beam", beam(options.seeds[0]))


def figures(runs):
    """Return what must hold of the runs."""

    def bleu_4(name):
        return [run["scores"][name][3] for run in runs if name in run["scores"]]

    def more(name, other):
        return [a - b for a, b in zip(bleu_4(name), bleu_4(other))]

    def seconds(name):
        return [run["seconds"][name] for run in runs]

    return [
        *(Figure(f"BLEU-4, {name}", bleu_4(name)) for name in runs[0]["scores"]),
        Figure("beam of 3 minus nearest neighbour", more("beam of 3", "nearest neighbour"), "> 0"),
        Figure("beam of 3 minus most common", more("beam of 3", "most common caption"), "> 0"),
        Figure("beam of 3 minus greedy", more("beam of 3", "greedy"), "> 0"),
        Figure("seconds of training, decoder", seconds("decoder"), "≤ 900"),
        Figure("seconds of training, with attention", seconds("attention"), "≤ 900"),
    ]


if __name__ == "__main__":
    main()
