"""Wrong versions of `skipgram_pairs` that aren't switches of a right one, with what they do."""

import numpy as np

WRONG = []  # pairs (explanation, function)


def _wrong(explanation):
    def add(function):
        WRONG.append((explanation, function))
        return function

    return add


def by_chance(probability, rng):
    """Return for each token whether it is kept."""
    return rng.random(len(probability)) < probability


def windows(number, left, right, itself=False, wraps=False):
    """Return the places, below `number`, of all centres and of their contexts, as two arrays."""
    distances = np.array([d for d in range(-left, right + 1) if d or itself], dtype=int)
    contexts = np.arange(number)[:, None] + distances
    centers = np.broadcast_to(np.arange(number)[:, None], contexts.shape)
    inside = (contexts >= 0) & (contexts < number) | wraps
    return centers[inside], contexts[inside] % max(1, number)


def skipgrams(
    token_ids, window, keep_probability, rng, stays=by_chance,
    reach=lambda window: (window, window), equal_words=True, **switches,
):  # fmt: skip
    kept = token_ids[stays(keep_probability[token_ids], rng)]
    i, j = windows(len(kept), *reach(window), **switches)
    good = equal_words | (kept[i] != kept[j])
    return kept[i[good]], kept[j[good]]


def _kept(token_ids, keep_probability, rng):
    return token_ids[by_chance(keep_probability[token_ids], rng)]


def _by_centers(token_ids, window, keep_probability, rng, near):
    """Return pairs of each kept token with those that `near(kept, its place, rng)` gives."""
    kept = _kept(token_ids, keep_probability, rng)
    contexts = [near(kept, place, rng) for place in range(len(kept))]
    counts = [len(part) for part in contexts]
    ids = [number for part in contexts for number in part]
    return np.repeat(kept, counts), np.array(ids, dtype=int)


@_wrong(
    "At the start of the text, left contexts are lost: `text[i - window : i]` is empty where "
    "i − window is negative; take max(0, i − window)."
)
def lost_at_the_start(token_ids, window, keep_probability, rng):
    def near(kept, i, _):
        return [*kept[i - window : i], *kept[i + 1 : i + 1 + window]]

    return _by_centers(token_ids, window, keep_probability, rng, near)


@_wrong("The window's size is drawn anew for each centre; here it is the same for all, `window`.")
def drawnwindows(token_ids, window, keep_probability, rng):
    def near(kept, i, rng):
        size = int(rng.integers(1, window + 1))
        return [*kept[max(0, i - size) : i], *kept[i + 1 : i + 1 + size]]

    return _by_centers(token_ids, window, keep_probability, rng, near)


@_wrong(
    "Only tokens with a full window on both sides become centres; those near the ends have fewer "
    "contexts, and count too."
)
def fullwindows(token_ids, window, keep_probability, rng):
    def near(kept, i, _):
        if not window <= i < len(kept) - window:
            return []
        return [*kept[i - window : i], *kept[i + 1 : i + 1 + window]]

    return _by_centers(token_ids, window, keep_probability, rng, near)


@_wrong("Only the words at the distance `window` are paired; all that are nearer count too.")
def farthest_alone(token_ids, window, keep_probability, rng):
    kept = _kept(token_ids, keep_probability, rng)
    left, right = kept[:-window], kept[window:]
    return np.concatenate([left, right]), np.concatenate([right, left])


@_wrong("Only neighbours are paired, whatever the window: take all distances from 1 to `window`.")
def neighbours_alone(token_ids, window, keep_probability, rng):
    return skipgrams(token_ids, 1, keep_probability, rng)


@_wrong("Each pair comes once; leave none out, even if the same ids come again.")
def different_pairs(token_ids, window, keep_probability, rng):
    pairs = np.column_stack(skipgrams(token_ids, window, keep_probability, rng))
    return tuple(np.unique(pairs, axis=0).T)


@_wrong("You return places in the text; return the ids that stand there.")
def places_for_ids(token_ids, window, keep_probability, rng):
    kept = _kept(token_ids, keep_probability, rng)
    return windows(len(kept), window, window)


@_wrong("All pairs come twice: to the left and to the right of each centre is all there is.")
def pairs_twice(token_ids, window, keep_probability, rng):
    pairs = skipgrams(token_ids, window, keep_probability, rng)
    return tuple(np.concatenate([part, part]) for part in pairs)


@_wrong(
    "`window` counts the words of both sides together in your pairs; it counts those of one side."
)
def halfwindows(token_ids, window, keep_probability, rng):
    return skipgrams(token_ids, window, keep_probability, rng, reach=lambda w: (w // 2, w // 2))


@_wrong(
    "You built the windows before you dropped words: drop first, so that windows reach further."
)
def dropped_afterwindows(token_ids, window, keep_probability, rng):
    stays = by_chance(keep_probability[token_ids], rng)
    i, j = windows(len(token_ids), window, window)
    both = stays[i] & stays[j]
    return token_ids[i[both]], token_ids[j[both]]


@_wrong("You dropped words as centres only; a dropped word must not be a context either.")
def dropped_as_centers(token_ids, window, keep_probability, rng):
    stays = by_chance(keep_probability[token_ids], rng)
    i, j = windows(len(token_ids), window, window)
    return token_ids[i[stays[i]]], token_ids[j[stays[i]]]


@_wrong("One draw decides for all occurrences of a word: each token needs a draw of its own.")
def one_draw_for_a_word(token_ids, window, keep_probability, rng):
    stays = by_chance(keep_probability, rng)
    return skipgrams(token_ids, window, stays, rng, stays=lambda stays, _: stays)
