"""Week 6 beyond its checks: known values, steps that agree with whole networks, odd data."""

import itertools
import os
import re
import subprocess
import sys

import keras
import numpy as np
import pytest
from PIL import Image
from scipy.special import log_softmax

from tests.support.helpers import environment
from utils import config, notebooks
from utils.checks import week6
from utils.checks.exercise import load_solutions
from utils.checks.probes.week6._decoding import Machine
from utils.datasets import describes
from utils.datasets.images import ImageFiles, read_image
from utils.datasets.stream import SeededBatches
from utils.datasets.synthetic_scenes import COLOURS, HELD_OUT, SHAPE_WORDS, make_scenes
from utils.encoders.make_scenes import answers
from utils.encoders.scene_network import scene_encoder
from utils.errors import CourseError
from utils.training.features import extract
from utils.training.fitting import fit

reference = load_solutions(6)
LOOKING = ("step", "attend", "where", "attend-build", "look-step")  # cells of the second decoder


def run_cells(*names, **known):
    """Run cells of the notebook without its set-up; return their variables."""
    sources = {cell.id: cell.source for cell in notebooks.read(6).cells}
    variables = {"keras": keras, "np": np, "layers": keras.layers, "ops": keras.ops, **known}
    variables.setdefault("decoder_step", reference.decoder_step)
    for name in names:
        exec(compile(sources[name], f"<week 6, {name}>", "exec"), variables)
    return variables


# --- text


def test_special_tokens_come_first_and_padding_has_number_1():
    vocab = reference.generate_vocabulary([["a 0 _ zebra é"]], 1)
    assert list(vocab)[:4] == ["#END#", "#PAD#", "#START#", "#UNK#"]
    assert vocab["#PAD#"] == reference.PAD_ID == 1 and len(vocab) == 9


ODD = {
    "empty": "",
    "only punctuation": " ?! ...",
    "all unknown": "quux " * 4,
    "very long": "a dog " * 5_000,
    "other letters": "Собака бежит 狗 🐕",
    "with the name of a special token": "#END# #PAD#",
}


@pytest.mark.parametrize("caption", ODD.values(), ids=ODD)
def test_odd_captions_go_all_the_way(caption):
    vocab = reference.generate_vocabulary([["a dog runs"]], 1)
    ((numbers,),) = reference.caption_tokens_to_indices([[caption]], vocab)
    assert numbers[0] == vocab["#START#"] and numbers[-1] == vocab["#END#"]
    _, rows = reference.generate_batch(
        np.ones((1, 3), "float32"), [[numbers]], 1, np.random.default_rng(0), 20
    )
    assert rows.shape == (1, min(len(numbers), 20)) and (rows < len(vocab)).all()
    logits = np.zeros((*rows[:, 1:].shape, len(vocab)), "float32")
    loss = reference.caption_loss(rows[:, 1:], logits, 1)
    assert float(loss) == pytest.approx(np.log(len(vocab)), rel=1e-5)


def test_no_captions_make_an_empty_matrix():
    assert reference.batch_captions_to_matrix([], 1).shape == (0, 0)


# --- BLEU


def random_corpus(seed, count=40):
    """Return references and candidates of five tokens or more, of few words that often agree."""
    rng = np.random.default_rng(seed)

    def sentence():
        return [f"w{k}" for k in rng.integers(0, 6, size=rng.integers(5, 13))]

    references = [[sentence() for _ in range(rng.integers(1, 6))] for _ in range(count)]
    return references, [sentence() for _ in range(count)]


NLTK = {  # seed: what the corpus_bleu of nltk 3.10.4 gives, BLEU-1 to 4
    0: [0.7495472654395643, 0.5445997765025816, 0.27907106033466467, 0.11725691401379679],
    1: [0.8117647058823529, 0.6198671584441678, 0.34171383065841154, 0.13800624724781196],
    2: [0.7240437158469946, 0.5226682869542304, 0.28407466475882576, 0.1389490552293847],
}
NLTK_SHORT = [0.6021988130410602, 0.43533554475041386, 0.22779915394626807, 0.0]


@pytest.mark.parametrize("seed", NLTK)
def test_bleu_is_that_of_nltk(seed):
    found = reference.bleu(*random_corpus(seed))
    np.testing.assert_allclose(found, NLTK[seed], rtol=0, atol=1e-9)


def test_bleu_of_short_candidates_is_that_of_nltk():
    references, candidates = random_corpus(3)
    found = reference.bleu(references, [candidate[:5] for candidate in candidates])
    np.testing.assert_allclose(found, NLTK_SHORT, rtol=0, atol=1e-9)


def test_bleu_wants_references_for_each_candidate():
    with pytest.raises(ValueError):
        reference.bleu([[["a"]]], [["a"], ["b"]])


# --- decoding


def log_probability(machine, state, start_id, end_id, caption, max_len):
    """Return the log-probability of one image's caption, its end included if it has one."""
    total, token = 0.0, start_id
    tokens = [*caption, end_id] if len(caption) < max_len else list(caption)
    for following in tokens:
        logits, state = machine.step(np.array([token]), state)
        total += log_softmax(logits[0])[following]
        token = following
    return total


@pytest.mark.parametrize("seed", range(4))
def test_a_wide_beam_finds_the_most_probable_caption_of_all(seed):
    rng = np.random.default_rng(seed)
    machine = Machine(rng, 4, 1, end_bias=0.0, scale=0.8)
    state, max_len = machine.start(rng, 3), 4
    found = reference.beam_search(machine.step, state, 0, 1, 300, max_len)
    words = [token for token in range(4) if token != 1]
    every = [c for n in range(max_len + 1) for c in itertools.product(words, repeat=n)]
    for image in range(3):
        own = [array[image : image + 1] for array in state]
        best = max(every, key=lambda c, own=own: log_probability(machine, own, 0, 1, c, max_len))
        assert found[image] == list(best)


def test_a_beam_of_one_is_greedy():
    rng = np.random.default_rng(0)
    machine = Machine(rng, 9, 3, end_bias=-2.0)
    state = machine.start(rng, 12)
    args = machine.step, state, 5, 3
    assert reference.beam_search(*args, 1, 10) == reference.greedy_caption(*args, 10)


def test_states_may_be_nested_in_any_way():
    rng = np.random.default_rng(1)
    machine = Machine(rng, 9, 3, end_bias=-2.0)
    flat = machine.start(rng, 5)

    def step(token_ids, state):
        logits, (h, time) = machine.step(token_ids, (state["h"], state["more"][0]))
        return logits, {"h": h, "more": (time,)}

    nested = {"h": flat[0], "more": (flat[1],)}
    for width in (1, 3):
        expected = reference.beam_search(machine.step, flat, 5, 3, width, 8)
        assert reference.beam_search(step, nested, 5, 3, width, 8) == expected
    assert reference.greedy_caption(step, nested, 5, 3, 8) == reference.greedy_caption(
        machine.step, flat, 5, 3, 8
    )


def test_a_step_with_tokens_of_a_wrong_shape_is_told():
    def greedy_caption(step, start_state, start_id, end_id, max_len):
        step(np.full((len(start_state[0]), 1), start_id), start_state)

    text = week6.greedy_caption.examine(greedy_caption, 0).text
    assert re.search(r"token_ids should have shape \(n,\); it has \(\d+, 1\)", text)


# --- networks


def test_a_decoder_trains_as_the_exercise_says():
    """The learner's training and the course's `fit` end with the weights of a plain loop."""
    keras.utils.set_random_seed(0)
    decoder = without_dropout(reference.build_decoder(11, 7))
    twin = without_dropout(reference.build_decoder(11, 7))
    twin.set_weights(decoder.get_weights())
    batches = Pairs(8, 4, 0, steps=10)
    history = reference.train_decoder(decoder, batches, 1, 0.01, 1, fit)
    rates = keras.optimizers.schedules.CosineDecay(0.0, 9, warmup_target=0.01, warmup_steps=1)
    twin.compile(keras.optimizers.Adam(rates, global_clipnorm=1.0), own_loss)
    for number in range(10):
        twin.train_on_batch(*batches[number])
    assert len(history["loss"]) == 1
    for a, b in zip(decoder.get_weights(), twin.get_weights()):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)


def without_dropout(model):
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0
    return model


def own_loss(targets, logits):
    return reference.caption_loss(keras.ops.cast(targets, "int32"), logits, 1)


def test_the_decoder_has_as_many_weights_as_the_original():
    assert reference.build_decoder(8769).count_params() == 2_737_449


def by_steps(step, state, tokens):
    """Return the logits that a step gives along given tokens."""
    found = []
    for column in tokens.T:
        logits, state = step(column, state)
        found.append(logits)
    return np.stack(found, axis=1)


def randomise(model, seed=0):
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        weight.assign(rng.normal(size=weight.shape) / np.sqrt(max(1, weight.shape[0])))
    return model


def test_steps_of_the_decoder_are_those_of_the_whole():
    decoder = randomise(reference.build_decoder(11, 7))
    step, start = run_cells("step")["open_up"](decoder)
    rng = np.random.default_rng(2)
    images, tokens = rng.normal(size=(3, 7)).astype("float32"), rng.integers(0, 11, (3, 6))
    whole = decoder.predict_on_batch([images, tokens])
    np.testing.assert_allclose(by_steps(step, start(images), tokens), whole, rtol=1e-3, atol=1e-4)


def test_steps_of_the_decoder_with_attention_are_those_of_the_whole():
    cells = run_cells(*LOOKING, attention=reference.attention)
    decoder = randomise(cells["build_looking_decoder"](11, (2, 3, 5), 6))
    step, start = cells["open_up_looking"](decoder)
    rng = np.random.default_rng(3)
    grids, tokens = rng.normal(size=(4, 2, 3, 5)).astype("float16"), rng.integers(0, 11, (4, 6))
    whole = decoder.predict_on_batch([grids.astype("float32"), tokens])
    np.testing.assert_allclose(by_steps(step, start(grids), tokens), whole, rtol=1e-3, atol=1e-4)
    other = whole.copy()
    other[:] = decoder.predict_on_batch([grids[::-1].astype("float32"), tokens])
    assert np.abs(whole - other).max() > 1e-3, "the grid matters"


def test_the_small_example_of_attention_sees_what_it_asks_for():
    cells = run_cells("attention-use", attention=reference.attention)
    np.testing.assert_allclose(cells["weights"], [[0.02, 0.96, 0.02]], atol=0.01)  # the last query
    np.testing.assert_allclose(cells["context"], [[0.02, 0.96]], atol=0.01)


class Pairs(SeededBatches):
    """Batches of ((images, tokens), next tokens), as the notebook's."""

    def __getitem__(self, number):
        rng = self.generator(number)
        rows = rng.integers(0, 11, size=(4, 6))
        return (rng.normal(size=(4, 7)).astype("float32"), rows[:, :-1]), rows[:, 1:]


def test_training_a_decoder_goes_on_where_it_was(tmp_path, capsys, monkeypatch):
    def next_token_loss(targets, logits):
        return reference.caption_loss(keras.ops.cast(targets, "int32"), logits, 1)

    def start():
        keras.utils.set_random_seed(0)
        decoder = reference.build_decoder(11, 7)
        decoder.compile("adam", next_token_loss)
        return decoder

    whole, stopped, resumed = start(), start(), start()
    fit(whole, Pairs(8, 4, 0), 2)
    monkeypatch.setenv("STOP_AT", "1")
    with pytest.raises(KeyboardInterrupt):
        fit(stopped, Pairs(8, 4, 0), 2, "d", str(tmp_path), callbacks=[_Stop()])
    monkeypatch.delenv("STOP_AT")
    fit(resumed, Pairs(8, 4, 0), 2, "d", str(tmp_path), callbacks=[_Stop()])
    assert "with 1 of 2 epochs" in capsys.readouterr().out
    for a, b in zip(whole.get_weights(), resumed.get_weights()):
        np.testing.assert_array_equal(a, b)


class _Stop(keras.callbacks.Callback):
    """Stops a training in the epoch that STOP_AT names."""

    def on_epoch_begin(self, epoch, logs=None):
        if str(epoch) == os.environ.get("STOP_AT"):
            raise KeyboardInterrupt


# --- the drawn scenes: the encoder that the course ships, and which captions are true


def test_the_scene_encoder_sees_pairs_that_training_never_shows():
    scenes = make_scenes(seed=3, n_train=1, n_val=1, n_test=300)
    assert {(one["color"], one["shape"]) for one in scenes.attributes_test} == set(HELD_OUT)
    encoder = scene_encoder()
    seen = encoder.model.predict(encoder.preprocess(scenes.x_test.astype("float32")), verbose=0)
    assert seen.shape == (300, 8, 8, 14)
    right = (seen.max(axis=(1, 2)) > 0.5) == answers(scenes.attributes_test)
    assert right.mean(axis=0).min() > 0.97
    colours, shapes = sorted(COLOURS), sorted(SHAPE_WORDS)
    together = [
        np.minimum(
            grid[..., colours.index(one["color"])], grid[..., 6 + shapes.index(one["shape"])]
        )
        for grid, one in zip(seen, scenes.attributes_test)
    ]
    assert np.mean([places.max() > 0.5 for places in together]) > 0.97, "at one place"


def test_the_scene_encoder_is_small_and_of_half_precision():
    path = scene_encoder().weights
    assert path.stat().st_size < 1e6
    with np.load(path) as file:
        assert {file[name].dtype for name in file.files} == {np.dtype("float16")}
    assert "scenes.npz" in {path.name for path in config.ROOT.glob("utils/encoders/*.npz")}


def test_the_encoder_was_never_shown_the_pairs_of_the_test():
    scenes = make_scenes(seed=11, n_train=200, n_val=1, n_test=1)
    shown = {(one["color" + k], one["shape" + k]) for one in scenes.attributes_train
             for k in ("", "2") if "shape" + k in one}  # fmt: skip
    assert not shown & set(HELD_OUT)


def test_captions_of_a_scene_describe_it_and_turned_round_they_do_not():
    scenes = make_scenes(seed=1, n_train=150, n_val=1, n_test=60)
    turned = {"left": "right", "right": "left", "above": "below", "below": "above"}
    for found, attributes in (
        (scenes.captions_train, scenes.attributes_train),
        (scenes.captions_test, scenes.attributes_test),
    ):
        for of_image, scene in zip(found, attributes):
            for caption in of_image:
                assert describes(caption, scene), (caption, scene)
                wrong = " ".join(turned.get(word, word) for word in caption.split())
                assert wrong == caption or not describes(wrong, scene), (wrong, scene)
    scene = {"shape": "heart", "color": "red", "size": "big"}
    assert describes("a heart", scene) is False and describes("a red heart", scene) is True
    pair = scene | {"shape2": "cross", "color2": "blue", "size2": "small", "relation": "above"}
    assert describes("a tiny blue plus beneath a red heart", pair)
    assert not describes("a red heart", pair) and not describes(
        "a blue plus above a red heart", pair
    )


def test_bleu_hardly_minds_a_word_that_makes_a_caption_false():
    """What the notebook says of drawn scenes: by BLEU a lie may beat the truth."""
    truth, *others, lie, own_words = map(
        reference.split_sentence,
        (
            "we see a huge yellow heart and it is to the left of a small purple circle",
            "a large yellow heart on the left side of a violet disc",
            "there is a yellow heart left of a tiny purple disc",
            "we see a huge yellow heart and it is to the right of a small purple circle",
            "a little violet circle is on the right side of a huge heart",
        ),
    )
    score = {name: np.mean(reference.bleu([[truth, *others]], [caption]))
             for name, caption in (("lie", lie), ("true", own_words))}  # fmt: skip
    assert score["lie"] > 0.75 > 0.6 > score["true"]


# --- batches of collections of any size


class Shelf:
    """Photos as in a file: each one's feature is its number. It notes what is read of it."""

    shape, dtype = (1, 1), "float32"

    def __init__(self, count):
        self.count, self.read = count, []

    def __len__(self):
        return self.count

    def __getitem__(self, rows):
        self.read.append(np.asarray(rows))
        return np.asarray(rows, "float32")[:, None]


def caption_batches(count, **constants):
    """Return the notebook's batches of `count` photos, whose captions hold their numbers."""
    known = {"MAX_LEN": 6, "PAD_ID": 1, "generate_batch": reference.generate_batch}
    known |= {"COLLECTION": "flickr8k", "pick": config.pick, "SeededBatches": SeededBatches}
    cells = run_cells("stream", "schedule", **known)
    cells |= {"SEED": 0, "BATCH_SIZE": 20, "DRAWS": 4, "STEPS": 30, "WINDOW": 100} | constants
    captions = [[[0, 10 + row, 20 + choice] for choice in range(5)] for row in range(count)]
    return cells["CaptionBatches"](Shelf(count), captions)


def all_of(batches, rounds):
    """Yield the numbers of the photos of each batch, after a look at their captions."""
    for number in range(rounds):
        batches.set_epoch(number)
        for i in range(len(batches)):
            (x, tokens), targets = batches[i]
            np.testing.assert_array_equal(tokens[:, 1], 10 + x[:, 0])
            assert len(set(x[:, 0])) == len(x) and set(targets[:, 1]) <= set(range(20, 25))
            assert tokens.shape == (len(x), 5) and targets.shape == (len(x), 5)
            yield x[:, 0].astype(int)


@pytest.mark.parametrize("count", [7, 100, 1_000])
def test_a_round_has_as_many_steps_whatever_the_collection_holds(count):
    batches = caption_batches(count)
    assert len(batches) == 30 and batches.unit == "round"
    drawn = list(all_of(batches, 2))
    assert {len(rows) for rows in drawn} == {min(20, count)}
    assert len(set(np.concatenate(drawn))) > 0.2 * count


def test_of_a_large_collection_only_what_is_drawn_is_read_and_from_a_window():
    batches = caption_batches(1_000)
    for step, rows in enumerate(all_of(batches, 7)):
        ahead = (rows - step * 20 // 4) % 1_000  # five photos a step, so that each is drawn 4 times
        assert ahead.max() < 100
    assert all(len(rows) == 20 for rows in batches.x.read)
    assert all((np.diff(rows) > 0).all() for rows in batches.x.read), "the file is read in order"


def test_every_photo_of_a_large_collection_is_drawn_as_often():
    drawn = np.concatenate(list(all_of(caption_batches(1_000, STEPS=200), 20)))  # twenty passes
    counts = np.bincount(drawn, minlength=1_000)
    assert counts.mean() == 80 and counts.min() > 40 and counts.max() < 125
    ends = np.concatenate([counts[:50], counts[-50:]])
    assert abs(ends.mean() - 80) < 5, "those at either end, too"


def test_a_resumed_training_draws_the_same_photos():
    every = list(all_of(caption_batches(1_000), 3))
    again = caption_batches(1_000)
    again.set_epoch(2)
    for i in (4, 0, 29):
        np.testing.assert_array_equal(again[i][0][0][:, 0], every[60 + i])


FRESH = """
import sys
import keras
import numpy as np
from tests.weeks.test_week6 import LOOKING, run_cells, reference

folder = sys.argv[1]
cells = run_cells(*LOOKING, attention=reference.attention)
data = np.load(folder + "/data.npz")
step, start = cells["open_up"](keras.saving.load_model(folder + "/plain.keras"))
print(reference.beam_search(step, start(data["images"]), 2, 0, 3, 8))
step, start = cells["open_up_looking"](keras.saving.load_model(folder + "/looking.keras"))
print(reference.beam_search(step, start(data["grids"]), 2, 0, 3, 8))
"""


def test_saved_decoders_caption_the_same_in_a_fresh_process(tmp_path):
    cells = run_cells(*LOOKING, attention=reference.attention)
    rng = np.random.default_rng(4)
    images = rng.normal(size=(5, 7)).astype("float32")
    grids = rng.normal(size=(5, 2, 3, 5)).astype("float32")
    np.savez(tmp_path / "data.npz", images=images, grids=grids)
    plain = randomise(reference.build_decoder(11, 7))
    looking = randomise(cells["build_looking_decoder"](11, (2, 3, 5), 6))
    plain.save(tmp_path / "plain.keras")
    looking.save(tmp_path / "looking.keras")
    lines = []
    for model, x, open_up in ((plain, images, "open_up"), (looking, grids, "open_up_looking")):
        step, start = cells[open_up](model)
        lines.append(str(reference.beam_search(step, start(x), 2, 0, 3, 8)))
    done = subprocess.run(
        [sys.executable, "-c", FRESH, str(tmp_path)],
        cwd=config.ROOT, env=environment(TF_CPP_MIN_LOG_LEVEL="3"), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == lines


# --- images


def write_images(folder):
    """Write images of odd kinds; return {kind: path}."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, size=(40, 60, 3), dtype=np.uint8)
    whole = Image.fromarray(pixels)
    turned = Image.Exif()
    turned[0x0112] = 6  # a quarter turn
    whole.save(folder / "plain.jpg")
    whole.convert("L").save(folder / "grey.jpg")
    whole.convert("RGBA").save(folder / "alpha.png")
    whole.convert("P").save(folder / "palette.png")
    whole.convert("CMYK").save(folder / "cmyk.jpg")
    Image.fromarray(pixels[..., 0].astype("uint16") * 257).save(folder / "16bit.png")
    whole.save(folder / "turned.jpg", exif=turned)
    whole.crop((0, 0, 1, 1)).save(folder / "1x1.png")
    return {path.stem: path for path in sorted(folder.iterdir())}


class Encoder:
    """Stands in for an encoder: the mean colour of four quarters, and of all."""

    layers, weights = (), ()

    def compute_output_shape(self, shape):
        return {"grid": (shape[0], 2, 2, 3), "pooled": (shape[0], 3)}

    def predict_on_batch(self, batch):
        n, height, width, _ = batch.shape
        grid = batch.reshape(n, 2, height // 2, 2, width // 2, 3).mean(axis=(2, 4))
        return {"grid": grid, "pooled": grid.mean(axis=(1, 2))}


def test_images_of_all_kinds_get_features(tmp_path):
    paths = write_images(tmp_path)
    assert len(paths) == 8
    found = extract(
        Encoder(), ImageFiles(paths.values()), lambda x: x, (8, 8), 4, tmp_path / "f", "kinds"
    )
    assert found.shape == (8,) and np.isfinite(found["grid"]).all()
    pooled = dict(zip(paths, found["pooled"].astype(float)))
    for kind in ("alpha", "turned"):
        np.testing.assert_allclose(pooled[kind], pooled["plain"], atol=3)
    assert np.ptp(pooled["grey"]) < 1 and np.ptp(pooled["16bit"]) < 1
    assert read_image(paths["turned"]).shape == (60, 40, 3)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"no image at all"),
        lambda path: path.write_bytes(path.read_bytes()[:200]),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["text", "cut", "empty", "missing"],
)
def test_a_corrupt_image_is_named(tmp_path, harm):
    paths = write_images(tmp_path)
    harm(paths["plain"])
    with pytest.raises(CourseError, match=r"plain\.jpg"):
        extract(
            Encoder(), ImageFiles(paths.values()), lambda x: x, (8, 8), 4, tmp_path / "f", "bad"
        )
