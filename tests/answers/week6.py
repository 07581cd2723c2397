"""Answers to week 6, as students write them."""

import itertools
import math
import re
from collections import Counter

import keras
import numpy as np

layers, ops = keras.layers, keras.ops


def rise_and_fall(peak, steps):
    return keras.optimizers.schedules.CosineDecay(
        0.0, 9 * steps // 10, warmup_target=peak, warmup_steps=steps // 10)


# %% wrong split_sentence: cuts at spaces only, so punctuation stays
def split_sentence(sentence):
    return sentence.lower().split()


# %% wrong split_sentence: capitals stay
def split_sentence(sentence):
    return re.findall(r"\w+", sentence)


# %% wrong split_sentence: re.split leaves empty strings at the ends
def split_sentence(sentence):
    return re.split(r"\W+", sentence.lower())


# %% wrong split_sentence: only ASCII letters, digits and underscores
def split_sentence(sentence):
    return re.findall("[a-z0-9_]+", sentence.lower())


# %% wrong split_sentence: apostrophes stay inside tokens
def split_sentence(sentence):
    return re.findall(r"[\w']+", sentence.lower())


# %% wrong split_sentence: digits are left out
def split_sentence(sentence):
    return re.findall(r"[^\W\d]+", sentence.lower())


# %% wrong split_sentence: the underscore separates tokens
def split_sentence(sentence):
    return re.findall(r"[^\W_]+", sentence.lower())


# %% wrong split_sentence: single characters, the + is forgotten
def split_sentence(sentence):
    return re.findall(r"\w", sentence.lower())


# %% right split_sentence: character by character
def split_sentence(sentence):
    tokens, run = [], ""
    for character in sentence + " ":
        if character.isalnum() or character == "_":
            run += character
        elif run:
            tokens.append(run.lower())
            run = ""
    return tokens


# %% right split_sentence: a split, without the empty strings
def split_sentence(sentence):
    pieces = re.compile(r"[^\w]+").split(sentence)
    return [piece.lower() for piece in pieces if piece != ""]


# %% wrong generate_vocabulary: more than min_count times instead of at least
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in split_sentence(text))
    tokens = [token for token, count in counts.items() if count > min_count]
    tokens += ["#PAD#", "#UNK#", "#START#", "#END#"]
    return {token: number for number, token in enumerate(sorted(tokens))}


# %% wrong generate_vocabulary: the special tokens come first, in their own order, not sorted with the others
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in split_sentence(text))
    tokens = [token for token, count in counts.items() if count >= min_count]
    tokens = ["#PAD#", "#UNK#", "#START#", "#END#"] + sorted(tokens)
    return {token: number for number, token in enumerate(tokens)}


# %% wrong generate_vocabulary: not sorted, in the order of first occurrence
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in split_sentence(text))
    tokens = [token for token, count in counts.items() if count >= min_count]
    tokens += ["#PAD#", "#UNK#", "#START#", "#END#"]
    return {token: number for number, token in enumerate(tokens)}


# %% wrong generate_vocabulary: numbers from 1
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in split_sentence(text))
    tokens = [token for token, count in counts.items() if count >= min_count]
    tokens += ["#PAD#", "#UNK#", "#START#", "#END#"]
    return {token: number for number, token in enumerate(sorted(tokens), 1)}


# %% wrong generate_vocabulary: counts the captions that have a token, not its occurrences
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in set(split_sentence(text)))
    tokens = [token for token, count in counts.items() if count >= min_count]
    tokens += ["#PAD#", "#UNK#", "#START#", "#END#"]
    return {token: number for number, token in enumerate(sorted(tokens))}


# %% wrong generate_vocabulary: cuts at spaces, without split_sentence
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in text.split())
    tokens = [token for token, count in counts.items() if count >= min_count]
    tokens += ["#PAD#", "#UNK#", "#START#", "#END#"]
    return {token: number for number, token in enumerate(sorted(tokens))}


# %% wrong generate_vocabulary: the special tokens are forgotten
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in split_sentence(text))
    tokens = [token for token, count in counts.items() if count >= min_count]
    return {token: number for number, token in enumerate(sorted(tokens))}


# %% wrong generate_vocabulary: from number to token, the wrong way around
def generate_vocabulary(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image
                     for token in split_sentence(text))
    tokens = [token for token, count in counts.items() if count >= min_count]
    tokens += ["#PAD#", "#UNK#", "#START#", "#END#"]
    return {number: token for number, token in enumerate(sorted(tokens))}


# %% right generate_vocabulary: a plain dict of counts, and zip
def generate_vocabulary(captions, min_count=5):
    seen = {}
    for of_image in captions:
        for text in of_image:
            for token in split_sentence(text):
                seen[token] = seen.get(token, 0) + 1
    kept = {token for token in seen if seen[token] >= min_count}
    kept |= {"#PAD#", "#UNK#", "#START#", "#END#"}
    return dict(zip(sorted(kept), range(len(kept))))


# %% right generate_vocabulary: counts with np.unique
def generate_vocabulary(captions, min_count=5):
    tokens = []
    for caption in itertools.chain.from_iterable(captions):
        tokens.extend(split_sentence(caption))
    names, counts = np.unique(np.array(tokens, dtype=object), return_counts=True)
    frequent = [str(name) for name, count in zip(names, counts) if count >= min_count]
    frequent.extend(["#END#", "#PAD#", "#START#", "#UNK#"])
    vocab = {}
    for token in sorted(frequent):
        vocab[token] = len(vocab)
    return vocab


# %% wrong caption_tokens_to_indices: the end is forgotten
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#UNK#"]
    return [[[vocab["#START#"]] + [vocab.get(token, unknown) for token in split_sentence(text)]
             for text in of_image] for of_image in captions]


# %% wrong caption_tokens_to_indices: unknown tokens are left out
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#UNK#"]
    return [[[vocab["#START#"]] + [vocab[token] for token in split_sentence(text)
                                    if token in vocab]
             + [vocab["#END#"]] for text in of_image] for of_image in captions]


# %% wrong caption_tokens_to_indices: unknown tokens become padding
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#PAD#"]
    return [[[vocab["#START#"]] + [vocab.get(token, unknown) for token in split_sentence(text)]
             + [vocab["#END#"]] for text in of_image] for of_image in captions]


# %% wrong caption_tokens_to_indices: one flat list of captions, the images are lost
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#UNK#"]
    return [[vocab["#START#"]] + [vocab.get(token, unknown) for token in split_sentence(text)]
             + [vocab["#END#"]] for of_image in captions for text in of_image]


# %% wrong caption_tokens_to_indices: neither start nor end
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#UNK#"]
    return [[[vocab.get(token, unknown) for token in split_sentence(text)]
             for text in of_image] for of_image in captions]


# %% wrong caption_tokens_to_indices: cuts at spaces, so capitals and punctuation become unknown
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#UNK#"]
    return [[[vocab["#START#"]] + [vocab.get(token, unknown) for token in text.split()]
             + [vocab["#END#"]] for text in of_image] for of_image in captions]


# %% wrong caption_tokens_to_indices: start and end are swapped
def caption_tokens_to_indices(captions, vocab):
    unknown = vocab["#UNK#"]
    return [[[vocab["#END#"]] + [vocab.get(token, unknown) for token in split_sentence(text)]
             + [vocab["#START#"]] for text in of_image] for of_image in captions]


# %% wrong caption_tokens_to_indices: an unknown token becomes the text #UNK# instead of its number
def caption_tokens_to_indices(captions, vocab):
    unknown = "#UNK#"
    return [[[vocab["#START#"]] + [vocab.get(token, unknown) for token in split_sentence(text)]
             + [vocab["#END#"]] for text in of_image] for of_image in captions]


# %% right caption_tokens_to_indices: loops, with the special tokens put into the text
def caption_tokens_to_indices(captions, vocab):
    result = []
    for of_image in captions:
        rows = []
        for text in of_image:
            tokens = ["#START#", *split_sentence(text), "#END#"]
            rows.append([vocab[t if t in vocab else "#UNK#"] for t in tokens])
        result.append(rows)
    return result


# %% right caption_tokens_to_indices: a helper for one caption, and map
def caption_tokens_to_indices(captions, vocab):
    start, end, unknown = (vocab[name] for name in ("#START#", "#END#", "#UNK#"))

    def numbers(text):
        row = [start]
        for token in split_sentence(text):
            try:
                row.append(vocab[token])
            except KeyError:
                row.append(unknown)
        row.append(end)
        return row

    return [list(map(numbers, of_image)) for of_image in captions]


# %% wrong batch_captions_to_matrix: always max_len columns, also where the longest caption is shorter
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    if max_len is not None:
        width = max_len
    matrix = np.full((len(batch_captions), width), pad_idx, dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption = caption[:width]
        matrix[row, :len(caption)] = caption
    return matrix


# %% wrong batch_captions_to_matrix: padding in front
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    if max_len is not None:
        width = min(width, max_len)
    matrix = np.full((len(batch_captions), width), pad_idx, dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption = caption[:width]
        matrix[row, width - len(caption):] = caption
    return matrix


# %% wrong batch_captions_to_matrix: int64
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    if max_len is not None:
        width = min(width, max_len)
    matrix = np.full((len(batch_captions), width), pad_idx)
    for row, caption in enumerate(batch_captions):
        caption = caption[:width]
        matrix[row, :len(caption)] = caption
    return matrix


# %% wrong batch_captions_to_matrix: pads with 0 instead of pad_idx
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    if max_len is not None:
        width = min(width, max_len)
    matrix = np.zeros((len(batch_captions), width), dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption = caption[:width]
        matrix[row, :len(caption)] = caption
    return matrix


# %% wrong batch_captions_to_matrix: of longer captions the last numbers are kept
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    if max_len is not None:
        width = min(width, max_len)
    matrix = np.full((len(batch_captions), width), pad_idx, dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption = caption[-width:]
        matrix[row, :len(caption)] = caption
    return matrix


# %% wrong batch_captions_to_matrix: fails without a limit: min with None
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    width = min(width, max_len)
    matrix = np.full((len(batch_captions), width), pad_idx, dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption = caption[:width]
        matrix[row, :len(caption)] = caption
    return matrix


# %% wrong batch_captions_to_matrix: max_len is ignored
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    matrix = np.full((len(batch_captions), width), pad_idx, dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption = caption[:width]
        matrix[row, :len(caption)] = caption
    return matrix


# %% wrong batch_captions_to_matrix: pads the caller's own lists
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    width = max(len(caption) for caption in batch_captions)
    if max_len is not None:
        width = min(width, max_len)
    matrix = np.full((len(batch_captions), width), pad_idx, dtype=np.int32)
    for row, caption in enumerate(batch_captions):
        caption += [pad_idx] * (width - len(caption))
        matrix[row] = caption[:width]
    return matrix


# %% right batch_captions_to_matrix: zip_longest, and cut
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    columns = list(itertools.zip_longest(*batch_captions, fillvalue=pad_idx))
    return np.array(columns, dtype="int32").T[:, :max_len]


# %% right batch_captions_to_matrix: padded lists
def batch_captions_to_matrix(batch_captions, pad_idx, max_len=None):
    cut = [list(caption)[:max_len] for caption in batch_captions]
    longest = max(map(len, cut))
    return np.asarray([c + [pad_idx] * (longest - len(c)) for c in cut], dtype=np.int32)


# %% wrong bleu: the mean of the sentences' BLEU instead of sums over the corpus
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    def one(refs, candidate):
        c = len(candidate)
        r = min((abs(len(ref) - c), len(ref)) for ref in refs)[1]
        penalty = math.exp(1 - r / c) if 0 < c < r else 1.0
        scores, logs = [], 0.0
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found = (mine & most).total()
            logs += math.log(found / mine.total()) if found else -math.inf
            scores.append(penalty * math.exp(logs / n))
        return scores

    return list(np.mean([one(*pair) for pair in zip(references, candidates)], axis=0))


# %% wrong bleu: n-grams aren't clipped: each that occurs in a reference counts as often as in the candidate
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min((abs(len(ref) - len(candidate)), len(ref)) for ref in refs)[1]
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found[n - 1] += sum(k for gram, k in mine.items() if gram in most)
            possible[n - 1] += sum(mine.values())
    penalty = math.exp(1 - r / c) if 0 < c < r else float(c > 0)
    scores, logs = [], 0.0
    for n in range(max_n):
        logs += math.log(found[n] / possible[n]) if found[n] else -math.inf
        scores.append(penalty * math.exp(logs / (n + 1)))
    return scores


# %% wrong bleu: counts of the references are added up instead of their maximum
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min((abs(len(ref) - len(candidate)), len(ref)) for ref in refs)[1]
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most += ngrams(ref, n)
            found[n - 1] += sum((mine & most).values())
            possible[n - 1] += sum(mine.values())
    penalty = math.exp(1 - r / c) if 0 < c < r else float(c > 0)
    scores, logs = [], 0.0
    for n in range(max_n):
        logs += math.log(found[n] / possible[n]) if found[n] else -math.inf
        scores.append(penalty * math.exp(logs / (n + 1)))
    return scores


# %% wrong bleu: the logarithm of a precision of 0 fails
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min((abs(len(ref) - len(candidate)), len(ref)) for ref in refs)[1]
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found[n - 1] += sum((mine & most).values())
            possible[n - 1] += sum(mine.values())
    penalty = math.exp(1 - r / c) if 0 < c < r else float(c > 0)
    scores, logs = [], 0.0
    for n in range(max_n):
        logs += math.log(found[n] / possible[n])
        scores.append(penalty * math.exp(logs / (n + 1)))
    return scores


# %% wrong bleu: r takes the shortest reference, not the nearest
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min(len(ref) for ref in refs)
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found[n - 1] += sum((mine & most).values())
            possible[n - 1] += sum(mine.values())
    penalty = math.exp(1 - r / c) if 0 < c < r else float(c > 0)
    scores, logs = [], 0.0
    for n in range(max_n):
        logs += math.log(found[n] / possible[n]) if found[n] else -math.inf
        scores.append(penalty * math.exp(logs / (n + 1)))
    return scores


# %% wrong bleu: no brevity penalty
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min((abs(len(ref) - len(candidate)), len(ref)) for ref in refs)[1]
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found[n - 1] += sum((mine & most).values())
            possible[n - 1] += sum(mine.values())
    penalty = 1.0
    scores, logs = [], 0.0
    for n in range(max_n):
        logs += math.log(found[n] / possible[n]) if found[n] else -math.inf
        scores.append(penalty * math.exp(logs / (n + 1)))
    return scores


# %% wrong bleu: each precision alone, no geometric mean
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min((abs(len(ref) - len(candidate)), len(ref)) for ref in refs)[1]
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found[n - 1] += sum((mine & most).values())
            possible[n - 1] += sum(mine.values())
    penalty = math.exp(1 - r / c) if 0 < c < r else float(c > 0)
    scores, logs = [], 0.0
    for n in range(max_n):
        scores.append(penalty * found[n] / max(possible[n], 1))
    return scores


# %% wrong bleu: of two references equally near, the longer one
def bleu(references, candidates, max_n=4):
    def ngrams(tokens, n):
        return Counter(tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))

    found, possible, c, r = [0] * max_n, [0] * max_n, 0, 0
    for refs, candidate in zip(references, candidates):
        c += len(candidate)
        r += min((len(ref) for ref in refs), key=lambda k: (abs(k - len(candidate)), -k))
        for n in range(1, max_n + 1):
            mine, most = ngrams(candidate, n), Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            found[n - 1] += sum((mine & most).values())
            possible[n - 1] += sum(mine.values())
    penalty = math.exp(1 - r / c) if 0 < c < r else float(c > 0)
    scores, logs = [], 0.0
    for n in range(max_n):
        logs += math.log(found[n] / possible[n]) if found[n] else -math.inf
        scores.append(penalty * math.exp(logs / (n + 1)))
    return scores


# %% right bleu: arrays, cumulative products and roots
def grams(tokens, n):
    return Counter(zip(*[tokens[k:] for k in range(n)]))

def bleu(references, candidates, max_n=4):
    sums = np.zeros((max_n, 2))
    c = sum(map(len, candidates))
    r = 0
    for refs, candidate in zip(references, candidates):
        lengths = sorted(len(ref) for ref in refs)
        r += min(lengths, key=lambda length: abs(length - len(candidate)))
        for n in range(max_n):
            mine = grams(candidate, n + 1)
            for gram, times in mine.items():
                most = max(grams(ref, n + 1)[gram] for ref in refs)
                sums[n] += min(times, most), times
    precisions = sums[:, 0] / np.maximum(sums[:, 1], 1)
    penalty = np.exp(1 - r / c) if 0 < c < r else 1.0
    return list(penalty * np.cumprod(precisions) ** (1 / np.arange(1, max_n + 1)))


# %% right bleu: one n at a time
def bleu(references, candidates, max_n=4):
    def runs(tokens, n):
        return [" ".join(map(repr, tokens[i:i + n])) for i in range(len(tokens) + 1 - n)]

    def precision(n):
        hits = total = 0
        for refs, candidate in zip(references, candidates):
            mine = runs(candidate, n)
            total += len(mine)
            theirs = [runs(ref, n) for ref in refs]
            hits += sum(min(mine.count(run), max(ref.count(run) for ref in theirs))
                        for run in set(mine))
        return hits / total if total else 0.0

    c, r = 0, 0
    for refs, candidate in zip(references, candidates):
        size = len(candidate)
        c += size
        r += sorted({len(ref) for ref in refs}, key=lambda k: (abs(k - size), k))[0]
    short = math.exp(1 - r / c) if c and c < r else 1.0
    ps = [precision(n) for n in range(1, max_n + 1)]
    return [short * math.prod(ps[:n]) ** (1 / n) for n in range(1, max_n + 1)]


# %% wrong build_decoder: the LSTM gives its last state only, so one place is scored
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="elu", name="image_bottleneck")(image)
    state = layers.Dense(300, activation="elu", name="image_state")(state)
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, name="lstm")(x, initial_state=[state, state])
    x = layers.Dense(120, activation="elu", name="bottleneck")(x)
    return keras.Model([image, tokens], layers.Dense(vocab_size, name="logits")(x))


# %% wrong build_decoder: a softmax on the logits
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="elu", name="image_bottleneck")(image)
    state = layers.Dense(300, activation="elu", name="image_state")(state)
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, return_sequences=True, name="lstm")(x, initial_state=[state, state])
    x = layers.Dense(120, activation="elu", name="bottleneck")(x)
    return keras.Model([image, tokens], layers.Dense(vocab_size, activation="softmax", name="logits")(x))


# %% wrong build_decoder: relu instead of elu
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="relu", name="image_bottleneck")(image)
    state = layers.Dense(300, activation="relu", name="image_state")(state)
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, return_sequences=True, name="lstm")(x, initial_state=[state, state])
    x = layers.Dense(120, activation="relu", name="bottleneck")(x)
    return keras.Model([image, tokens], layers.Dense(vocab_size, name="logits")(x))


# %% wrong build_decoder: the memory starts at zero, only the state is made from the image
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="elu", name="image_bottleneck")(image)
    state = layers.Dense(300, activation="elu", name="image_state")(state)
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, return_sequences=True, name="lstm")(x, initial_state=[state, ops.zeros_like(state)])
    x = layers.Dense(120, activation="elu", name="bottleneck")(x)
    return keras.Model([image, tokens], layers.Dense(vocab_size, name="logits")(x))


# %% wrong build_decoder: the layers have no names of their own
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="elu")(image)
    state = layers.Dense(300, activation="elu")(state)
    x = layers.Embedding(vocab_size, 100)(tokens)
    x = layers.LSTM(300, return_sequences=True)(x, initial_state=[state, state])
    x = layers.Dense(120, activation="elu")(x)
    return keras.Model([image, tokens], layers.Dense(vocab_size)(x))


# %% wrong build_decoder: the inputs are in the wrong order, tokens first
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="elu", name="image_bottleneck")(image)
    state = layers.Dense(300, activation="elu", name="image_state")(state)
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, return_sequences=True, name="lstm")(x, initial_state=[state, state])
    x = layers.Dense(120, activation="elu", name="bottleneck")(x)
    return keras.Model([tokens, image], layers.Dense(vocab_size, name="logits")(x))


# %% wrong build_decoder: the dense layer after the LSTM has no activation
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.Dense(120, activation="elu", name="image_bottleneck")(image)
    state = layers.Dense(300, activation="elu", name="image_state")(state)
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, return_sequences=True, name="lstm")(x, initial_state=[state, state])
    x = layers.Dense(120, name="bottleneck")(x)
    return keras.Model([image, tokens], layers.Dense(vocab_size, name="logits")(x))


# %% wrong build_decoder: the activations are layers of their own, so decoding by name misses them
def build_decoder(vocab_size, img_embed_size=2048):
    image = keras.Input((img_embed_size,))
    tokens = keras.Input((None,), dtype="int32")
    state = layers.ELU()(layers.Dense(120, name="image_bottleneck")(image))
    state = layers.ELU()(layers.Dense(300, name="image_state")(state))
    x = layers.Embedding(vocab_size, 100, name="words")(tokens)
    x = layers.LSTM(300, return_sequences=True, name="lstm")(x, initial_state=[state, state])
    x = layers.ELU()(layers.Dense(120, name="bottleneck")(x))
    return keras.Model([image, tokens], layers.Dense(vocab_size, name="logits")(x))


# %% right build_decoder: with dropout in three places, compiled
def build_decoder(vocab_size, img_embed_size=2048):
    images = keras.Input(shape=(img_embed_size,), name="images")
    tokens = keras.Input(shape=(None,), dtype="int32", name="tokens")
    h = layers.Dropout(0.2)(images)
    for units, name in ((120, "image_bottleneck"), (300, "image_state")):
        h = layers.Dense(units, activation="elu", name=name)(h)
    x = layers.Dropout(0.3)(layers.Embedding(vocab_size, 100, name="words")(tokens))
    lstm = layers.LSTM(300, return_sequences=True, name="lstm")
    x = layers.Dropout(0.3)(lstm(x, initial_state=[h] * 2))
    x = layers.Dense(120, activation=keras.activations.elu, name="bottleneck")(x)
    model = keras.Model([images, tokens], layers.Dense(vocab_size, name="logits")(x))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% right build_decoder: the LSTM returns its states, too; a helper for the dense layers
def build_decoder(vocab_size, img_embed_size=2048):
    def dense(units, name, activation="elu"):
        return layers.Dense(units, activation, name=name)

    image = layers.Input((img_embed_size,), dtype="float32")
    words = layers.Input((None,), dtype="int64")
    first = dense(300, "image_state")(dense(120, "image_bottleneck")(image))
    vectors = layers.Embedding(input_dim=vocab_size, output_dim=100, name="words")(words)
    states, _, _ = layers.LSTM(300, return_sequences=True, return_state=True, name="lstm")(
        vectors, initial_state=(first, first))
    scores = dense(vocab_size, "logits", "linear")(dense(120, "bottleneck")(states))
    return keras.Model(inputs=[image, words], outputs=scores)


# %% wrong caption_loss: the mean over all places, padding included
def caption_loss(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return ops.mean(losses)


# %% wrong caption_loss: padding is masked, but the sum is divided by all places
def caption_loss(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(ops.not_equal(targets, pad_idx), losses.dtype)
    return ops.mean(losses * mask)


# %% wrong caption_loss: takes the logits for probabilities
def caption_loss(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits)
    mask = ops.cast(ops.not_equal(targets, pad_idx), losses.dtype)
    return ops.sum(losses * mask) / ops.sum(mask)


# %% wrong caption_loss: a mean for each caption, then the mean of these
def caption_loss(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(ops.not_equal(targets, pad_idx), losses.dtype)
    of_caption = ops.sum(losses * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1)
    return ops.mean(of_caption)


# %% wrong caption_loss: the sum instead of the mean
def caption_loss(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(ops.not_equal(targets, pad_idx), losses.dtype)
    return ops.sum(losses * mask)


# %% wrong caption_loss: NumPy instead of keras.ops, so the gradient is lost
def caption_loss(targets, logits, pad_idx):
    targets, logits = ops.convert_to_numpy(targets), ops.convert_to_numpy(logits)
    logits = logits - logits.max(axis=-1, keepdims=True)
    logs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    losses = -np.take_along_axis(logs, targets[..., None], axis=-1)[..., 0]
    return ops.convert_to_tensor(losses[targets != pad_idx].mean())


# %% wrong caption_loss: exp of the raw logits overflows for large ones
def caption_loss(targets, logits, pad_idx):
    powers = ops.exp(logits)
    probabilities = powers / ops.sum(powers, axis=-1, keepdims=True)
    right = ops.one_hot(targets, logits.shape[-1]) * ops.log(probabilities + 1e-9)
    mask = ops.cast(ops.not_equal(targets, pad_idx), logits.dtype)
    return -ops.sum(ops.sum(right, axis=-1) * mask) / ops.sum(mask)


# %% wrong caption_loss: pad_idx is ignored, 0 is taken for padding
def caption_loss(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(ops.not_equal(targets, 0), losses.dtype)
    return ops.sum(losses * mask) / ops.sum(mask)


# %% right caption_loss: log_softmax, picked at the targets
def caption_loss(targets, logits, pad_idx):
    real = targets != pad_idx
    logs = ops.log_softmax(logits, axis=-1)
    picked = ops.take_along_axis(logs, ops.expand_dims(targets, -1), axis=-1)
    losses = ops.where(real, -ops.squeeze(picked, -1), 0.0)
    return ops.sum(losses) / ops.cast(ops.count_nonzero(real), losses.dtype)


# %% right caption_loss: logsumexp minus the logit of the target, in one hot
def caption_loss(targets, logits, pad_idx):
    hot = ops.one_hot(targets, ops.shape(logits)[-1], dtype=logits.dtype)
    top = ops.max(logits, axis=-1, keepdims=True)
    shifted = logits - ops.stop_gradient(top)
    right = ops.sum(ops.where(hot > 0, shifted, 0.0), axis=-1)
    losses = ops.logsumexp(shifted, axis=-1) - right
    weights = ops.where(ops.equal(targets, pad_idx), 0.0, 1.0)
    return ops.sum(ops.where(weights > 0, losses, 0.0)) / ops.sum(weights)


# %% wrong generate_batch: images are drawn with replacement
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size)
    captions = [indexed_captions[row][rng.integers(len(indexed_captions[row]))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1, max_len)


# %% wrong generate_batch: always the first caption of an image
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    captions = [indexed_captions[row][0] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1, max_len)


# %% wrong generate_batch: draws from np.random, not from rng
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = np.random.choice(len(images_embeddings), batch_size, replace=False)
    captions = [indexed_captions[row][np.random.randint(len(indexed_captions[row]))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1, max_len)


# %% wrong generate_batch: max_len isn't handed on
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    captions = [indexed_captions[row][rng.integers(len(indexed_captions[row]))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1)


# %% wrong generate_batch: the last caption of an image is never drawn, off by one
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    captions = [indexed_captions[row][rng.integers(max(len(indexed_captions[row]) - 1, 1))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1, max_len)


# %% wrong generate_batch: one number for all images tells which caption
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    fewest = min(len(indexed_captions[row]) for row in rows)
    which = rng.integers(fewest)
    captions = [indexed_captions[row][which] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1, max_len)


# %% wrong generate_batch: always the first images of the list, only their order is drawn
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.permutation(batch_size)
    captions = [indexed_captions[row][rng.integers(len(indexed_captions[row]))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 1, max_len)


# %% wrong generate_batch: pads with 0 instead of 1
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    captions = [indexed_captions[row][rng.integers(len(indexed_captions[row]))] for row in rows]
    return images_embeddings[rows], batch_captions_to_matrix(captions, 0, max_len)


# %% right generate_batch: the head of a permutation, and a loop
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    chosen = rng.permutation(len(indexed_captions))[:batch_size]
    images, texts = [], []
    for i in chosen:
        images.append(images_embeddings[i])
        of_image = indexed_captions[i]
        texts.append(of_image[int(rng.random() * len(of_image))])
    return np.stack(images), batch_captions_to_matrix(texts, 1, max_len)


# %% right generate_batch: all numbers of captions in one call, own padding
def generate_batch(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    where = rng.choice(np.arange(len(images_embeddings)), size=batch_size, replace=False)
    which = rng.integers(0, [len(indexed_captions[w]) for w in where])
    texts = [indexed_captions[a][b][:max_len] for a, b in zip(where, which)]
    matrix = np.ones((batch_size, max(map(len, texts))), dtype=int)
    for line, text in zip(matrix, texts):
        line[:len(text)] = text
    return np.take(images_embeddings, where, axis=0), matrix


# %% wrong greedy_caption: the end token is part of the captions
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        tokens = np.argmax(np.asarray(logits), axis=-1)
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        over |= tokens == end_id
        if over.all():
            break
    return captions


# %% wrong greedy_caption: the state isn't carried on, each step begins from the first one
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, _ = step(tokens, start_state)
        tokens = np.argmax(np.asarray(logits), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong greedy_caption: the start token is fed in every step instead of the last token
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        best = np.argmax(np.asarray(logits), axis=-1)
        over |= best == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(best[i]))
        if over.all():
            break
    return captions


# %% wrong greedy_caption: only end tokens are taken out, what is written after the end stays
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        tokens = np.argmax(np.asarray(logits), axis=-1)
        for i in range(n):
            if tokens[i] != end_id:
                captions[i].append(int(tokens[i]))
        over |= tokens == end_id
        if over.all():
            break
    return captions


# %% wrong greedy_caption: all captions stop at the first end of any
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        tokens = np.argmax(np.asarray(logits), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.any():
            break
    return captions


# %% wrong greedy_caption: one token too few, max_len counts the start
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len - 1):
        logits, state = step(tokens, state)
        tokens = np.argmax(np.asarray(logits), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong greedy_caption: the captions begin with the start token
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[start_id] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        tokens = np.argmax(np.asarray(logits), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong greedy_caption: the first image's token goes to all images
def greedy_caption(step, start_state, start_id, end_id, max_len):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        tokens = np.full(n, np.argmax(np.asarray(logits)[0]))
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% right greedy_caption: a table of tokens, cut at the end afterwards
def greedy_caption(step, start_state, start_id, end_id, max_len):
    state = start_state
    table = [np.full(len(start_state[0]), start_id)]
    while len(table) <= max_len:
        logits, state = step(table[-1], state)
        table.append(np.array(logits).argmax(axis=1))
        if np.all(np.any(np.array(table[1:]) == end_id, axis=0)):
            break
    captions = []
    for row in np.stack(table[1:], axis=1).tolist():
        captions.append(row[:row.index(end_id)] if end_id in row else row)
    return captions


# %% right greedy_caption: takewhile, no early stop
def greedy_caption(step, start_state, start_id, end_id, max_len):
    def columns():
        last, state = np.full((len(start_state[0]),), start_id, dtype="int32"), start_state
        for _ in range(max_len):
            logits, state = step(last, state)
            last = ops.convert_to_numpy(logits).argmax(-1).astype("int32")
            yield last

    rows = zip(*columns())
    return [list(itertools.takewhile(lambda token: token != end_id, row)) for row in rows]


# %% wrong sample_caption: multiplies by the temperature instead of dividing
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits) * temperature
        tokens = np.argmax(logits + rng.gumbel(size=logits.shape), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong sample_caption: the same noise for all images, so equal images get equal captions
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits) / temperature
        tokens = np.argmax(logits + rng.gumbel(size=logits.shape[1:]), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong sample_caption: the noise is divided by the temperature, too, so it has no effect
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits)
        tokens = np.argmax((logits + rng.gumbel(size=logits.shape)) / temperature, axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong sample_caption: normal instead of Gumbel noise
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits) / temperature
        tokens = np.argmax(logits + rng.normal(size=logits.shape), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong sample_caption: draws from np.random
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits) / temperature
        tokens = np.argmax(logits + np.random.gumbel(size=logits.shape), axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong sample_caption: the end token is part of the captions
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits) / temperature
        tokens = np.argmax(logits + rng.gumbel(size=logits.shape), axis=-1)
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        over |= tokens == end_id
        if over.all():
            break
    return captions


# %% wrong sample_caption: the noise is drawn once and used in all steps
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    noise = None
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits) / temperature
        noise = rng.gumbel(size=logits.shape) if noise is None else noise
        tokens = np.argmax(logits + noise, axis=-1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% wrong sample_caption: probabilities are divided by the temperature instead of logits, which changes nothing
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    state, tokens = start_state, np.full(n, start_id)
    captions, over = [[] for _ in range(n)], np.zeros(n, bool)
    for _ in range(max_len):
        logits, state = step(tokens, state)
        logits = np.asarray(logits)
        p = np.exp(logits - logits.max(axis=-1, keepdims=True)) / temperature
        p = p / p.sum(axis=-1, keepdims=True)
        tokens = (p.cumsum(axis=-1) < rng.random((n, 1))).sum(axis=-1)
        tokens = np.minimum(tokens, p.shape[1] - 1)
        over |= tokens == end_id
        for i in range(n):
            if not over[i]:
                captions[i].append(int(tokens[i]))
        if over.all():
            break
    return captions


# %% right sample_caption: rng.choice for each image
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    n = len(start_state[0])
    last, state = [start_id] * n, start_state
    captions, alive = [[] for _ in range(n)], [True] * n
    for _ in range(max_len):
        scores, state = step(np.array(last), state)
        scores = np.asarray(scores, dtype=np.float64) / temperature
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        last = [rng.choice(len(row), p=row) for row in p]
        for i, token in enumerate(last):
            alive[i] = alive[i] and token != end_id
            if alive[i]:
                captions[i].append(token)
        if not any(alive):
            break
    return captions


# %% right sample_caption: greedy_caption with a noisy step
def sample_caption(step, start_state, start_id, end_id, temperature, max_len, rng):
    def noisy(token_ids, state):
        logits, state = step(token_ids, state)
        noise = -np.log(rng.exponential(size=np.shape(logits)))
        return np.asarray(logits) / temperature + noise, state

    return greedy_caption(noisy, start_state, start_id, end_id, max_len)


# %% wrong beam_search: all rows count in the first step, so the beam holds copies of one caption
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.zeros((n, width))
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: the states don't follow the rows that were kept
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: adds up logits instead of log-probabilities
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits.copy()
        size = logs.shape[-1]
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: captions that are over are continued like others, and cut at the end
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: the best is chosen by the score per token
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, (scores[i] / [max(len(t[t != end_id]), 1) for t in texts[i]]).argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: the log-probability of the end doesn't count
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        logs[:, :, end_id] = 0
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: the beginnings don't follow the rows that were kept
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = texts
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% wrong beam_search: each row keeps its own best continuation, rows don't compete
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state = [np.repeat(np.asarray(part), width, axis=0) for part in start_state]
    scores = np.full((n, width), -np.inf)
    scores[:, 0] = 0
    last, over = np.full(n * width, start_id), np.zeros((n, width), bool)
    texts = np.zeros((n, width, 0), int)
    for _ in range(max_len):
        logits, state = step(last, state)
        logits = np.asarray(logits, "float64").reshape(n, width, -1)
        top = logits.max(axis=-1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
        size = logs.shape[-1]
        logs[over] = -np.inf
        logs[over, end_id] = 0
        total = (scores[:, :, None] + logs).reshape(n, -1)
        if texts.shape[2] == 0:
            best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        else:
            own = total.reshape(n, width, size).argmax(axis=2)
            best = own + np.arange(width) * size
        scores = np.take_along_axis(total, best, axis=1)
        row, token = best // size, best % size
        kept = np.take_along_axis(texts, row[:, :, None], axis=1)
        texts = np.concatenate([kept, token[:, :, None]], axis=2)
        over = np.take_along_axis(over, row, axis=1) | (token == end_id)
        flat = (row + np.arange(n)[:, None] * width).ravel()
        state = [np.asarray(part)[flat] for part in state]
        last = token.ravel()
        if over.all():
            break
    lists = [texts[i, scores[i].argmax()].tolist() for i in range(n)]
    return [text[:text.index(end_id)] if end_id in text else text for text in lists]


# %% right beam_search: lists of beams in Python, one call of step for all
def log_softmax(rows):
    rows = np.asarray(rows, dtype=np.float64)
    rows = rows - rows.max(axis=1, keepdims=True)
    return rows - np.log(np.exp(rows).sum(axis=1, keepdims=True))

def beam_search(step, start_state, start_id, end_id, width, max_len):
    # a caption: (score, tokens, row of the state); it is over if its tokens end in end_id
    beams = [[(0.0, [], i)] for i in range(len(start_state[0]))]
    state = [np.asarray(part) for part in start_state]
    for _ in range(max_len):
        live = [c for beam in beams for c in beam if c[1][-1:] != [end_id]]
        if not live:
            break
        rows = [c[2] for c in live]
        ids = np.array([c[1][-1] if c[1] else start_id for c in live])
        logits, state = step(ids, [part[rows] for part in state])
        state = [np.asarray(part) for part in state]
        logs, number, new = log_softmax(logits), 0, []
        for beam in beams:
            pool = []
            for score, tokens, row in beam:
                if tokens[-1:] == [end_id]:
                    pool.append((score, tokens, 0))
                    continue
                for token in np.argsort(-logs[number], kind="stable")[:width].tolist():
                    pool.append((score + logs[number, token], [*tokens, token], number))
                number += 1
            new.append(sorted(pool, key=lambda c: -c[0])[:width])
        beams = new
    best = [beam[0][1] for beam in beams]
    return [tokens[:-1] if tokens[-1:] == [end_id] else tokens for tokens in best]


# %% right beam_search: the tables grow from one row to width rows an image
def beam_search(step, start_state, start_id, end_id, width, max_len):
    n = len(start_state[0])
    state, last = start_state, np.full(n, start_id)
    scores, texts = np.zeros((n, 1)), [[[]] for _ in range(n)]
    for _ in range(max_len):
        logits, state = step(last, state)
        logs = ops.convert_to_numpy(ops.log_softmax(ops.cast(logits, "float64")))
        rows, size = scores.shape[1], logs.shape[-1]
        logs = np.array(logs).reshape(n, rows, size)
        for i, b in np.ndindex(n, rows):
            if end_id in texts[i][b]:
                logs[i, b] = [0 if k == end_id else -np.inf for k in range(size)]
        flat = (logs + scores[..., None]).reshape(n, rows * size)
        order = (-flat).argsort(axis=1)[:, :width]
        scores = np.array([flat[i, order[i]] for i in range(n)])
        texts = [[texts[i][k // size] + [int(k % size)] for k in order[i]] for i in range(n)]
        picks = np.concatenate([i * rows + order[i] // size for i in range(n)])
        state = [np.asarray(part)[picks] for part in state]
        last = (order % size).reshape(-1)
    return [list(itertools.takewhile(lambda t: t != end_id, beam[0])) for beam in texts]


# %% wrong attention: weights and context are returned in the wrong order
def attention(query, grid, W_query, W_grid, v):
    single = len(query.shape) == 2
    if single:
        query = ops.expand_dims(query, 1)
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)  # (batch, words, 1, units)
    seen = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = ops.sum(v * ops.tanh(asked + seen), axis=-1)
    weights = ops.softmax(scores, axis=-1)
    context = ops.matmul(weights, grid)
    if single:
        context, weights = ops.squeeze(context, 1), ops.squeeze(weights, 1)
    return weights, context


# %% wrong attention: the tanh is forgotten
def attention(query, grid, W_query, W_grid, v):
    single = len(query.shape) == 2
    if single:
        query = ops.expand_dims(query, 1)
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)  # (batch, words, 1, units)
    seen = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = ops.sum(v * (asked + seen), axis=-1)
    weights = ops.softmax(scores, axis=-1)
    context = ops.matmul(weights, grid)
    if single:
        context, weights = ops.squeeze(context, 1), ops.squeeze(weights, 1)
    return context, weights


# %% wrong attention: the softmax runs over the words, not the places
def attention(query, grid, W_query, W_grid, v):
    single = len(query.shape) == 2
    if single:
        query = ops.expand_dims(query, 1)
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)  # (batch, words, 1, units)
    seen = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = ops.sum(v * ops.tanh(asked + seen), axis=-1)
    weights = ops.softmax(scores, axis=1)
    context = ops.matmul(weights, grid)
    if single:
        context, weights = ops.squeeze(context, 1), ops.squeeze(weights, 1)
    return context, weights


# %% wrong attention: the context is made of the places times W_grid
def attention(query, grid, W_query, W_grid, v):
    single = len(query.shape) == 2
    if single:
        query = ops.expand_dims(query, 1)
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)  # (batch, words, 1, units)
    seen = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = ops.sum(v * ops.tanh(asked + seen), axis=-1)
    weights = ops.softmax(scores, axis=-1)
    context = ops.matmul(weights, seen[:, 0])
    if single:
        context, weights = ops.squeeze(context, 1), ops.squeeze(weights, 1)
    return context, weights


# %% wrong attention: for one query the axis of words stays
def attention(query, grid, W_query, W_grid, v):
    single = len(query.shape) == 2
    if single:
        query = ops.expand_dims(query, 1)
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)  # (batch, words, 1, units)
    seen = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = ops.sum(v * ops.tanh(asked + seen), axis=-1)
    weights = ops.softmax(scores, axis=-1)
    context = ops.matmul(weights, grid)
    return context, weights


# %% wrong attention: only one query an image, several fail
def attention(query, grid, W_query, W_grid, v):
    asked = ops.expand_dims(ops.matmul(query, W_query), 1)
    scores = ops.sum(ops.tanh(asked + ops.matmul(grid, W_grid)) * v, axis=-1)
    weights = ops.softmax(scores)
    return ops.sum(ops.expand_dims(weights, -1) * grid, axis=1), weights


# %% wrong attention: scores are divided by the root of the number of units
def attention(query, grid, W_query, W_grid, v):
    single = len(query.shape) == 2
    if single:
        query = ops.expand_dims(query, 1)
    asked = ops.expand_dims(ops.matmul(query, W_query), 2)  # (batch, words, 1, units)
    seen = ops.expand_dims(ops.matmul(grid, W_grid), 1)  # (batch, 1, places, units)
    scores = ops.sum(v * ops.tanh(asked + seen), axis=-1) / v.shape[0] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    context = ops.matmul(weights, grid)
    if single:
        context, weights = ops.squeeze(context, 1), ops.squeeze(weights, 1)
    return context, weights


# %% wrong attention: NumPy, which gradients can't pass
def attention(query, grid, W_query, W_grid, v):
    query, grid, W_query, W_grid, v = map(
        ops.convert_to_numpy, (query, grid, W_query, W_grid, v))
    several = query if query.ndim == 3 else query[:, None]
    scores = np.tanh((several @ W_query)[:, :, None] + (grid @ W_grid)[:, None]) @ v
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    context = weights @ grid
    if query.ndim == 2:
        context, weights = context[:, 0], weights[:, 0]
    return ops.convert_to_tensor(context), ops.convert_to_tensor(weights)


# %% right attention: einsum
def attention(query, grid, W_query, W_grid, v):
    asked = ops.einsum("...q,qu->...u", query, W_query)
    seen = ops.einsum("bpc,cu->bpu", grid, W_grid)
    if len(query.shape) == 2:
        scores = ops.einsum("bpu,u->bp", ops.tanh(asked[:, None, :] + seen), v)
        weights = ops.softmax(scores)
        return ops.einsum("bp,bpc->bc", weights, grid), weights
    scores = ops.einsum("bwpu,u->bwp", ops.tanh(asked[:, :, None, :] + seen[:, None, :, :]), v)
    weights = ops.softmax(scores)
    return ops.einsum("bwp,bpc->bwc", weights, grid), weights


# %% right attention: calls itself for a single query, own softmax, weighted sum
def attention(query, grid, W_query, W_grid, v):
    if len(query.shape) == 2:
        context, weights = attention(ops.expand_dims(query, axis=1), grid, W_query, W_grid, v)
        return context[:, 0], weights[:, 0]
    asked, seen = ops.dot(query, W_query), ops.dot(grid, W_grid)
    mixed = ops.tanh(ops.expand_dims(asked, 2) + ops.expand_dims(seen, 1))
    scores = ops.squeeze(ops.matmul(mixed, ops.reshape(v, (-1, 1))), -1)
    powers = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    weights = powers / ops.sum(powers, axis=-1, keepdims=True)
    places = ops.expand_dims(grid, 1)
    return ops.sum(ops.expand_dims(weights, -1) * places, axis=2), weights


# %% wrong train_decoder: padding counts, for the loss is Keras's own
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    rate = rise_and_fall(peak_rate, rounds * len(batches))
    optimizer = keras.optimizers.Adam(rate, global_clipnorm=1.0)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    decoder.compile(optimizer=optimizer, loss=loss)
    return fit(decoder, batches, rounds)


# %% wrong train_decoder: the schedule is over after the first round
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    def loss(y, scores):
        return caption_loss(ops.cast(y, "int32"), scores, pad_idx)

    schedule = rise_and_fall(peak_rate, len(batches))
    decoder.compile(keras.optimizers.Adam(schedule, global_clipnorm=1.0), loss)
    return fit(decoder, batches, rounds)


# %% wrong train_decoder: clips each weight's gradient on its own
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    steps = len(batches) * rounds
    adam = keras.optimizers.Adam(rise_and_fall(peak_rate, steps), clipnorm=1.0)
    decoder.compile(
        optimizer=adam, loss=lambda y, z: caption_loss(ops.cast(y, "int32"), z, pad_idx)
    )
    return fit(decoder, batches, rounds)


# %% wrong train_decoder: nothing comes back
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    rate = rise_and_fall(peak_rate, rounds * len(batches))
    loss = lambda y, z: caption_loss(ops.cast(y, "int32"), z, pad_idx)
    decoder.compile(keras.optimizers.Adam(rate, global_clipnorm=1.0), loss)
    fit(decoder, batches, rounds)


# %% wrong train_decoder: the peak rate all the time
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    loss = lambda y, z: caption_loss(ops.cast(y, "int32"), z, pad_idx)
    decoder.compile(keras.optimizers.Adam(peak_rate, global_clipnorm=1.0), loss)
    return fit(decoder, batches, rounds)


# %% right train_decoder: a nested loss, everything by name
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    number_of_steps = int(rounds) * len(batches)
    learning_rate = rise_and_fall(peak=peak_rate, steps=number_of_steps)
    optimizer = keras.optimizers.Adam(learning_rate=learning_rate, global_clipnorm=1)

    def masked(y_true, y_pred):
        return caption_loss(ops.cast(y_true, "int32"), y_pred, pad_idx)

    decoder.compile(optimizer=optimizer, loss=masked)
    history = fit(decoder, batches, rounds)
    return history


# %% right train_decoder: the loss by Keras, which ignores a class
def train_decoder(decoder, batches, rounds, peak_rate, pad_idx, fit):
    decoder.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad_idx),
        optimizer=keras.optimizers.Adam(
            rise_and_fall(peak_rate, len(batches) * rounds), global_clipnorm=1.0
        ),
    )
    return fit(decoder, batches, rounds)


# %% wrong decoder_step: the dense layer behind the LSTM is skipped in favour of the image's
def decoder_step(decoder, token_ids, state):
    x = decoder.get_layer("words")(token_ids)
    h, (h, c) = decoder.get_layer("lstm").cell(x, state)
    h2 = ops.tanh(decoder.get_layer("bottleneck")(h))
    return decoder.get_layer("logits")(h2), [h, c]


# %% wrong decoder_step: hands back the old state
def decoder_step(decoder, token_ids, state):
    x = decoder.get_layer("words")(token_ids)
    out, new = decoder.get_layer("lstm").cell(x, state)
    return decoder.get_layer("logits")(decoder.get_layer("bottleneck")(out)), state


# %% wrong decoder_step: probabilities
def decoder_step(decoder, token_ids, state):
    x = decoder.get_layer("words")(token_ids)
    out, new = decoder.get_layer("lstm").cell(x, state)
    scores = decoder.get_layer("logits")(decoder.get_layer("bottleneck")(out))
    return ops.softmax(scores, axis=-1), new


# %% wrong decoder_step: the whole LSTM layer, which forgets its memory
def decoder_step(decoder, token_ids, state):
    x = decoder.get_layer("words")(ops.convert_to_tensor(token_ids))[:, None]
    state = [ops.convert_to_tensor(part) for part in state]
    out = decoder.get_layer("lstm")(x, initial_state=state)[:, 0]
    logits = decoder.get_layer("logits")(decoder.get_layer("bottleneck")(out))
    return logits, [out, state[1]]


# %% wrong decoder_step: only the output as the new state
def decoder_step(decoder, token_ids, state):
    x = decoder.get_layer("words")(token_ids)
    out, _ = decoder.get_layer("lstm").cell(x, state)
    return decoder.get_layer("logits")(decoder.get_layer("bottleneck")(out)), [out, out]


# %% right decoder_step: layers from a dict
def decoder_step(decoder, token_ids, state):
    found = {layer.name: layer for layer in decoder.layers}
    embedded = found["words"](ops.cast(token_ids, "int32"))
    h, c = state
    out, (h, c) = found["lstm"].cell(embedded, [h, c])
    out = found["bottleneck"](out)
    return found["logits"](out), [h, c]


# %% right decoder_step: gates by hand
def decoder_step(decoder, token_ids, state):
    cell = decoder.get_layer("lstm").cell
    h, c = (ops.convert_to_tensor(part) for part in state)
    x = decoder.get_layer("words")(token_ids)
    z = ops.matmul(x, cell.kernel) + ops.matmul(h, cell.recurrent_kernel) + cell.bias
    i, f, g, o = ops.split(z, 4, axis=1)
    c = ops.sigmoid(f) * c + ops.sigmoid(i) * ops.tanh(g)
    h = ops.sigmoid(o) * ops.tanh(c)
    return decoder.get_layer("logits")(decoder.get_layer("bottleneck")(h)), (h, c)
