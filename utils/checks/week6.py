"""Checks of week 6: for every exercise its points, the mistakes people make, and sound variants."""

import heapq
import re
from collections import Counter, defaultdict

import keras
import numpy as np
from scipy.special import log_softmax, softmax

from .core import catalogue
from .probes import week6 as probes

check = catalogue(6, probes)
layers, ops = keras.layers, keras.ops
PAD, UNK, START, END = probes.PAD, probes.UNK, probes.START, probes.END
PAD_ID = probes.PAD_ID

# --- split_sentence

split_sentence = check("split_sentence")


@split_sentence.mistake("Capitals are left in yours: a Dog and a dog must become one token.")
def capitals_kept(sentence):
    return re.findall(r"\w+", sentence)


@split_sentence.mistake(
    "You split at spaces alone, so punctuation sticks to the words: `dog.` is no word."
)
def at_spaces(sentence):
    return sentence.lower().split()


@split_sentence.mistake("There are empty tokens in it: leave out what is empty between two splits.")
def with_empty_tokens(sentence):
    return re.split(r"\W+", sentence.lower())


@split_sentence.mistake("Digits are word characters, too; so is the underscore.")
def letters_alone(sentence):
    return re.findall(r"[^\W\d_]+", sentence.lower())


@split_sentence.mistake(
    "Only the letters a to z count in yours; é and ü are word characters like others."
)
def ascii_alone(sentence):
    return re.findall(r"[a-z0-9_]+", sentence.lower())


@split_sentence.mistake("Only the letters a to z count in yours; so are digits, é and ü.")
def a_to_z_alone(sentence):
    return re.findall(r"[a-z]+", sentence.lower())


@split_sentence.mistake(
    "You deleted the punctuation, which glues words together: `well-known` has two tokens."
)
def punctuation_deleted(sentence):
    return re.sub(r"[^\w\s]", "", sentence.lower()).split()


@split_sentence.mistake("These are single characters; a token is a whole run of them.")
def characters(sentence):
    return re.findall(r"\w", sentence.lower())


@split_sentence.mistake("Each token is in it as often as it is said, in the order of the sentence.")
def each_once(sentence):
    return sorted(set(re.findall(r"\w+", sentence.lower())))


@split_sentence.alternative
def by_splitting(sentence):
    return [token for token in re.split(r"\W+", sentence.lower()) if token]


@split_sentence.alternative
def by_characters(sentence):
    spaced = "".join(c if c.isalnum() or c == "_" else " " for c in sentence.lower())
    return spaced.split()


# --- generate_vocabulary

generate_vocabulary = check("generate_vocabulary")
SPECIAL = (PAD, UNK, START, END)


def _tokens(captions):
    return [token for of_image in captions for text in of_image for token in by_splitting(text)]


def _numbered(tokens, first=0):
    return {token: number for number, token in enumerate(tokens, start=first)}


def _frequent(captions, min_count):
    return [token for token, n in Counter(_tokens(captions)).items() if n >= min_count]


@generate_vocabulary.mistake("A token that occurs exactly min_count times belongs to it, too.")
def more_often_than(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, min_count + 1), *SPECIAL]))


@generate_vocabulary.mistake("The four special tokens are missing: they need numbers, too.")
def without_special(captions, min_count=5):
    return _numbered(sorted(_frequent(captions, min_count)))


@generate_vocabulary.mistake(
    "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."
)
def special_as_listed(captions, min_count=5):
    return _numbered([*SPECIAL, *sorted(_frequent(captions, min_count))])


@generate_vocabulary.mistake(
    "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."
)
def special_behind(captions, min_count=5):
    return _numbered([*sorted(_frequent(captions, min_count)), *SPECIAL])


@generate_vocabulary.mistake(
    "The tokens aren't sorted, so their numbers depend on the order of the captions."
)
def as_they_come(captions, min_count=5):
    return _numbered([*sorted(SPECIAL), *_frequent(captions, min_count)])


@generate_vocabulary.mistake("Numbers count from 0; yours begin with 1.")
def counted_from_one(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, min_count), *SPECIAL]), first=1)


@generate_vocabulary.mistake(
    "You counted in how many captions a token is; count how often it occurs in all."
)
def captions_counted(captions, min_count=5):
    counts = Counter(
        token for of_image in captions for text in of_image for token in set(by_splitting(text))
    )
    frequent = [token for token, n in counts.items() if n >= min_count]
    return _numbered(sorted([*frequent, *SPECIAL]))


@generate_vocabulary.mistake("Rare tokens are in it, too: leave out those below min_count.")
def all_tokens(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, 1), *SPECIAL]))


@generate_vocabulary.mistake("The limit is 5 whatever min_count says.")
def always_five(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, 5), *SPECIAL]))


@generate_vocabulary.mistake(
    "The dict is the wrong way round: it leads from a token to its number, not back."
)
def numbers_to_tokens(captions, min_count=5):
    return dict(enumerate(sorted([*_frequent(captions, min_count), *SPECIAL])))


@generate_vocabulary.mistake("These are counts; give each token its place in the sorted list.")
def counts_for_numbers(captions, min_count=5):
    counts = Counter(_tokens(captions))
    return {token: counts[token] for token in sorted(_frequent(captions, min_count) + [*SPECIAL])}


@generate_vocabulary.mistake(
    "You split the captions at spaces; take the tokens of split_sentence, in lower case and "
    "without punctuation."
)
def split_at_spaces(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image for token in text.split())
    frequent = [token for token, n in counts.items() if n >= min_count]
    return _numbered(sorted([*frequent, *SPECIAL]))


@generate_vocabulary.alternative
def by_loops(captions, min_count=5):
    counts = defaultdict(int)
    for of_image in captions:
        for sentence in of_image:
            for token in by_characters(sentence):
                counts[token] += 1
    tokens = {token for token in counts if counts[token] >= min_count} | set(SPECIAL)
    vocab = {}
    for token in sorted(tokens):
        vocab[token] = len(vocab)
    return vocab


@generate_vocabulary.alternative
def by_unique(captions, min_count=5):
    tokens, counts = np.unique(np.array(_tokens(captions), dtype=str), return_counts=True)
    kept = sorted(tokens[counts >= min_count].tolist() + [*SPECIAL])
    return dict(zip(kept, range(len(kept))))


# --- caption_tokens_to_indices

caption_tokens_to_indices = check("caption_tokens_to_indices")


def _indices(captions, number, start=True, end=True, split=by_splitting):
    """Return captions as lists of numbers, with changes. number: from a token to its numbers."""
    before, after = [START] * start, [END] * end
    return [
        [
            [i for token in (*before, *split(text), *after) for i in number(token)]
            for text in of_image
        ]
        for of_image in captions
    ]


@caption_tokens_to_indices.mistake("The start is missing: a caption begins with #START#.")
def indices_without_start(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[UNK])], start=False)


@caption_tokens_to_indices.mistake(
    "The end is missing: without it no network learns where captions end."
)
def indices_without_end(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[UNK])], end=False)


@caption_tokens_to_indices.mistake(
    "You left out tokens that the vocabulary lacks; each becomes #UNK#."
)
def unknown_left_out(captions, vocab):
    return _indices(captions, lambda token: [vocab[token]] if token in vocab else [])


@caption_tokens_to_indices.mistake("A token that the vocabulary lacks becomes #UNK#, not #PAD#.")
def unknown_as_padding(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[PAD])])


@caption_tokens_to_indices.mistake(
    "A token that the vocabulary lacks is looked up as if it were there; it becomes #UNK#."
)
def unknown_raises(captions, vocab):
    return _indices(captions, lambda token: [vocab[token]])


@caption_tokens_to_indices.mistake("A token that the vocabulary lacks becomes #UNK#, not None.")
def unknown_as_none(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token)])


@caption_tokens_to_indices.mistake(
    "The captions of all images are in one list; keep a list an image, with its captions in it."
)
def in_one_list(captions, vocab):
    found = _indices(captions, lambda token: [vocab.get(token, vocab[UNK])])
    return [caption for of_image in found for caption in of_image]


@caption_tokens_to_indices.mistake(
    "You split the captions at spaces; take the tokens of split_sentence, in lower case and "
    "without punctuation."
)
def indices_split_at_spaces(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[UNK])], split=str.split)


@caption_tokens_to_indices.mistake("Start and end are swapped.")
def start_and_end_swapped(captions, vocab):
    turned = {**vocab, START: vocab[END], END: vocab[START]}
    return _indices(captions, lambda token: [turned.get(token, vocab[UNK])])


@caption_tokens_to_indices.mistake("These are still tokens; look their numbers up.")
def still_tokens(captions, vocab):
    return _indices(captions, lambda token: [token if token in vocab else UNK])


@caption_tokens_to_indices.alternative
def indices_by_loops(captions, vocab):
    result = []
    for of_image in captions:
        rows = []
        for text in of_image:
            row = [vocab[START]]
            for token in by_characters(text):
                row.append(vocab[token] if token in vocab else vocab[UNK])
            rows.append(row + [vocab[END]])
        result.append(rows)
    return result


@caption_tokens_to_indices.alternative
def indices_by_default(captions, vocab):
    numbers = defaultdict(lambda: vocab["#UNK#"], vocab)
    return _indices(captions, lambda token: [numbers[token]])


# --- batch_captions_to_matrix

batch_captions_to_matrix = check("batch_captions_to_matrix")


def _columns(captions, max_len):
    longest = max(map(len, captions))
    return longest if max_len is None else min(longest, max_len)


def _matrix(rows, pad, columns, dtype="int32"):
    """Return rows of numbers as a matrix, with padding behind them."""
    return np.array([[*row, *[pad] * (columns - len(row))][:columns] for row in rows], dtype)


@batch_captions_to_matrix.mistake("Padding comes behind the caption, not before it.")
def padded_before(batch_captions, pad_idx, max_len=None):
    columns = _columns(batch_captions, max_len)
    rows = [row[:columns] for row in batch_captions]
    return _matrix([[pad_idx] * (columns - len(row)) + row for row in rows], pad_idx, columns)


@batch_captions_to_matrix.mistake("Padding is 0 in yours; it is whatever pad_idx says.")
def padded_with_zero(batch_captions, pad_idx, max_len=None):
    return _matrix(batch_captions, 0, _columns(batch_captions, max_len))


@batch_captions_to_matrix.mistake("A long caption is cut behind: keep its first numbers.")
def cut_in_front(batch_captions, pad_idx, max_len=None):
    columns = _columns(batch_captions, max_len)
    return _matrix([row[-columns:] for row in batch_captions], pad_idx, columns)


@batch_captions_to_matrix.mistake(
    "max_len is the most that is allowed; where all captions are shorter, there are fewer columns."
)
def always_max_len(batch_captions, pad_idx, max_len=None):
    columns = _columns(batch_captions, None) if max_len is None else max_len
    return _matrix(batch_captions, pad_idx, columns)


@batch_captions_to_matrix.mistake("max_len isn't used: longer captions are cut.")
def never_cut(batch_captions, pad_idx, max_len=None):
    return _matrix(batch_captions, pad_idx, _columns(batch_captions, None))


@batch_captions_to_matrix.mistake("Numbers of tokens are integers: give the matrix such a dtype.")
def as_floats(batch_captions, pad_idx, max_len=None):
    return _matrix(batch_captions, pad_idx, _columns(batch_captions, max_len), float)


@batch_captions_to_matrix.mistake("Captions are rows; your matrix is transposed.")
def transposed(batch_captions, pad_idx, max_len=None):
    return _matrix(batch_captions, pad_idx, _columns(batch_captions, max_len)).T


@batch_captions_to_matrix.mistake(
    "There are as many columns as the shortest caption has; short ones are padded, and the longest "
    "decides."
)
def as_the_shortest(batch_captions, pad_idx, max_len=None):
    columns = min(map(len, batch_captions))
    columns = columns if max_len is None else min(columns, max_len)
    return _matrix(batch_captions, pad_idx, columns)


@batch_captions_to_matrix.alternative
def by_keras(batch_captions, pad_idx, max_len=None):
    return keras.utils.pad_sequences(
        batch_captions, _columns(batch_captions, max_len), padding="post", truncating="post",
        value=pad_idx,
    )  # fmt: skip


@batch_captions_to_matrix.alternative
def number_by_number(batch_captions, pad_idx, max_len=None):
    columns = max(len(caption) for caption in batch_captions)
    if max_len is not None and max_len < columns:
        columns = max_len
    matrix = np.zeros((len(batch_captions), columns), dtype=int) + pad_idx
    for i, caption in enumerate(batch_captions):
        for j in range(min(len(caption), columns)):
            matrix[i, j] = caption[j]
    return matrix


# --- bleu

bleu = check("bleu", points=2, rtol=1e-9, atol=1e-12)


def _grams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _most(references, n):
    counts = [Counter(_grams(reference, n)) for reference in references]
    return {gram: max(c[gram] for c in counts) for gram in set().union(*counts)}


def _nearest(references, candidate):
    return min((len(r) for r in references), key=lambda r: (abs(r - len(candidate)), r))


def _geometric(precisions):
    """Return the geometric mean of numbers from 0 up."""
    if min(precisions) == 0:
        return 0.0
    return float(np.exp(np.mean(np.log(precisions))))


def _exponential(r, c):
    return min(1.0, float(np.exp(1 - r / c))) if c else 0.0


def _bleu(
    references, candidates, max_n, limit=_most, length=_nearest, mean=_geometric,
    penalty=_exponential, add=0.0, grams=_grams,
):  # fmt: skip
    """Return BLEU-1 to BLEU-max_n, with changes."""
    c = sum(map(len, candidates))
    r = sum(length(refs, candidate) for refs, candidate in zip(references, candidates))
    precisions = []
    for n in range(1, max_n + 1):
        found = possible = add
        for refs, candidate in zip(references, candidates):
            allowed, counts = limit(refs, n), Counter(grams(candidate, n))
            found += sum(min(count, allowed.get(gram, 0)) for gram, count in counts.items())
            possible += sum(counts.values())
        precisions.append(found / possible if possible else 0.0)
    return [penalty(r, c) * mean(precisions[:n]) for n in range(1, max_n + 1)]


@bleu.witness("a count by crossing out")
def by_crossing_out(references, candidates, max_n=4):
    """Cross out each n-gram of the candidate in a copy of each reference."""
    logs, r, c = [], 0, 0
    for n in range(1, max_n + 1):
        found = possible = 0
        for refs, candidate in zip(references, candidates):
            mine = sorted(_grams(candidate, n))
            possible += len(mine)
            for gram in set(mine):
                best = 0
                for reference in refs:
                    left, times = _grams(reference, n), 0
                    for _ in range(mine.count(gram)):
                        if gram in left:
                            left.remove(gram)
                            times += 1
                    best = max(best, times)
                found += best
        logs.append(np.log(found / possible) if found else -np.inf)
    for refs, candidate in zip(references, candidates):
        lengths = sorted(len(reference) for reference in refs)
        distances = [abs(length - len(candidate)) for length in lengths]
        r, c = r + lengths[int(np.argmin(distances))], c + len(candidate)
    factor = 1.0 if c >= r else np.exp(1 - r / max(c, 1e-9))
    return [float(factor * np.exp(sum(logs[:n]) / n)) for n in range(1, max_n + 1)]


@bleu.mistake(
    "You didn't clip: an n-gram counts at most as often as one of the references has it, however "
    "often the candidate repeats it."
)
def not_clipped(references, candidates, max_n=4):
    def limit(refs, n):
        return dict.fromkeys(_most(refs, n), 10**9)

    return _bleu(references, candidates, max_n, limit=limit)


@bleu.mistake(
    "You added up the counts of all references; the one reference that has most of an n-gram sets "
    "the limit."
)
def summed_references(references, candidates, max_n=4):
    def limit(refs, n):
        return Counter(gram for reference in refs for gram in _grams(reference, n))

    return _bleu(references, candidates, max_n, limit=limit)


@bleu.mistake("You used the first reference alone; an n-gram may be found in any of them.")
def first_reference(references, candidates, max_n=4):
    return _bleu([refs[:1] for refs in references], candidates, max_n)


@bleu.mistake("The brevity penalty is missing: candidates that say little would score high.")
def without_penalty(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, penalty=lambda r, c: 1.0)


@bleu.mistake(
    "You gave a bonus to long candidates: the penalty is never above 1, and it is 1 where c ≥ r."
)
def with_bonus(references, candidates, max_n=4):
    def penalty(r, c):
        return float(np.exp(1 - r / c)) if c else 0.0

    return _bleu(references, candidates, max_n, penalty=penalty)


@bleu.mistake("The penalty is c / r in yours; it is exp(1 − r / c).")
def plain_ratio(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, penalty=lambda r, c: min(1.0, c / r))


@bleu.mistake("r and c are swapped in the penalty: it is candidates that are too short.")
def penalty_turned(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, penalty=lambda r, c: _exponential(c, r))


@bleu.mistake("r takes the reference that is nearest in length, not the shortest.")
def shortest_reference(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, length=lambda refs, _: min(map(len, refs)))


@bleu.mistake("r takes the reference that is nearest in length, not the longest.")
def longest_reference(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, length=lambda refs, _: max(map(len, refs)))


@bleu.mistake("r takes the reference that is nearest in length, not the average of all.")
def average_reference(references, candidates, max_n=4):
    def length(refs, _):
        return np.mean([len(reference) for reference in refs])

    return _bleu(references, candidates, max_n, length=length)


@bleu.mistake("Of two references that are equally near in length, the shorter one counts.")
def longer_of_two(references, candidates, max_n=4):
    def length(refs, candidate):
        return min((len(r) for r in refs), key=lambda r: (abs(r - len(candidate)), -r))

    return _bleu(references, candidates, max_n, length=length)


@bleu.mistake(
    "This is the mean of the candidates' BLEU; add up the counts of all candidates first, then "
    "divide once."
)
def mean_of_sentences(references, candidates, max_n=4):
    each = [_bleu([refs], [one], max_n) for refs, one in zip(references, candidates)]
    return [float(value) for value in np.mean(each, axis=0)]


@bleu.mistake("The mean of the precisions is geometric: the n-th root of their product.")
def arithmetic(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, mean=lambda p: float(np.mean(p)))


@bleu.mistake("The root is missing: BLEU-n is the n-th root of the product of n precisions.")
def product_alone(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, mean=lambda p: float(np.prod(p)))


@bleu.mistake("BLEU-n takes the precisions 1 to n together; yours takes precision n alone.")
def one_precision(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, mean=lambda p: p[-1])


@bleu.mistake("BLEU is from 0 to 1 here, not in per cent.")
def in_per_cent(references, candidates, max_n=4):
    return [100 * value for value in _bleu(references, candidates, max_n)]


@bleu.mistake("Return a list, BLEU-1 to BLEU-max_n; this is the last one alone.")
def last_one(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n)[-1]


@bleu.mistake("You smoothed the counts: here nothing is added, and BLEU may be 0.")
def smoothed(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, add=1.0)


@bleu.mistake(
    "Each n-gram counts once in yours; one that occurs twice in candidate and reference counts "
    "twice."
)
def different_ngrams(references, candidates, max_n=4):
    def grams(tokens, n):
        return sorted(set(_grams(tokens, n)))

    return _bleu(references, candidates, max_n, grams=grams)


@bleu.alternative
def by_dicts(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n)


@bleu.alternative
def by_arrays(references, candidates, max_n=4):
    rows = []
    for refs, candidate in zip(references, candidates):
        row = [len(candidate), _nearest(refs, candidate)]
        for n in range(1, max_n + 1):
            mine, limit = Counter(_grams(candidate, n)), Counter()
            for reference in refs:
                limit |= Counter(_grams(reference, n))
            row += [sum((mine & limit).values()), max(0, len(candidate) - n + 1)]
        rows.append(row)
    c, r, *counts = np.sum(rows, axis=0)
    scores = []
    for n in range(1, max_n + 1):
        found, possible = np.array(counts[: 2 * n : 2]), np.array(counts[1 : 2 * n : 2])
        if not found.all():
            scores.append(0.0)
            continue
        brevity = np.exp(1 - r / c) if c < r else 1
        scores.append(brevity * np.prod(found / possible) ** (1 / n))
    return scores


# --- build_decoder

build_decoder = check("build_decoder", points=2, rtol=1e-3, atol=1e-4)


def _decoder(
    vocab_size, size, activations=("elu", "elu", "elu"), end=None, states=lambda s: [s, s],
    sizes=(120, 300, 100, 300, 120), all_places=True, swap=False, names=probes.NAMES,
    cell=layers.LSTM, dropout=False,
):  # fmt: skip
    """Return the decoder, with changes."""
    images, tokens = keras.Input((size,)), keras.Input((None,), dtype="int32")
    first, second, third = activations
    x = layers.Dense(sizes[0], first, name=names[0])(images)
    state = layers.Dense(sizes[1], second, name=names[1])(x)
    x = layers.Embedding(vocab_size, sizes[2], name=names[2])(tokens)
    start = {"initial_state": states(state)} if states else {}
    x = cell(sizes[3], return_sequences=all_places, name=names[3])(x, **start)
    if dropout:
        x = layers.Dropout(0.3)(x)
    if sizes[4]:
        x = layers.Dense(sizes[4], third, name=names[4])(x)
    logits = layers.Dense(vocab_size, end, name=names[5])(x)
    return keras.Model([tokens, images] if swap else [images, tokens], logits)


@build_decoder.mistake("It ends in a softmax; give logits, which the loss expects.")
def decoder_softmax(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, end="softmax")


@build_decoder.mistake("The activations are elu; yours are relu.")
def decoder_relu(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, ("relu", "relu", "relu"))


@build_decoder.mistake("The dense layers before the last have no activation; each has an elu.")
def decoder_linear(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, (None, None, None))


@build_decoder.mistake("The dense layer behind the LSTM has no activation: it has an elu, too.")
def decoder_linear_bottleneck(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, ("elu", "elu", None))


@build_decoder.mistake("image_state has no activation: both layers of the image have an elu.")
def decoder_linear_state(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, ("elu", None, "elu"))


@build_decoder.mistake(
    "The memory starts from zeros in yours; both state and memory start from the image."
)
def decoder_memory_zero(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, states=lambda s: [s, ops.zeros_like(s)])


@build_decoder.mistake(
    "The state starts from zeros in yours; both state and memory start from the image."
)
def decoder_state_zero(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, states=lambda s: [ops.zeros_like(s), s])


@build_decoder.mistake("The image isn't used: it has to become the LSTM's initial state.")
def decoder_blind(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, states=lambda s: [0 * s, 0 * s])


@build_decoder.mistake(
    "It scores only what comes after the last token; say return_sequences=True, so that every "
    "place gets its scores."
)
def decoder_last_place(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, all_places=False)


@build_decoder.mistake("The layer of 120 behind the LSTM is missing.")
def decoder_without_bottleneck(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, sizes=(120, 300, 100, 300, None))


@build_decoder.mistake("An embedding has 100 numbers; yours have 300.")
def decoder_wide_words(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, sizes=(120, 300, 300, 300, 120))


@build_decoder.mistake("Images have img_embed_size numbers; yours have 2,048 whatever it says.")
def decoder_always_2048(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, 2048)


@build_decoder.mistake("The inputs come in the order images, tokens.")
def decoder_swapped(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, swap=True)


@build_decoder.mistake(
    "Decoding asks for the layers by name: give them the names that the docstring lists."
)
def decoder_without_names(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, names=(None,) * 6)


@build_decoder.alternative
def decoder_with_dropout(vocab_size, img_embed_size=2048):
    return _decoder(vocab_size, img_embed_size, dropout=True)


@build_decoder.alternative
def decoder_words_first(vocab_size, img_embed_size=2048):
    tokens = keras.Input(shape=(None,), dtype="int64")
    words = layers.Embedding(vocab_size, 100, name="words")(tokens)
    head = [layers.Dense(120, "elu", name="bottleneck"), layers.Dense(vocab_size, name="logits")]
    images = keras.Input(shape=(img_embed_size,))
    state = layers.Dense(120, keras.activations.elu, name="image_bottleneck")(images)
    state = layers.Dense(300, keras.activations.elu, name="image_state")(state)
    lstm = layers.LSTM(300, return_sequences=True, return_state=True, name="lstm")
    x, _, _ = lstm(words, initial_state=(state, state))
    for layer in head:
        x = layer(x)
    return keras.Model(inputs=(images, tokens), outputs=x)


# --- caption_loss

caption_loss = check("caption_loss", points=2, rtol=1e-4, atol=1e-5)


@caption_loss.witness("Keras's loss with a class that it ignores")
def keras_loss(targets, logits, pad_idx):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad_idx)
    return loss(targets, logits)


def _losses(targets, logits, pad_idx):
    """Return the cross-entropy at each place, and 1.0 where it isn't padding."""
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return losses, ops.cast(targets != pad_idx, "float32")


@caption_loss.mistake("Padding counts in yours: leave its places out, and the mean is of the rest.")
def unmasked(targets, logits, pad_idx):
    return ops.mean(_losses(targets, logits, pad_idx)[0])


@caption_loss.mistake(
    "You left padding out of the sum, but divided by all places; divide by the number of real ones."
)
def divided_by_all_places(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.mean(losses * is_real)


@caption_loss.mistake("This is the sum; divide by the number of real tokens.")
def summed(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.sum(losses * is_real)


@caption_loss.mistake(
    "You averaged each caption, then the captions: so a word of a short one counts more than "
    "others."
)
def mean_of_captions(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.mean(ops.sum(losses * is_real, axis=1) / ops.sum(is_real, axis=1))


@caption_loss.mistake("The mask is the wrong way round: you kept padding and left out the rest.")
def mask_turned(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.sum(losses * (1 - is_real)) / ops.maximum(ops.sum(1 - is_real), 1)


@caption_loss.mistake("You took 0 for padding; it is whatever pad_idx says, and 0 is #END#.")
def always_zero(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, 0)
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


@caption_loss.mistake("These are logits, not probabilities: say from_logits=True.")
def logits_as_probabilities(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits)
    is_real = _losses(targets, logits, pad_idx)[1]
    return ops.sum(losses * is_real) / ops.sum(is_real)


@caption_loss.mistake(
    "You shifted the targets. They come shifted: targets[:, t] is what logits[:, t] should name."
)
def shifted_again(targets, logits, pad_idx):
    losses, is_real = _losses(targets[:, 1:], logits[:, :-1], pad_idx)
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


@caption_loss.mistake(
    "A very small probability becomes 0 in yours, and its logarithm infinite: use the logarithm of "
    "the softmax, not first one and then the other."
)
def log_of_softmax(targets, logits, pad_idx):
    chosen = ops.one_hot(targets, logits.shape[-1])
    losses = -ops.log(ops.sum(chosen * ops.softmax(logits), axis=-1))
    is_real = ops.cast(targets != pad_idx, "float32")
    return ops.sum(losses * is_real) / ops.sum(is_real)


@caption_loss.mistake(
    "NumPy computes the right number, but no gradient can pass it: use `keras.ops`."
)
def loss_by_numpy(targets, logits, pad_idx):
    targets, logits = map(ops.convert_to_numpy, (targets, logits))
    chosen = np.take_along_axis(log_softmax(logits, axis=-1), targets[..., None], -1)[..., 0]
    return -ops.convert_to_tensor(chosen[targets != pad_idx].mean())


@caption_loss.alternative
def by_log_softmax(targets, logits, pad_idx):
    chosen = ops.one_hot(targets, logits.shape[-1])
    log_probabilities = ops.sum(ops.log_softmax(logits, axis=-1) * chosen, axis=-1)
    is_real = ops.cast(ops.not_equal(targets, pad_idx), logits.dtype)
    return -ops.sum(log_probabilities * is_real) / ops.sum(is_real)


@caption_loss.alternative
def by_where(targets, logits, pad_idx):
    losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    real = ops.logical_not(ops.equal(targets, pad_idx))
    number = ops.count_nonzero(real)
    return ops.sum(ops.where(real, losses, 0.0)) / ops.cast(number, "float32")


# --- generate_batch


def _facts_of_batches(evidence):
    """Replace random batches by what holds for every right one."""
    facts, known = [], {}
    for seen in evidence:
        value = seen["value"]
        if not seen["error"] and isinstance(value, dict):
            kind = _facts_of_many if "image and first number" in value else _facts_of_batch
            known[seen["case"]] = value
            value = kind(value, seen["case"], known)
        facts.append({**seen, "value": value})
    return facts


def _facts_of_batch(value, case, known):
    images, matrix = value.get("images"), value["captions"]
    if images is None:  # the grids
        return value
    facts = {"shape of the images": list(images.shape), "captions are integers": True}
    if images.ndim != 2 or matrix.ndim != 2 or matrix.dtype.kind not in "iu":
        return facts | {"captions are integers": matrix.dtype.kind in "iu",
                        "captions have axes": matrix.ndim}  # fmt: skip
    rows = np.floor(images.min(axis=1)).astype(int)
    first = matrix[:, 0]
    of_images = (first - 2) // 10
    lengths = (matrix == first[:, None]).sum(axis=1)
    behind = matrix[matrix != first[:, None]]
    facts |= {
        "number of captions": len(matrix),
        "captions belong to their images": bool(np.array_equal(of_images, rows)),
        "the images of a batch are different": len(set(rows)) == len(rows),
        "padding has the number 1": bool((behind == PAD_ID).all()),
        "there are as many columns as the longest caption has": matrix.shape[1] == lengths.max(),
    }
    if "at most 3" in case:
        facts["columns"] = matrix.shape[1]
    if "again" in case or "another" in case:
        before = known["4 of 9 images"]
        same = np.array_equal(before["images"], images) and np.array_equal(
            before["captions"], matrix
        )
        facts["the batch is the same as the first"] = bool(same)
    return facts


def _facts_of_many(value, case, known):
    """Image number i of the probe's nine has 1 + i % 4 captions."""
    pairs = value["image and first number"]
    images, places = pairs[..., 0].ravel(), (pairs[..., 1].ravel() - 2) % 10
    seen = {image: set(places[images == image]) for image in range(9)}
    of_four = places[np.isin(images, (3, 7))]
    return {
        "every image comes": all(seen.values()),
        "every caption of an image comes": all(len(seen[i]) == 1 + i % 4 for i in seen),
        "captions of an image are equally probable": bool(
            2 * np.sum(of_four == 0) < len(of_four)  # a quarter is right, of about 70
        ),
    }


generate_batch = check("generate_batch", points=2, properties=_facts_of_batches)


def _batch(
    embeddings, captions, size, rng, max_len, rows=None, place=None, pad=PAD_ID, shuffle=None
):
    """Return a batch, with changes."""
    rows = rng.choice(len(embeddings), size, replace=False) if rows is None else rows(rng)
    place = place or (lambda of_image: rng.integers(len(of_image)))
    other = rows if shuffle is None else shuffle(rows)
    chosen = [captions[row][place(captions[row])] for row in other]
    return embeddings[rows], _matrix(chosen, pad, _columns(chosen, max_len))


@generate_batch.mistake("It always takes the first images; draw them at random.")
def first_images(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len,
        rows=lambda rng: np.arange(batch_size),
    )  # fmt: skip


@generate_batch.mistake("It always takes an image's first caption; draw one of them.")
def first_captions(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len, place=lambda of_image: 0
    )


@generate_batch.mistake(
    "Images and captions are drawn apart, so a caption describes another image than its row's."
)
def drawn_apart(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len,
        shuffle=lambda rows: (rows + 1) % len(images_embeddings),
    )  # fmt: skip


@generate_batch.mistake("An image comes twice in a batch: draw without replacement.")
def with_replacement(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len,
        rows=lambda rng: rng.integers(len(images_embeddings), size=batch_size),
    )  # fmt: skip


@generate_batch.mistake("Chance comes from `rng` alone; `np.random` is another generator.")
def other_generator(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rng = np.random.default_rng(np.random.randint(2**31))
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)


@generate_batch.mistake("Padding has the number 1; you padded with 0, which is #END#.")
def batch_padded_with_zero(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len, pad=0)


@generate_batch.mistake("max_len isn't passed on: longer captions are cut.")
def batch_never_cut(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(images_embeddings, indexed_captions, batch_size, rng, None)


@generate_batch.mistake("It returns all images, not those of the batch.")
def all_images(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    _, matrix = _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)
    return images_embeddings, matrix


@generate_batch.mistake("The images come first in the pair, then the captions.")
def captions_first(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)[::-1]


@generate_batch.alternative
def by_permutation(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.permutation(len(images_embeddings))[:batch_size]
    places = rng.random(batch_size)
    chosen = [
        indexed_captions[row][int(place * len(indexed_captions[row]))]
        for row, place in zip(rows, places)
    ]
    return images_embeddings[rows], by_keras(chosen, 1, max_len)


@generate_batch.alternative
def row_by_row(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    left, images, captions = list(range(len(images_embeddings))), [], []
    for _ in range(batch_size):
        row = left.pop(int(rng.integers(len(left))))
        images.append(images_embeddings[row])
        options = indexed_captions[row]
        captions.append(options[int(rng.choice(len(options)))])
    return np.stack(images), number_by_number(captions, PAD_ID, max_len)


# --- greedy_caption

greedy_caption = check("greedy_caption", points=2)


def _cut(tokens, end_id):
    """Return a list of tokens before the first end."""
    tokens = [int(token) for token in tokens]
    return tokens[: tokens.index(end_id)] if end_id in tokens else tokens


def _grow(
    step, state, start_id, end_id, max_len, choose=lambda logits: logits.argmax(axis=1),
    carry=True, feed=True, cut=_cut, stop=lambda over: over.all(), begin=None, beside=None,
):  # fmt: skip
    """Return captions grown together, with changes."""
    n = len(state[0])
    tokens, columns, over = np.full(n, start_id), [], np.zeros(n, bool)
    first = tokens
    for _ in range(max_len):
        logits, new = step(tokens if feed else first, state)
        state = new if carry else state
        tokens = choose(np.array(logits, dtype=float))
        columns.append(tokens)
        over |= tokens == end_id
        if stop(over):
            break
    begin = [] if begin is None else [begin]
    return [begin + cut(row, end_id) for row in np.stack(columns, axis=1)]


@greedy_caption.mistake(
    "The state isn't passed on: give `step` the state that it returned, not the first one."
)
def always_first_state(step, start_state, start_id, end_id, max_len):
    return _grow(step, start_state, start_id, end_id, max_len, carry=False)


@greedy_caption.mistake("Each step reads the token before it; yours reads the start again.")
def always_start(step, start_state, start_id, end_id, max_len):
    return _grow(step, start_state, start_id, end_id, max_len, feed=False)


@greedy_caption.mistake("What comes after the end is no part of a caption: cut each at its end.")
def not_cut(step, start_state, start_id, end_id, max_len):
    return _grow(
        step, start_state, start_id, end_id, max_len, cut=lambda row, end: list(map(int, row))
    )


@greedy_caption.mistake(
    "You left out the end tokens, but kept what comes after them: cut each caption at its first "
    "end."
)
def ends_left_out(step, start_state, start_id, end_id, max_len):
    def cut(row, end):
        return [int(token) for token in row if token != end]

    return _grow(step, start_state, start_id, end_id, max_len, cut=cut)


@greedy_caption.mistake("The end says that the caption is over; it is no part of it.")
def end_kept(step, start_state, start_id, end_id, max_len):
    def cut(row, end):
        return [*_cut(row, end), *[end] * (end in row)]

    return _grow(step, start_state, start_id, end_id, max_len, cut=cut)


@greedy_caption.mistake("The start is no part of the caption.")
def start_kept(step, start_state, start_id, end_id, max_len):
    return _grow(step, start_state, start_id, end_id, max_len, begin=start_id)


@greedy_caption.mistake(
    "You stopped when the first caption was over; go on until all are, or until max_len."
)
def stopped_by_one(step, start_state, start_id, end_id, max_len):
    return _grow(step, start_state, start_id, end_id, max_len, stop=lambda over: over.any())


@greedy_caption.mistake("max_len tokens are allowed; yours stop one earlier.")
def one_too_few(step, start_state, start_id, end_id, max_len):
    if max_len == 1:
        return [[] for _ in start_state[0]]
    return _grow(step, start_state, start_id, end_id, max_len - 1)


@greedy_caption.mistake("You took the least probable token: take the largest logit.")
def least_probable(step, start_state, start_id, end_id, max_len):
    return _grow(
        step, start_state, start_id, end_id, max_len, choose=lambda logits: logits.argmin(axis=1)
    )


@greedy_caption.mistake(
    "One token for all images: take the largest logit of each row, along the last axis."
)
def one_for_all(step, start_state, start_id, end_id, max_len):
    def choose(logits):
        return np.full(len(logits), logits.sum(axis=0).argmax())

    return _grow(step, start_state, start_id, end_id, max_len, choose=choose)


@greedy_caption.mistake(
    "You called step for one image at a time; give it all images together, which is many times "
    "faster."
)
def image_by_image(step, start_state, start_id, end_id, max_len):
    captions = []
    for row in range(len(start_state[0])):
        state = [array[row : row + 1] for array in start_state]
        captions += _grow(step, state, start_id, end_id, max_len)
    return captions


@greedy_caption.alternative
def by_lists(step, start_state, start_id, end_id, max_len):
    captions = [[] for _ in range(len(start_state[0]))]
    last, state, over = [start_id] * len(captions), start_state, [False] * len(captions)
    for _ in range(max_len):
        logits, state = step(np.array(last), state)
        last = [int(np.argmax(row)) for row in logits]
        for row, token in enumerate(last):
            over[row] = over[row] or token == end_id
            if not over[row]:
                captions[row].append(token)
    return captions


@greedy_caption.alternative
def by_matrix(step, start_state, start_id, end_id, max_len):
    matrix = np.full((len(start_state[0]), max_len + 1), end_id)
    matrix[:, 0] = start_id
    for t in range(max_len):
        logits, start_state = step(matrix[:, t], start_state)
        going_on = (matrix[:, t] != end_id) | (t == 0)
        matrix[going_on, t + 1] = ops.convert_to_numpy(ops.argmax(logits, axis=-1))[going_on]
    return [[int(token) for token in row[1:] if token != end_id] for row in matrix]


# --- sample_caption

RULES = {
    "softmax(logits / T)": lambda logits, t: np.exp(logits / t),
    "softmax(logits · T)": lambda logits, t: np.exp(logits * t),
    "softmax(logits)": lambda logits, t: np.exp(logits),
    "the largest logit": lambda logits, t: 1.0 * (logits == logits.max()),
}


def _facts_of_samples(evidence):
    """Replace frequencies by the rule that they follow."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "frequencies" in value:
            value = {"tokens are as frequent as this rule says": _rule(**value)}
        result.append({**seen, "value": value})
    return result


def _rule(frequencies, logits, temperature):
    """Return the first rule whose probabilities are near the frequencies: five deviations."""
    for name, weigh in RULES.items():
        weights = weigh(logits, temperature)
        if np.abs(frequencies - weights / weights.sum()).max() < 0.09:
            return name
    return "another"


sample_caption = check("sample_caption", points=2, properties=_facts_of_samples)


def _draw(logits, rng, shift=True):
    """Return a token a row, drawn from the softmax of its logits."""
    weights = np.exp(logits - (logits.max(axis=1, keepdims=True) if shift else 0))
    weights /= weights.sum(axis=1, keepdims=True)
    return np.array([rng.choice(len(row), p=row) for row in weights])


def _sampled(state, start_id, end_id, temperature, max_len, rng, step, heat=None, **changes):
    def choose(logits):
        return _draw(heat(logits) if heat else logits / temperature, rng)

    changes = {"choose": choose, **changes}
    return _grow(step, state, start_id, end_id, max_len, **changes)


@sample_caption.mistake(
    "You multiplied by the temperature; divide by it: a high one makes all tokens more alike."
)
def multiplied(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        heat=lambda logits: logits * temperature,
    )  # fmt: skip


@sample_caption.mistake(
    "The temperature changes nothing in yours: divide the logits by it, before the softmax."
)
def without_temperature(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step, heat=lambda logits: logits
    )


@sample_caption.mistake("You took the most probable token each time; draw one by its probability.")
def not_drawn(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _grow(step, start_state, start_id, end_id, max_len)


@sample_caption.mistake("One draw serves all images in yours; each image draws its own token.")
def one_draw_for_all(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        noise = rng.gumbel(size=logits.shape[1])
        return (logits / temperature + noise).argmax(axis=1)

    return _grow(step, start_state, start_id, end_id, max_len, choose=choose)


@sample_caption.mistake("What comes after the end is no part of a caption: cut each at its end.")
def sample_not_cut(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        cut=lambda row, end: list(map(int, row)),
    )  # fmt: skip


@sample_caption.mistake("The end says that the caption is over; it is no part of it.")
def sample_end_kept(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        cut=lambda row, end: [*_cut(row, end), *[end] * (end in row)],
    )  # fmt: skip


@sample_caption.mistake(
    "The state isn't passed on: give `step` the state that it returned, not the first one."
)
def sample_first_state(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(start_state, start_id, end_id, temperature, max_len, rng, step, carry=False)


@sample_caption.mistake("Chance comes from `rng` alone; `np.random` is another generator.")
def sample_other_generator(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(start_state, start_id, end_id, temperature, max_len, np.random, step)


@sample_caption.mistake(
    "Large scores overflow in the exponential: subtract the largest score first, which changes "
    "nothing else."
)
def overflowing(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        return _draw(logits / temperature, rng, shift=False)

    return _grow(step, start_state, start_id, end_id, max_len, choose=choose)


@sample_caption.mistake(
    "You stopped when the first caption was over; go on until all are, or until max_len."
)
def sample_stopped_by_one(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        stop=lambda over: over.any(),
    )  # fmt: skip


@sample_caption.alternative
def by_choice(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        chances = softmax(logits / temperature, axis=1)
        return np.array([rng.choice(len(row), p=row) for row in chances])

    return _grow(step, start_state, start_id, end_id, max_len, choose=choose)


@sample_caption.alternative
def by_cumulated_probabilities(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        edges = np.cumsum(softmax(logits / temperature, axis=1), axis=1)
        drawn = rng.random((len(logits), 1)) * edges[:, -1:]
        return (edges < drawn).sum(axis=1)

    return _grow(step, start_state, start_id, end_id, max_len, choose=choose)


# --- beam_search

beam_search = check("beam_search", points=3)


def _beam(
    step, start_state, start_id, end_id, width, max_len, score=lambda x: log_softmax(x, axis=-1),
    alone=True, freeze=True, reorder=True, per_image=True, add=True, cut=_cut, final=None,
    leave=False, begin=None,
):  # fmt: skip
    """Return the best captions, with changes; all images together."""
    n = len(start_state[0])
    state = [np.repeat(np.asarray(array), width, axis=0) for array in start_state]
    captions = [[[] for _ in range(width)] for _ in range(n)]
    totals = np.zeros((n, width))
    totals[:, 1:] = -np.inf if alone else 0
    last = np.full(n * width, start_id)
    for _ in range(max_len):
        logits, state = step(last, state)
        more = score(np.array(logits, dtype=float)).reshape(n, width, -1)
        size = more.shape[-1]
        for i in range(n):
            for k in range(width):
                if freeze and end_id in captions[i][k]:
                    more[i, k] = -np.inf
                    more[i, k, end_id] = 0
        so_far = totals if add else np.where(totals == -np.inf, -np.inf, 0)
        sums = more + so_far[..., None]
        best = np.argsort(-sums.reshape(n, -1), axis=1, kind="stable")[:, :width]
        totals = np.take_along_axis(sums.reshape(n, -1), best, axis=1)
        parents, tokens = best // size, best % size
        captions = [
            [[*captions[i][parents[i, k]], int(tokens[i, k])] for k in range(width)]
            for i in range(n)
        ]
        last = tokens.ravel()
        if reorder:
            rows = parents + (width * np.arange(n)[:, None] if per_image else 0)
            state = [np.asarray(array)[rows.ravel()] for array in state]
    begin = [] if begin is None else [begin]
    chosen = totals.argmax(axis=1) if final is None else [
        final(totals[i], captions[i], end_id) for i in range(n)
    ]  # fmt: skip
    return [begin + cut(captions[i][k], end_id) for i, k in enumerate(chosen)]


@beam_search.mistake(
    "Your beam holds one caption only. If all rows start alike, they stay alike: let only one of "
    "them count in the first step."
)
def all_rows_alike(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, alone=False)


@beam_search.mistake(
    "Your beam holds one caption only. If all rows start alike, they stay alike: let only one of "
    "them count in the first step."
)
def greedy_alone(step, start_state, start_id, end_id, width, max_len):
    return _grow(step, start_state, start_id, end_id, max_len)


@beam_search.mistake(
    "You added up logits; only log-probabilities can be compared between captions: take the "
    "log-softmax first."
)
def raw_logits(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, score=lambda x: x)


@beam_search.mistake("You added up probabilities; add up their logarithms.")
def probabilities_added(step, start_state, start_id, end_id, width, max_len):
    return _beam(
        step, start_state, start_id, end_id, width, max_len, score=lambda x: softmax(x, axis=-1)
    )


@beam_search.mistake(
    "Captions are compared by their last token alone; add the log-probabilities of all their "
    "tokens."
)
def last_token_counts(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, add=False)


@beam_search.mistake(
    "The states don't follow their captions: when a caption takes another row, its state has to "
    "move there, too."
)
def states_left_behind(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, reorder=False)


@beam_search.mistake(
    "The states come from the first image's rows: count the rows of the images before, too."
)
def states_of_first_image(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, per_image=False)


@beam_search.mistake(
    "A caption that is over goes on in yours, and its sum changes; it stays as it is."
)
def over_goes_on(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, freeze=False)


@beam_search.mistake(
    "You divided the sums by the lengths; here the most probable caption is asked for, by its sum."
)
def by_mean(step, start_state, start_id, end_id, width, max_len):
    def final(totals, captions, end):
        lengths = [len(_cut(caption, end)) + (end in caption) for caption in captions]
        return int(np.argmax(totals / lengths))

    return _beam(step, start_state, start_id, end_id, width, max_len, final=final)


@beam_search.mistake("You returned the last caption of each beam; return the most probable one.")
def last_of_beam(step, start_state, start_id, end_id, width, max_len):
    def final(totals, captions, end):
        return int(np.flatnonzero(totals > -np.inf)[-1])

    return _beam(step, start_state, start_id, end_id, width, max_len, final=final)


@beam_search.mistake("The end says that the caption is over; it is no part of it.")
def beam_end_kept(step, start_state, start_id, end_id, width, max_len):
    def cut(row, end):
        return [*_cut(row, end), *[end] * (end in row)]

    return _beam(step, start_state, start_id, end_id, width, max_len, cut=cut)


@beam_search.mistake("The start is no part of the caption.")
def beam_start_kept(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, begin=start_id)


@beam_search.mistake(
    "You called step for one image at a time; give it all images together, which is many times "
    "faster."
)
def beam_by_image(step, start_state, start_id, end_id, width, max_len):
    captions = []
    for row in range(len(start_state[0])):
        state = [array[row : row + 1] for array in start_state]
        captions += _beam(step, state, start_id, end_id, width, max_len)
    return captions


@beam_search.alternative
def with_lists(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len)


@beam_search.alternative
def with_live_rows_alone(step, start_state, start_id, end_id, width, max_len):
    """Keep a heap an image; give `step` only captions that aren't over."""
    beams = [[(0.0, (), row)] for row in range(len(start_state[0]))]  # (sum, tokens, row of state)
    state = start_state
    for _ in range(max_len):
        live = [item for beam in beams for item in beam if item[1][-1:] != (end_id,)]
        if not live:
            break
        rows = np.array([item[2] for item in live])
        last = np.array([item[1][-1] if item[1] else start_id for item in live])
        logits, state = step(last, [np.asarray(array)[rows] for array in state])
        scores = log_softmax(np.asarray(logits), axis=1)
        place = {id(item): number for number, item in enumerate(live)}
        for i, beam in enumerate(beams):
            options = []
            for item in beam:
                if id(item) not in place:
                    options.append((*item[:2], -1))
                    continue
                number = place[id(item)]
                for token, score in enumerate(scores[number]):
                    options.append((item[0] + score, (*item[1], token), number))
            beams[i] = heapq.nlargest(width, options)
    return [[token for token in max(beam)[1] if token != end_id] for beam in beams]


# --- attention

attention = check("attention", points=2, rtol=1e-4, atol=1e-5)


@attention.witness("Keras's AdditiveAttention")
def keras_attention(query, grid, W_query, W_grid, v):
    several = query if len(query.shape) == 3 else query[:, None]
    layer = layers.AdditiveAttention()
    inputs = [ops.matmul(several, W_query), grid, ops.matmul(grid, W_grid)]  # query, value, key
    layer.build([item.shape for item in inputs])
    vars(layer)["scale"] = v  # v itself, so that gradients reach it
    context, weights = layer(inputs, return_attention_scores=True)
    return (context, weights) if several is query else (context[:, 0], weights[:, 0])


def _attend(
    query, grid, W_query, W_grid, v, turn=ops.tanh, share=lambda s: ops.softmax(s, axis=-1),
    score=lambda seen, v: ops.sum(seen * v, axis=-1), value=lambda grid, keys: grid,
    ask=ops.matmul,
):  # fmt: skip
    """Return context and weights, with changes; each query on its own."""
    if len(query.shape) == 3:
        words = [
            _attend(query[:, t], grid, W_query, W_grid, v, turn, share, score, value, ask)
            for t in range(query.shape[1])
        ]
        return tuple(ops.stack(parts, axis=1) for parts in zip(*words))
    keys = ops.matmul(grid, W_grid)
    weights = share(score(turn(ops.expand_dims(ask(query, W_query), 1) + keys), v))
    return ops.sum(ops.expand_dims(weights, -1) * value(grid, keys), axis=1), weights


@attention.mistake("The tanh is missing: without it the query adds the same to every place.")
def without_tanh(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, turn=lambda x: x)


@attention.mistake("This is a sigmoid; the sum goes through a tanh.")
def sigmoid_for_tanh(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, turn=ops.sigmoid)


@attention.mistake("The query isn't used: add query W_query to every place, inside the tanh.")
def without_query(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, ask=lambda query, W: 0 * ops.matmul(query, W))


@attention.mistake("v isn't used: the score is v · tanh(…), not the plain sum.")
def without_v(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, score=lambda seen, v: ops.sum(seen, axis=-1))


@attention.mistake("Each place gets a sigmoid of its own; a softmax shares out 1 among all.")
def sigmoid_weights(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, share=ops.sigmoid)


@attention.mistake("These are the scores, not the weights: the softmax is missing.")
def scores_for_weights(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, share=lambda scores: scores)


@attention.mistake(
    "The softmax goes over the images in yours; an image's weights sum to 1 over its places."
)
def over_the_batch(query, grid, W_query, W_grid, v):
    return _attend(
        query, grid, W_query, W_grid, v, share=lambda scores: ops.softmax(scores, axis=0)
    )


@attention.mistake(
    "The context is the sum of the places of the grid themselves, not of grid W_grid."
)
def sum_of_keys(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v, value=lambda grid, keys: keys)


@attention.mistake("The weights aren't used: this is the plain mean of all places.")
def plain_mean(query, grid, W_query, W_grid, v):
    context, weights = _attend(query, grid, W_query, W_grid, v)
    mean = ops.mean(grid, axis=1)
    return (mean if len(query.shape) == 2 else mean[:, None]) + 0 * context, weights


@attention.mistake("Return both: the context, and the weights.")
def context_alone(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v)[0]


@attention.mistake("The context comes first, then the weights.")
def weights_first(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v)[::-1]


@attention.mistake(
    "NumPy computes the right numbers, but no gradient can pass it: use `keras.ops`."
)
def attention_by_numpy(query, grid, W_query, W_grid, v):
    query, grid, W_query, W_grid, v = map(ops.convert_to_numpy, (query, grid, W_query, W_grid, v))
    keys = grid @ W_grid
    keys = keys if query.ndim == 2 else keys[:, None]
    weights = softmax(np.tanh((query @ W_query)[..., None, :] + keys) @ v, axis=-1)
    context = np.einsum("b...p,bpc->b...c", weights, grid)
    return ops.convert_to_tensor(context), ops.convert_to_tensor(weights)


@attention.mistake(
    "Large scores overflow in the exponential: `ops.softmax` subtracts the largest first."
)
def overflowing_softmax(query, grid, W_query, W_grid, v):
    def share(scores):
        weights = ops.exp(scores)
        return weights / ops.sum(weights, axis=-1, keepdims=True)

    return _attend(query, grid, W_query, W_grid, v, share=share)


@attention.alternative
def by_sums(query, grid, W_query, W_grid, v):
    return _attend(query, grid, W_query, W_grid, v)


@attention.alternative
def by_products(query, grid, W_query, W_grid, v):
    keys, one = ops.matmul(grid, W_grid), len(query.shape) == 2
    asked = ops.matmul(query[:, None] if one else query, W_query)
    scores = ops.matmul(ops.tanh(asked[:, :, None] + keys[:, None]), v[:, None])[..., 0]
    scores = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    weights = scores / ops.sum(scores, axis=-1, keepdims=True)
    both = ops.einsum("bwp,bpc->bwc", weights, grid), weights
    return [ops.squeeze(part, axis=1) for part in both] if one else both
