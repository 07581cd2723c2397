"""Week 4, word embeddings: planted words, a real text, pairs a second, and gensim beside it.

    COURSE_MIRROR=... python -m tests.benchmarks.week4_words [--seeds 0 1 2]

It runs the notebook's own cells. Goals: at least 90 % of planted neighbours and analogies come out;
on a megabyte of Shakespeare the held-out loss is below that of a bias a context word, without a
centre; at least 100,000 pairs a second on two cores (vectors of 100, 5 negatives). gensim, where it
can be imported, trains on the same pairs, in turn with the notebook: the course doesn't need it.
"""

import argparse
import time

import numpy as np

from tests.benchmarks.cells import run_cells
from tests.benchmarks.figures import Figure, store
from utils import config

WORLD = ("words-data", "vocabulary-use", "keep", "pairs-use", "counting", "planted")
WORLD += ("skipgram-model", "sgns-gradients", "skipgram-class", "word-loss")
WORLD += ("word-train-define", "word-train", "word-score")
REAL = ("text-data", "bias", "text-train")
CHUNK = 10_000  # words in a sentence, gensim's limit
WORKERS = 2  # threads of gensim
TURNS = 3  # trainings of each, in turn: what else runs slows both down


def report(seed):
    """Train both models of the notebook; return the notebook's variables."""
    found = run_cells(4, (*WORLD, *REAL), seed)
    text, bias, speed = (found[name] for name in ("text_loss", "bias_loss", "speed"))
    print(f"seed {seed}: {speed:,.0f} pairs a second, held-out loss {text:.4f}, bias {bias:.4f}")
    return found


def figures(runs):
    """Return what must hold of the runs, each a notebook's variables."""
    found = []
    for name in runs[0]["results"]:
        goal = "" if name == "guessing" else "≥ 0.9"
        for place, what in enumerate(("neighbours", "analogies")):
            values = [float(run["results"][name][place]) for run in runs]
            found.append(Figure(f"planted {what}, {name}", values, goal))
    lead = [float(run["text_loss"] - run["bias_loss"]) for run in runs]
    return [
        *found,
        Figure("held-out loss on the real text", [float(run["text_loss"]) for run in runs]),
        Figure("the same minus that of a bias alone", lead, "< 0"),
        Figure("pairs a second", [float(run["speed"]) for run in runs], "≥ 100000"),
    ]


def kept_words(found):
    """Return the real text's ids after subsampling, and the number of its pairs."""
    ids, keep = found["read"], found["keep"]
    kept = ids[np.random.default_rng(0).random(len(ids)) < keep[ids]]
    ones = np.ones(len(keep))
    centers, _ = found["skipgram_pairs"](kept, found["WINDOW"], ones, np.random.default_rng(0))
    return kept, len(centers)


def train_gensim(kept, found, epochs):
    """Train gensim on these words, none dropped, whole windows; return model and seconds."""
    from gensim.models import Word2Vec

    words = [str(number) for number in kept]
    sentences = [words[start : start + CHUNK] for start in range(0, len(words), CHUNK)]
    model = Word2Vec(
        vector_size=found["WORD_SIZE"],
        window=found["WINDOW"],
        negative=found["NUM_NEGATIVES"],
        sg=1,
        min_count=1,
        sample=0,
        shrink_windows=False,
        workers=WORKERS,
        seed=0,
    )
    model.build_vocab(sentences)
    start = time.perf_counter()
    model.train(sentences, total_examples=len(sentences), epochs=epochs)
    return model, time.perf_counter() - start


def beside_gensim(found):
    """Return pairs a second and held-out loss of gensim and of the notebook, on the same pairs."""
    kept, pairs = kept_words(found)
    epochs = found["TEXT_EPOCHS"]
    text = kept, found["counts"], np.ones(len(found["keep"]))
    theirs, ours = [], []
    for _ in range(TURNS):
        model, seconds = train_gensim(kept, found, epochs)
        theirs.append(epochs * pairs / seconds)
        skipgram, live = found["SkipGram"](len(found["words"])), found["LiveLoop"](epochs, "loss")
        ours.append(found["train_words"](skipgram, text, epochs, live))
    order = [int(word) for word in model.wv.index_to_key]
    copied = found["SkipGram"](len(found["words"]))
    copied.center[order], copied.context[order] = model.wv.vectors, model.syn1neg
    losses = [float(found["validate"](of, found["held_out"])) for of in (copied, skipgram)]
    return [
        Figure("gensim: pairs a second", theirs),
        Figure("notebook on gensim's pairs: pairs a second", ours),
        Figure("gensim: held-out loss", losses[:1]),
        Figure("notebook on gensim's pairs: held-out loss", losses[1:]),
        Figure("notebook's speed / gensim's", [our / their for our, their in zip(ours, theirs)]),
    ]


def main():
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    seeds = parser.parse_args().seeds
    print(config.describe_machine())
    runs = [report(seed) for seed in seeds]
    found = figures(runs)
    try:
        import gensim
    except ImportError:
        print("gensim can't be imported: no comparison")
    else:
        print("gensim", gensim.__version__)
        found += beside_gensim(runs[0])
    store("week4_words", found)


if __name__ == "__main__":
    main()
