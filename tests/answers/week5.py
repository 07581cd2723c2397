"""Answers to week 5, as students write them."""

import keras
import numpy as np
from scipy.special import expit as sigmoid
from scipy.special import log_softmax, softmax

layers, ops = keras.layers, keras.ops
PAD, START, END = 0, 1, 2


# %% wrong build_vocabulary: the characters aren't sorted (a set's own order)
def build_vocabulary(names):
    tokens = ["<pad>", "<start>", "<end>"] + list(set("".join(names)))
    return tokens, {token: i for i, token in enumerate(tokens)}


# %% wrong build_vocabulary: characters come in the order of their first appearance
def build_vocabulary(names):
    tokens = ["<pad>", "<start>", "<end>"]
    for name in names:
        for char in name:
            if char not in tokens:
                tokens.append(char)
    return tokens, dict(zip(tokens, range(len(tokens))))


# %% wrong build_vocabulary: the dict maps number to token instead of token to number
def build_vocabulary(names):
    tokens = ["<pad>", "<start>", "<end>", *sorted(set("".join(names)))]
    return tokens, dict(enumerate(tokens))


# %% wrong build_vocabulary: the numbers of the characters start at 0 again, as the specials'
def build_vocabulary(names):
    special = ["<pad>", "<start>", "<end>"]
    chars = sorted(set("".join(names)))
    token_to_id = {t: i for i, t in enumerate(special)}
    token_to_id.update({c: i for i, c in enumerate(chars)})
    return special + chars, token_to_id


# %% wrong build_vocabulary: names are made lower case first, so capitals have no number
def build_vocabulary(names):
    chars = sorted(set("".join(names).lower()))
    tokens = ["<pad>", "<start>", "<end>"] + chars
    return tokens, {t: i for i, t in enumerate(tokens)}


# %% wrong build_vocabulary: everything is sorted together, so the specials aren't 0, 1, 2
def build_vocabulary(names):
    chars = set("".join(names))
    tokens = sorted(chars | {"<pad>", "<start>", "<end>"})
    return tokens, {t: i for i, t in enumerate(tokens)}


# %% wrong build_vocabulary: no set, so a character that occurs often is listed often
def build_vocabulary(names):
    tokens = ["<pad>", "<start>", "<end>"] + sorted("".join(names))
    return tokens, {t: i for i, t in enumerate(tokens)}


# %% wrong build_vocabulary: only letters are kept, hyphen, apostrophe and space are missing
def build_vocabulary(names):
    chars = sorted({c for name in names for c in name if c.isalpha()})
    tokens = ["<pad>", "<start>", "<end>"] + chars
    return tokens, {t: i for i, t in enumerate(tokens)}


# %% right build_vocabulary: set().union of all names, and a dict by zip
def build_vocabulary(names):
    chars = list(set().union(*names))
    chars.sort()
    tokens = "<pad> <start> <end>".split() + chars
    return tokens, dict(zip(tokens, range(len(tokens))))


# %% right build_vocabulary: loops, and the number is the size of the dict so far
def build_vocabulary(names):
    seen = []
    for name in names:
        for char in name:
            if char not in seen:
                seen.append(char)
    token_to_id = {}
    for token in ["<pad>", "<start>", "<end>"] + sorted(seen):
        token_to_id[token] = len(token_to_id)
    return list(token_to_id), token_to_id


# %% wrong names_to_matrix: no end is written after the characters
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), np.int32)
    for i, name in enumerate(names):
        ids = [token_to_id["<start>"]] + [token_to_id[c] for c in name]
        ids = ids[:max_len]
        matrix[i, :len(ids)] = ids
    return matrix


# %% wrong names_to_matrix: a name that is too long loses more characters so that the end fits
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), np.int32)
    for i, name in enumerate(names):
        name = name[:max_len - 2]
        ids = [1] + [token_to_id[c] for c in name] + [2]
        matrix[i, :len(ids)] = ids
    return matrix


# %% wrong names_to_matrix: floats (np.zeros without dtype)
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len))
    for i, name in enumerate(names):
        ids = ([1] + [token_to_id[c] for c in name] + [2])[:max_len]
        matrix[i, :len(ids)] = ids
    return matrix


# %% wrong names_to_matrix: a name that is too long isn't cut and raises an error
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.full((len(names), max_len), token_to_id["<pad>"], dtype=np.int32)
    for row, name in zip(matrix, names):
        ids = [token_to_id["<start>"], *(token_to_id[c] for c in name), token_to_id["<end>"]]
        row[:len(ids)] = ids
    return matrix


# %% wrong names_to_matrix: padding stands in front (keras pad_sequences with its defaults)
def names_to_matrix(names, token_to_id, max_len):
    ids = [([1] + [token_to_id[c] for c in name] + [2])[:max_len] for name in names]
    return keras.utils.pad_sequences(ids, maxlen=max_len, dtype="int32")


# %% wrong names_to_matrix: pad_sequences cuts long names at the front, so they lose their start
def names_to_matrix(names, token_to_id, max_len):
    ids = [[1] + [token_to_id[c] for c in name] + [2] for name in names]
    return keras.utils.pad_sequences(ids, maxlen=max_len, dtype="int32", padding="post")


# %% wrong names_to_matrix: the end stands in the last column, after the padding
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), "int32")
    matrix[:, 0] = token_to_id["<start>"]
    for i, name in enumerate(names):
        for j, char in enumerate(name[:max_len - 1], start=1):
            matrix[i, j] = token_to_id[char]
        if len(name) < max_len - 1:
            matrix[i, -1] = token_to_id["<end>"]
    return matrix


# %% wrong names_to_matrix: off by one, a name that just fits with its end doesn't get the end
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), "int32")
    for i, name in enumerate(names):
        ids = [1] + [token_to_id[c] for c in name[:max_len - 1]]
        if len(ids) < max_len - 1:
            ids.append(2)
        matrix[i, :len(ids)] = ids
    return matrix


# %% right names_to_matrix: each place is written by itself
def names_to_matrix(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), dtype="int32")
    for i in range(len(names)):
        row = ["<start>"] + list(names[i]) + ["<end>"]
        for j in range(min(len(row), max_len)):
            matrix[i, j] = token_to_id[row[j]]
    return matrix


# %% right names_to_matrix: lists filled up with padding, made an array at the end
def names_to_matrix(names, token_to_id, max_len):
    def row(name):
        ids = [token_to_id[t] for t in ("<start>", *name, "<end>")]
        return (ids + max_len * [token_to_id["<pad>"]])[:max_len]

    return np.array([row(name) for name in names], dtype=np.int32).reshape(-1, max_len)


# %% wrong bigram_probabilities: adding by index counts a pair only once
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    counts[matrix[:, :-1], matrix[:, 1:]] += 1
    counts += smoothing
    counts[:, :2] = 0
    return counts / counts.sum(axis=1, keepdims=True)


# %% wrong bigram_probabilities: the smoothing goes to padding and start too
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    np.add.at(counts, (matrix[:, :-1], matrix[:, 1:]), 1)
    counts[:, :2] = 0
    counts += smoothing
    return counts / counts.sum(axis=1, keepdims=True)


# %% wrong bigram_probabilities: padding after the end is counted as a next token
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.full((num_tokens, num_tokens), float(smoothing))
    np.add.at(counts, (matrix[:, :-1], matrix[:, 1:]), 1)
    return counts / counts.sum(axis=1, keepdims=True)


# %% wrong bigram_probabilities: rows aren't divided by their own sum (keepdims is missing)
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    np.add.at(counts, (matrix[:, :-1], matrix[:, 1:]), 1)
    counts += smoothing
    counts[:, :2] = 0
    return counts / counts.sum(axis=1)


# %% wrong bigram_probabilities: the pair is turned round, P[b, a]
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    for row in matrix:
        for a, b in zip(row[:-1], row[1:]):
            counts[b, a] += 1
    counts += smoothing
    counts[:, [0, 1]] = 0
    return counts / counts.sum(axis=1, keepdims=True)


# %% wrong bigram_probabilities: the columns are set to 0 after the division, rows sum to less
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    np.add.at(counts, (matrix[:, :-1], matrix[:, 1:]), 1)
    counts += smoothing
    P = counts / counts.sum(axis=1, keepdims=True)
    P[:, :2] = 0
    return P


# %% wrong bigram_probabilities: smoothing only where the count is zero
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    np.add.at(counts, (matrix[:, :-1].ravel(), matrix[:, 1:].ravel()), 1)
    counts[counts == 0] = smoothing
    counts[:, :2] = 0
    return counts / counts.sum(axis=1, keepdims=True)


# %% wrong bigram_probabilities: divided by the sum of the whole table, not of each row
def bigram_probabilities(matrix, num_tokens, smoothing):
    counts = np.zeros((num_tokens, num_tokens))
    np.add.at(counts, (matrix[:, :-1], matrix[:, 1:]), 1)
    counts[:, 2:] += smoothing
    counts[:, :2] = 0
    return counts / counts.sum()


# %% right bigram_probabilities: np.bincount of one number a pair
def bigram_probabilities(matrix, num_tokens, smoothing):
    matrix = np.asarray(matrix, dtype=np.int64)
    pairs = matrix[:, :-1] * num_tokens + matrix[:, 1:]
    counts = np.bincount(pairs.ravel(), minlength=num_tokens**2)
    counts = counts.reshape(num_tokens, num_tokens)[:, 2:] + smoothing
    P = counts / counts.sum(axis=1)[:, None]
    return np.concatenate([np.zeros((num_tokens, 2)), P], axis=1)


# %% right bigram_probabilities: Python loops that skip padding and starts, row by row
def bigram_probabilities(matrix, num_tokens, smoothing):
    P = np.zeros((num_tokens, num_tokens))
    for row in matrix:
        for t in range(1, len(row)):
            if row[t] > 1:
                P[row[t - 1], row[t]] += 1
    for a in range(num_tokens):
        P[a, 2:] = P[a, 2:] + smoothing
        P[a] = P[a] / sum(P[a])
    return P


# %% wrong rnn_step: the bias is forgotten
def rnn_step(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh)


# %% wrong rnn_step: the bias is added outside of tanh
def rnn_step(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh) + b


# %% wrong rnn_step: no tanh
def rnn_step(x, h, Wx, Wh, b):
    return x @ Wx + h @ Wh + b


# %% wrong rnn_step: a sigmoid instead of tanh
def rnn_step(x, h, Wx, Wh, b):
    return sigmoid(x @ Wx + h @ Wh + b)


# %% wrong rnn_step: Wh is transposed
def rnn_step(x, h, Wx, Wh, b):
    return np.tanh(np.dot(x, Wx) + np.dot(h, Wh.T) + b)


# %% wrong rnn_step: tanh of each part by itself
def rnn_step(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx) + np.tanh(h @ Wh) + np.tanh(b)


# %% wrong rnn_step: the old state is added to the new one (a residual)
def rnn_step(x, h, Wx, Wh, b):
    return h + np.tanh(x @ Wx + h @ Wh + b)


# %% wrong rnn_step: the state isn't multiplied by Wh
def rnn_step(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h + b)


# %% right rnn_step: one product of both inputs side by side
def rnn_step(x, h, Wx, Wh, b):
    both = np.hstack([x, h])
    return np.tanh(both @ np.vstack([Wx, Wh]) + b)


# %% right rnn_step: einsum, and tanh by the sigmoid
def rnn_step(x, h, Wx, Wh, b):
    a = np.einsum("ni,iu->nu", x, Wx) + np.einsum("nv,vu->nu", h, Wh) + b.reshape(1, -1)
    return 2 * sigmoid(2 * a) - 1


# %% wrong rnn_forward: h0 is missing from the states
def rnn_forward(inputs, h0, Wx, Wh, b):
    h, states = h0, []
    for t in range(inputs.shape[1]):
        h = rnn_step(inputs[:, t], h, Wx, Wh, b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong rnn_forward: stacked along the first axis, so time comes before batch
def rnn_forward(inputs, h0, Wx, Wh, b):
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(rnn_step(inputs[:, t], states[-1], Wx, Wh, b))
    return np.stack(states)


# %% wrong rnn_forward: each step starts from h0, the state isn't carried
def rnn_forward(inputs, h0, Wx, Wh, b):
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(rnn_step(inputs[:, t], h0, Wx, Wh, b))
    return np.stack(states, axis=1)


# %% wrong rnn_forward: only the last state is returned
def rnn_forward(inputs, h0, Wx, Wh, b):
    h = h0
    for t in range(inputs.shape[1]):
        h = rnn_step(inputs[:, t], h, Wx, Wh, b)
    return h


# %% wrong rnn_forward: walks along the batch instead of time
def rnn_forward(inputs, h0, Wx, Wh, b):
    states = [h0]
    for x in inputs:
        states.append(rnn_step(x, states[-1], Wx, Wh, b))
    return np.stack(states, axis=1)


# %% wrong rnn_forward: h[:, 0] stays zero, h0 is never used
def rnn_forward(inputs, h0, Wx, Wh, b):
    batch, time, _ = inputs.shape
    h = np.zeros((batch, time + 1, len(b)))
    for t in range(time):
        h[:, t + 1] = rnn_step(inputs[:, t], h[:, t], Wx, Wh, b)
    return h


# %% wrong rnn_forward: reshape instead of a swap of axes mixes up names and times
def rnn_forward(inputs, h0, Wx, Wh, b):
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(rnn_step(inputs[:, t], states[-1], Wx, Wh, b))
    return np.array(states).reshape(len(inputs), inputs.shape[1] + 1, -1)


# %% wrong rnn_forward: off by one, the last input is never read
def rnn_forward(inputs, h0, Wx, Wh, b):
    batch, time, _ = inputs.shape
    h = np.zeros((batch, time + 1, h0.shape[1]))
    h[:, 0] = h0
    for t in range(1, time):
        h[:, t] = rnn_step(inputs[:, t - 1], h[:, t - 1], Wx, Wh, b)
    return h


# %% right rnn_forward: an empty array that is filled
def rnn_forward(inputs, h0, Wx, Wh, b):
    n, time = inputs.shape[:2]
    h = np.empty((n, time + 1, h0.shape[-1]))
    h[:, 0, :] = h0
    for t in range(1, time + 1):
        h[:, t, :] = np.tanh(inputs[:, t - 1, :] @ Wx + h[:, t - 1, :] @ Wh + b)
    return h


# %% right rnn_forward: itertools.accumulate over time, then swapped axes
def rnn_forward(inputs, h0, Wx, Wh, b):
    from itertools import accumulate

    steps = accumulate(inputs.swapaxes(0, 1), lambda h, x: rnn_step(x, h, Wx, Wh, b),
                       initial=h0)
    return np.array(list(steps)).swapaxes(0, 1)


# %% wrong rnn_backward: the direct gradients of earlier states are left out
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(Wh))
    grad = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        da = grad * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ da
        grad_Wh += h[:, t].T @ da
        grad_b += da.sum(axis=0)
        grad = da @ Wh.T
    return grad_Wx, grad_Wh, grad_b, grad


# %% wrong rnn_backward: nothing is carried back, each step sees its direct gradient alone
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    da = grad_h[:, 1:] * (1 - h[:, 1:] ** 2)
    grad_Wx = np.einsum("bti,btu->iu", inputs, da)
    grad_Wh = np.einsum("btv,btu->vu", h[:, :-1], da)
    return grad_Wx, grad_Wh, da.sum(axis=(0, 1)), grad_h[:, 0] + da[:, 0] @ Wh.T


# %% wrong rnn_backward: the slope is taken at the state before, h[:, t]
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(len(Wh))
    grad = grad_h[:, -1]
    for t in range(inputs.shape[1] - 1, -1, -1):
        da = grad * (1 - h[:, t] ** 2)
        grad_Wx += inputs[:, t].T @ da
        grad_Wh += h[:, t].T @ da
        grad_b += da.sum(axis=0)
        grad = da @ Wh.T + grad_h[:, t]
    return grad_Wx, grad_Wh, grad_b, grad


# %% wrong rnn_backward: Wh isn't transposed on the way back
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(len(Wh))
    grad = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        da = grad * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ da
        grad_Wh += h[:, t].T @ da
        grad_b += da.sum(axis=0)
        grad = da @ Wh + grad_h[:, t]
    return grad_Wx, grad_Wh, grad_b, grad


# %% wrong rnn_backward: grad_Wh takes the state after the step, h[:, t + 1]
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(len(Wh))
    grad = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        da = grad * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ da
        grad_Wh += h[:, t + 1].T @ da
        grad_b += da.sum(axis=0)
        grad = da @ Wh.T + grad_h[:, t]
    return grad_Wx, grad_Wh, grad_b, grad


# %% wrong rnn_backward: grad_h0 lacks the direct gradient of the first state
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(len(Wh))
    carry = np.zeros_like(grad_h[:, 0])
    for t in reversed(range(inputs.shape[1])):
        da = (grad_h[:, t + 1] + carry) * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ da
        grad_Wh += h[:, t].T @ da
        grad_b += da.sum(axis=0)
        carry = da @ Wh.T
    return grad_Wx, grad_Wh, grad_b, carry


# %% wrong rnn_backward: the gradients of the weights are overwritten, not summed over steps
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        da = grad * (1 - h[:, t + 1] ** 2)
        grad_Wx = inputs[:, t].T @ da
        grad_Wh = h[:, t].T @ da
        grad_b = da.sum(axis=0)
        grad = da @ Wh.T + grad_h[:, t]
    return grad_Wx, grad_Wh, grad_b, grad


# %% wrong rnn_backward: the weights' gradients are means over the batch instead of sums
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(len(Wh))
    grad, n = grad_h[:, -1], len(inputs)
    for t in reversed(range(inputs.shape[1])):
        da = grad * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ da / n
        grad_Wh += h[:, t].T @ da / n
        grad_b += da.mean(axis=0)
        grad = da @ Wh.T + grad_h[:, t]
    return grad_Wx, grad_Wh, grad_b, grad


# %% right rnn_backward: first all gradients before tanh, then one einsum for each weight
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    slopes = 1 - h * h
    total = np.array(grad_h, dtype=float)
    before = np.zeros((inputs.shape[0], inputs.shape[1], len(Wh)))
    for t in range(inputs.shape[1], 0, -1):
        before[:, t - 1] = total[:, t] * slopes[:, t]
        total[:, t - 1] += before[:, t - 1] @ Wh.T
    return (np.einsum("bti,btu->iu", inputs, before), np.einsum("btv,btu->vu", h[:, :-1], before),
            before.sum(axis=(0, 1)), total[:, 0])


# %% right rnn_backward: recursion over the sequence
def rnn_backward(grad_h, inputs, h, Wx, Wh):
    if inputs.shape[1] == 0:
        return np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(len(Wh)), grad_h[:, 0]
    da = grad_h[:, -1] * (1 - np.square(h[:, -1]))
    shorter = grad_h[:, :-1].copy()
    shorter[:, -1] += np.dot(da, np.transpose(Wh))
    gx, gh, gb, g0 = rnn_backward(shorter, inputs[:, :-1], h[:, :-1], Wx, Wh)
    return (gx + np.dot(inputs[:, -1].T, da), gh + np.dot(h[:, -2].T, da), gb + da.sum(0), g0)


# %% wrong clip_by_norm: each array is clipped by its own norm
def clip_by_norm(gradients, max_norm):
    clipped = []
    for g in gradients:
        norm = np.linalg.norm(g)
        clipped.append(g * max_norm / norm if norm > max_norm else g)
    return clipped


# %% wrong clip_by_norm: always scaled to max_norm, small gradients grow
def clip_by_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * max_norm / (norm + 1e-12) for g in gradients]


# %% wrong clip_by_norm: numbers are clipped one by one (np.clip)
def clip_by_norm(gradients, max_norm):
    return [np.clip(g, -max_norm, max_norm) for g in gradients]


# %% wrong clip_by_norm: the root is forgotten
def clip_by_norm(gradients, max_norm):
    norm = sum(np.sum(g**2) for g in gradients)
    factor = min(1, max_norm / max(norm, 1e-12))
    return [factor * g for g in gradients]


# %% wrong clip_by_norm: gradients that are all zero become NaN
def clip_by_norm(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return [g / norm * min(norm, max_norm) for g in gradients]


# %% wrong clip_by_norm: the norms are added instead of their squares
def clip_by_norm(gradients, max_norm):
    norm = sum(np.linalg.norm(g) for g in gradients)
    if norm > max_norm:
        return [g * (max_norm / norm) for g in gradients]
    return list(gradients)


# %% wrong clip_by_norm: large gradients get norm 1 instead of max_norm
def clip_by_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > max_norm:
        gradients = [g / norm for g in gradients]
    return gradients


# %% wrong clip_by_norm: one long vector is returned, the shapes are lost
def clip_by_norm(gradients, max_norm):
    flat = np.concatenate([g.ravel() for g in gradients])
    norm = np.linalg.norm(flat)
    return flat * min(1, max_norm / (norm + 1e-12))


# %% right clip_by_norm: one long vector, and an early return
def clip_by_norm(gradients, max_norm):
    norm = np.linalg.norm(np.concatenate([np.ravel(g) for g in gradients]))
    if norm <= max_norm:
        return list(gradients)
    return [np.asarray(g) * (max_norm / norm) for g in gradients]


# %% right clip_by_norm: divided by the larger of 1 and norm / max_norm, in a loop
def clip_by_norm(gradients, max_norm):
    total = 0.0
    for g in gradients:
        total += np.vdot(g, g)
    ratio = max(1.0, total**0.5 / max_norm)
    out = []
    for g in gradients:
        out.append(g / ratio)
    return out


# %% wrong loss_and_gradients: the mean is over all places, padding included
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    K = len(c)
    x = np.eye(K)[matrix[:, :-1]]
    y = np.eye(K)[matrix[:, 1:]]
    h = rnn_forward(x, h0, Wx, Wh, b)
    p = softmax(h[:, 1:] @ Wy + c, axis=-1)
    log_p = log_softmax(h[:, 1:] @ Wy + c, axis=-1)
    mask = (matrix[:, 1:] != 0)[:, :, None]
    n = y.shape[0] * y.shape[1]
    loss = -(y * log_p * mask).sum() / n
    g = (p - y) * mask / n
    grad_h = np.zeros_like(h)
    grad_h[:, 1:] = g @ Wy.T
    gWx, gWh, gb, _ = rnn_backward(grad_h, x, h, Wx, Wh)
    return loss, [gWx, gWh, gb, np.einsum("btu,btk->uk", h[:, 1:], g), g.sum((0, 1))], h[:, -1]


# %% wrong loss_and_gradients: the loss is masked, the gradient of the scores isn't
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    eye = np.eye(Wx.shape[0])
    x, y = eye[matrix[:, :-1]], eye[matrix[:, 1:]]
    h = rnn_forward(x, h0, Wx, Wh, b)
    log_p = log_softmax(h[:, 1:] @ Wy + c, axis=-1)
    real = matrix[:, 1:] != PAD
    n = max(real.sum(), 1)
    loss = -((y * log_p).sum(-1) * real).sum() / n
    d = (np.exp(log_p) - y) / n
    dh = np.zeros(h.shape)
    dh[:, 1:] = d @ Wy.T
    dWx, dWh, db, dh0 = rnn_backward(dh, x, h, Wx, Wh)
    dWy = h[:, 1:].reshape(-1, h.shape[-1]).T @ d.reshape(-1, len(c))
    return loss, [dWx, dWh, db, dWy, d.sum(axis=(0, 1))], h[:, -1]


# %% wrong loss_and_gradients: rnn_backward's gradient of h0 is returned as the state
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    eye = np.eye(Wx.shape[0])
    x, y = eye[matrix[:, :-1]], eye[matrix[:, 1:]]
    h = rnn_forward(x, h0, Wx, Wh, b)
    log_p = log_softmax(h[:, 1:] @ Wy + c, axis=-1)
    real = (matrix[:, 1:] != PAD)[..., None]
    n = max(real.sum(), 1)
    loss = -(y * log_p * real).sum() / n
    d = (np.exp(log_p) - y) * real / n
    dh = np.zeros(h.shape)
    dh[:, 1:] = d @ Wy.T
    dWx, dWh, db, dh0 = rnn_backward(dh, x, h, Wx, Wh)
    dWy = np.einsum("btu,btk->uk", h[:, 1:], d)
    return loss, [dWx, dWh, db, dWy, d.sum(axis=(0, 1))], dh0


# %% wrong loss_and_gradients: scores and targets are those of the last step alone
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    eye = np.eye(Wx.shape[0])
    x, y = eye[matrix[:, :-1]], eye[matrix[:, -1]]
    h = rnn_forward(x, h0, Wx, Wh, b)
    log_p = log_softmax(h[:, -1] @ Wy + c, axis=-1)
    real = (matrix[:, -1] != PAD)[:, None]
    n = max(real.sum(), 1)
    loss = -(y * log_p * real).sum() / n
    d = (np.exp(log_p) - y) * real / n
    dh = np.zeros(h.shape)
    dh[:, -1] = d @ Wy.T
    dWx, dWh, db, _ = rnn_backward(dh, x, h, Wx, Wh)
    return loss, [dWx, dWh, db, h[:, -1].T @ d, d.sum(axis=0)], h[:, -1]


# %% wrong loss_and_gradients: no guard where every target is padding
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    eye = np.eye(Wx.shape[0])
    x, y = eye[matrix[:, :-1]], eye[matrix[:, 1:]]
    h = rnn_forward(x, h0, Wx, Wh, b)
    log_p = log_softmax(h[:, 1:] @ Wy + c, axis=-1)
    real = matrix[:, 1:] != PAD
    loss = -np.mean((y * log_p).sum(-1)[real])
    d = (np.exp(log_p) - y) * real[..., None] / real.sum()
    dh = np.concatenate([np.zeros_like(h[:, :1]), d @ Wy.T], axis=1)
    dWx, dWh, db, _ = rnn_backward(dh, x, h, Wx, Wh)
    return loss, [dWx, dWh, db, np.tensordot(h[:, 1:], d, ([0, 1], [0, 1])), d.sum((0, 1))], h[:, -1]


# %% right loss_and_gradients: a list of sums over steps, targets by fancy indexing
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    batch, time = matrix.shape[0], matrix.shape[1] - 1
    x = np.zeros((batch, time, len(Wx)))
    for i in range(batch):
        for t in range(time):
            x[i, t, matrix[i, t]] = 1
    h = rnn_forward(x, h0, Wx, Wh, b)
    n = max(np.count_nonzero(matrix[:, 1:]), 1)
    loss, dWy, dc = 0.0, np.zeros_like(Wy), np.zeros_like(c)
    dh = np.zeros(h.shape)
    for t in range(time):
        log_p = log_softmax(h[:, t + 1] @ Wy + c, axis=1)
        d = np.exp(log_p)
        for i, target in enumerate(matrix[:, t + 1]):
            if target == PAD:
                d[i] = 0
            else:
                loss -= log_p[i, target] / n
                d[i, target] -= 1
        d = d / n
        dWy += h[:, t + 1].T @ d
        dc += d.sum(axis=0)
        dh[:, t + 1] = d @ Wy.T
    return loss, [*rnn_backward(dh, x, h, Wx, Wh)[:3], dWy, dc], h[:, -1]


# %% right loss_and_gradients: the gradient of a sum, divided at the end
def loss_and_gradients(weights, matrix, h0):
    Wx, Wh, b, Wy, c = weights
    eye = np.eye(len(c))
    inputs, targets = matrix[:, :-1], matrix[:, 1:]
    states = rnn_forward(eye[inputs], h0, Wx, Wh, b)
    scores = states[:, 1:] @ Wy + c
    scores = scores - scores.max(axis=-1, keepdims=True)
    p = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    picked = np.take_along_axis(log_p, targets[:, :, None], axis=2)[:, :, 0]
    real = (targets != 0).astype(float)
    n = np.maximum(real.sum(), 1.0)
    d = (p - eye[targets]) * real[:, :, None]
    grad_h = np.pad(d @ Wy.T, ((0, 0), (1, 0), (0, 0)))
    parts = list(rnn_backward(grad_h, eye[inputs], states, Wx, Wh))[:3]
    parts += [np.einsum("btu,btk->uk", states[:, 1:], d), np.einsum("btk->k", d)]
    return -(picked * real).sum() / n, [part / n for part in parts], states[:, -1]


# %% wrong train_epoch: the state isn't reset, so the second batch goes on from the first
def train_epoch(weights, matrix, batch_size, window, update, rng):
    order = rng.permutation(len(matrix))
    h = np.zeros((batch_size, len(weights[1])))
    for i in range(0, len(matrix), batch_size):
        rows = matrix[order[i : i + batch_size]]
        for t in range(0, matrix.shape[1] - 1, window):
            loss, grads, h = loss_and_gradients(weights, rows[:, t : t + window + 1], h[: len(rows)])
            weights = update(weights, clip_by_norm(grads, 1.0))
    return weights


# %% wrong train_epoch: a window of `window` columns, so one input less
def train_epoch(weights, matrix, batch_size, window, update, rng):
    order = rng.permutation(len(matrix))
    for i in range(0, len(matrix), batch_size):
        rows = matrix[order[i : i + batch_size]]
        h = np.zeros((len(rows), len(weights[1])))
        for t in range(0, matrix.shape[1] - 1, window):
            loss, grads, h = loss_and_gradients(weights, rows[:, t : t + window], h)
            weights = update(weights, clip_by_norm(grads, 1.0))
    return weights


# %% wrong train_epoch: not shuffled
def train_epoch(weights, matrix, batch_size, window, update, rng):
    for i in range(0, len(matrix), batch_size):
        rows = matrix[i : i + batch_size]
        h = np.zeros((len(rows), len(weights[1])))
        for t in range(0, matrix.shape[1] - 1, window):
            loss, grads, h = loss_and_gradients(weights, rows[:, t : t + window + 1], h)
            weights = update(weights, clip_by_norm(grads, 1.0))
    return weights


# %% wrong train_epoch: the matrix is shuffled in place
def train_epoch(weights, matrix, batch_size, window, update, rng):
    rng.shuffle(matrix)
    for i in range(0, len(matrix), batch_size):
        rows = matrix[i : i + batch_size]
        h = np.zeros((len(rows), len(weights[1])))
        for t in range(0, matrix.shape[1] - 1, window):
            loss, grads, h = loss_and_gradients(weights, rows[:, t : t + window + 1], h)
            weights = update(weights, clip_by_norm(grads, 1.0))
    return weights


# %% wrong train_epoch: the last batch is left out, and no clipping
def train_epoch(weights, matrix, batch_size, window, update, rng):
    order = rng.permutation(len(matrix))
    for k in range(len(matrix) // batch_size):
        rows = matrix[order[k * batch_size : (k + 1) * batch_size]]
        h = np.zeros((len(rows), len(weights[1])))
        for t in range(0, matrix.shape[1] - 1, window):
            loss, grads, h = loss_and_gradients(weights, rows[:, t : t + window + 1], h)
            weights = update(weights, grads)
    return weights


# %% right train_epoch: array_split at the multiples of the batch's size
def train_epoch(weights, matrix, batch_size, window, update, rng):
    shuffled = rng.permutation(matrix)
    for rows in np.split(shuffled, range(batch_size, len(shuffled), batch_size)):
        state = np.zeros((rows.shape[0], weights[1].shape[1]))
        t = 0
        while t < rows.shape[1] - 1:
            _, gradients, state = loss_and_gradients(weights, rows[:, t : t + window + 1], state)
            weights = update(weights, clip_by_norm(gradients, max_norm=1))
            t += window
    return weights


# %% right train_epoch: rng.choice without replacement
def train_epoch(weights, matrix, batch_size, window, update, rng):
    remaining = list(rng.choice(len(matrix), len(matrix), replace=False))
    while remaining:
        batch, remaining = remaining[:batch_size], remaining[batch_size:]
        rows = matrix[batch]
        h = np.zeros((len(batch), len(weights[2])))
        for start in np.arange(0, matrix.shape[1] - 1, window):
            stop = min(start + window, matrix.shape[1] - 1)
            out = loss_and_gradients(weights, rows[:, start : stop + 1], h)
            h = out[2]
            weights = update(weights, clip_by_norm(out[1], 1.0))
    return weights


# %% wrong lstm_step: the parts are taken in the order i, f, o, g
def lstm_step(x, h, c, W, U, b):
    i, f, o, g = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


# %% wrong lstm_step: no tanh of the memory in the new state
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * c, c


# %% wrong lstm_step: input and forget gate are swapped
def lstm_step(x, h, c, W, U, b):
    f, i, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    f, i, o = sigmoid(f), sigmoid(i), sigmoid(o)
    new_c = f * c + i * np.tanh(g)
    return o * np.tanh(new_c), new_c


# %% wrong lstm_step: the candidate has a sigmoid too
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(sigmoid(x @ W + h @ U + b), 4, axis=1)
    c = f * c + i * g
    return o * np.tanh(c), c


# %% wrong lstm_step: the new state shows the old memory
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    new_h = sigmoid(o) * np.tanh(c)
    return new_h, new_c


# %% wrong lstm_step: memory and state are returned in the wrong order
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return c, sigmoid(o) * np.tanh(c)


# %% wrong lstm_step: the bias is forgotten
def lstm_step(x, h, c, W, U, b):
    a = x @ W + h @ U
    n = h.shape[1]
    i, f, o = sigmoid(a[:, :n]), sigmoid(a[:, n:2 * n]), sigmoid(a[:, 3 * n:])
    c = f * c + i * np.tanh(a[:, 2 * n:3 * n])
    return o * np.tanh(c), c


# %% wrong lstm_step: the memory itself goes through tanh and is returned so
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = np.tanh(sigmoid(f) * c + sigmoid(i) * np.tanh(g))
    return sigmoid(o) * c, c


# %% right lstm_step: columns cut by hand, the sigmoid written with tanh
def lstm_step(x, h, c, W, U, b):
    def gate(a):
        return 0.5 * (1 + np.tanh(a / 2))

    n = h.shape[1]
    a = np.concatenate([x, h], axis=1) @ np.concatenate([W, U]) + b
    keep, write, show = gate(a[:, n:2 * n]), gate(a[:, :n]), gate(a[:, 3 * n:])
    memory = keep * c + write * np.tanh(a[:, 2 * n:3 * n])
    return show * np.tanh(memory), memory


# %% right lstm_step: each part by its own weights, from reshaped matrices
def lstm_step(x, h, c, W, U, b):
    n = c.shape[-1]
    W4, U4, b4 = W.reshape(-1, 4, n), U.reshape(n, 4, n), b.reshape(4, n)
    parts = [np.dot(x, W4[:, k]) + np.dot(h, U4[:, k]) + b4[k] for k in range(4)]
    i, f, g, o = (np.tanh(p) if k == 2 else sigmoid(p) for k, p in enumerate(parts))
    c_new = np.multiply(f, c) + np.multiply(i, g)
    return np.multiply(o, np.tanh(c_new)), c_new


# %% wrong gru_step: old and new change places, (1 - z) h + z g
def gru_step(x, h, W, U, b):
    xz, xr, xg = np.split(x @ W + b[0], 3, axis=1)
    hz, hr, hg = np.split(h @ U + b[1], 3, axis=1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    g = np.tanh(xg + r * hg)
    return (1 - z) * h + z * g


# %% wrong gru_step: the reset acts on h before the product with U
def gru_step(x, h, W, U, b):
    n = h.shape[1]
    a = x @ W + b[0]
    s = h @ U + b[1]
    z = sigmoid(a[:, :n] + s[:, :n])
    r = sigmoid(a[:, n:2 * n] + s[:, n:2 * n])
    g = np.tanh(a[:, 2 * n:] + (r * h) @ U[:, 2 * n:] + b[1, 2 * n:])
    return z * h + (1 - z) * g


# %% wrong gru_step: reset and update gate are swapped
def gru_step(x, h, W, U, b):
    xr, xz, xg = np.split(x @ W + b[0], 3, axis=1)
    hr, hz, hg = np.split(h @ U + b[1], 3, axis=1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    g = np.tanh(xg + r * hg)
    return z * h + (1 - z) * g


# %% wrong gru_step: the candidate sees all of the old state, no reset
def gru_step(x, h, W, U, b):
    z, r, g = np.split(x @ W + b[0] + h @ U + b[1], 3, axis=1)
    z = sigmoid(z)
    return z * h + (1 - z) * np.tanh(g)


# %% wrong gru_step: the second bias is added outside of the reset
def gru_step(x, h, W, U, b):
    xz, xr, xg = np.split(x @ W + b[0] + b[1], 3, axis=1)
    hz, hr, hg = np.split(h @ U, 3, axis=1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    g = np.tanh(xg + r * hg)
    return z * h + (1 - z) * g


# %% wrong gru_step: the reset is multiplied to the sum of both parts
def gru_step(x, h, W, U, b):
    z, r, g = np.split(x @ W + b[0] + h @ U + b[1], 3, axis=1)
    z, r = sigmoid(z), sigmoid(r)
    g = np.tanh(r * g)
    return z * h + (1 - z) * g


# %% wrong gru_step: the second row of biases is forgotten
def gru_step(x, h, W, U, b):
    xz, xr, xg = np.split(x @ W + b[0], 3, axis=1)
    hz, hr, hg = np.split(h @ U, 3, axis=1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    return z * h + (1 - z) * np.tanh(xg + r * hg)


# %% wrong gru_step: the candidate has a sigmoid instead of a tanh
def gru_step(x, h, W, U, b):
    xz, xr, xg = np.split(x @ W + b[0], 3, axis=1)
    hz, hr, hg = np.split(h @ U + b[1], 3, axis=1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    g = sigmoid(xg + r * hg)
    return z * h + (1 - z) * g


# %% right gru_step: slices, and the new state as g + z (h - g)
def gru_step(x, h, W, U, b):
    n = h.shape[1]
    first, second = x.dot(W) + b[0], h.dot(U) + b[1]
    gates = sigmoid(first[:, :2 * n] + second[:, :2 * n])
    z, r = gates[:, :n], gates[:, n:]
    g = np.tanh(first[:, 2 * n:] + r * second[:, 2 * n:])
    return g + z * (h - g)


# %% right gru_step: reshaped to (batch, 3, units)
def gru_step(x, h, W, U, b):
    batch, units = h.shape
    p = (np.matmul(x, W) + b[0]).reshape(batch, 3, units)
    q = (np.matmul(h, U) + b[1]).reshape(batch, 3, units)
    z = 1 / (1 + np.exp(-(p[:, 0] + q[:, 0])))
    r = 1 / (1 + np.exp(-(p[:, 1] + q[:, 1])))
    candidate = np.tanh(p[:, 2] + r * q[:, 2])
    return z * h + (1 - z) * candidate


# %% wrong masked_loss: padding is zeroed, but the mean divides by all places
def masked_loss(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(targets != pad_id, "float32")
    return ops.mean(losses * mask)


# %% wrong masked_loss: no mask, padding counts
def masked_loss(logits, targets, pad_id):
    return ops.mean(ops.sparse_categorical_crossentropy(targets, logits, from_logits=True))


# %% wrong masked_loss: logits are taken for probabilities (from_logits is missing)
def masked_loss(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits)
    mask = ops.cast(ops.not_equal(targets, pad_id), losses.dtype)
    return ops.sum(losses * mask) / ops.sum(mask)


# %% wrong masked_loss: padding is always 0, pad_id is ignored
def masked_loss(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(targets > 0, "float32")
    return ops.sum(losses * mask) / ops.sum(mask)


# %% wrong masked_loss: a mean of each row's mean, so short rows weigh more
def masked_loss(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(targets != pad_id, "float32")
    rows = ops.sum(losses * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1)
    return ops.mean(rows)


# %% wrong masked_loss: log of a softmax, infinite when a probability underflows
def masked_loss(logits, targets, pad_id):
    p = ops.softmax(logits, axis=-1)
    hot = ops.one_hot(targets, logits.shape[-1])
    losses = -ops.log(ops.sum(p * hot, axis=-1))
    mask = targets != pad_id
    losses = ops.where(mask, losses, 0.0)
    return ops.sum(losses) / ops.sum(ops.cast(mask, "float32"))


# %% wrong masked_loss: computed in NumPy, no gradient can pass
def masked_loss(logits, targets, pad_id):
    log_p = log_softmax(ops.convert_to_numpy(logits), axis=-1)
    y = ops.convert_to_numpy(targets)
    real = y != pad_id
    picked = log_p[real][np.arange(real.sum()), y[real]]
    return ops.convert_to_tensor(-picked.mean())


# %% wrong masked_loss: the sum over real tokens, divided by the number of rows
def masked_loss(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    mask = ops.cast(targets != pad_id, "float32")
    return ops.sum(losses * mask) / ops.cast(ops.shape(logits)[0], "float32")


# %% right masked_loss: log_softmax and one_hot, padding replaced by 0 before
def masked_loss(logits, targets, pad_id):
    real = ops.not_equal(targets, pad_id)
    safe = ops.where(real, targets, ops.zeros_like(targets))
    log_p = ops.log_softmax(logits, axis=-1)
    picked = ops.sum(log_p * ops.one_hot(safe, ops.shape(logits)[-1]), axis=-1)
    weights = ops.cast(real, picked.dtype)
    return ops.negative(ops.sum(picked * weights)) / ops.sum(weights)


# %% right masked_loss: logsumexp minus the right token's logit
def masked_loss(logits, targets, pad_id):
    mask = ops.cast(targets != pad_id, logits.dtype)
    places = targets * ops.cast(targets != pad_id, targets.dtype)
    right = ops.take_along_axis(logits, ops.expand_dims(places, -1), axis=-1)
    losses = ops.logsumexp(logits, axis=-1) - ops.squeeze(right, axis=-1)
    return ops.sum(losses * mask / ops.sum(mask))


# %% wrong build_language_model: softmax at the end, probabilities instead of logits
def build_language_model(num_tokens, cell, units):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32),
        getattr(layers, cell)(units, return_sequences=True),
        layers.Dropout(0.5),
        layers.Dense(num_tokens, activation="softmax"),
    ])


# %% wrong build_language_model: return_sequences is missing, scores for the last place only
def build_language_model(num_tokens, cell, units):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32),
        getattr(layers, cell)(units),
        layers.Dropout(0.5),
        layers.Dense(num_tokens),
    ])


# %% wrong build_language_model: bidirectional, so a score sees later tokens
def build_language_model(num_tokens, cell, units):
    rnn = getattr(layers, cell)(units, return_sequences=True)
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32),
        layers.Bidirectional(rnn),
        layers.Dropout(0.5),
        layers.Dense(num_tokens),
    ])


# %% wrong build_language_model: always a GRU, the cell is ignored
def build_language_model(num_tokens, cell, units):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 32)(inputs)
    x = layers.GRU(units, return_sequences=True)(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(num_tokens)(x))


# %% wrong build_language_model: the dense layer has `units` outputs instead of num_tokens
def build_language_model(num_tokens, cell, units):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 64)(inputs)
    x = getattr(layers, cell)(units, return_sequences=True)(x)
    outputs = layers.Dense(units)(x)
    return keras.Model(inputs, outputs)


# %% wrong build_language_model: the size is fixed, units go into the embedding instead
def build_language_model(num_tokens, cell, units):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, units),
        getattr(layers, cell)(128, return_sequences=True),
        layers.Dropout(0.5),
        layers.Dense(num_tokens),
    ])


# %% wrong build_language_model: two recurrent layers instead of one
def build_language_model(num_tokens, cell, units):
    Cell = getattr(layers, cell)
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32),
        Cell(units, return_sequences=True),
        layers.Dropout(0.5),
        Cell(units, return_sequences=True),
        layers.Dense(num_tokens),
    ])


# %% wrong build_language_model: dropout is switched on for good, scores are random in use too
def build_language_model(num_tokens, cell, units):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 32)(inputs)
    x = getattr(layers, cell)(units, return_sequences=True)(x)
    x = layers.Dropout(0.5)(x, training=True)
    return keras.Model(inputs, layers.Dense(num_tokens)(x))


# %% right build_language_model: functional, a dict of cells, TimeDistributed, compiled
def build_language_model(num_tokens, cell, units):
    cells = {"SimpleRNN": layers.SimpleRNN, "LSTM": layers.LSTM, "GRU": layers.GRU}
    inputs = keras.Input(shape=(None,), dtype="int32", name="ids")
    x = layers.Embedding(input_dim=num_tokens, output_dim=48)(inputs)
    x = layers.SpatialDropout1D(0.1)(x)
    x = cells[cell](units, return_sequences=True, dropout=0.2)(x)
    outputs = layers.TimeDistributed(layers.Dense(num_tokens))(x)
    model = keras.Model(inputs, outputs, name="language_model")
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% right build_language_model: Sequential with add, no dropout
def build_language_model(num_tokens, cell, units):
    if cell == "LSTM":
        rnn = layers.LSTM(units, return_sequences=True)
    elif cell == "GRU":
        rnn = layers.GRU(units, return_sequences=True)
    else:
        rnn = layers.SimpleRNN(units, return_sequences=True)
    model = keras.models.Sequential()
    model.add(layers.Input((None,), dtype="int32"))
    model.add(layers.Embedding(num_tokens, 16, embeddings_initializer="glorot_uniform"))
    model.add(rnn)
    model.add(layers.Dense(num_tokens, activation="linear", kernel_initializer="he_normal"))
    return model


# %% wrong sample_name: padding and start aren't excluded
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens = list(token_to_id)
    ids = [1] + [token_to_id[c] for c in prefix]
    name = prefix
    while len(name) < max_len:
        p = softmax(np.asarray(next_logits(ids)) / temperature)
        i = int(rng.choice(len(p), p=p))
        if i == 2:
            break
        ids.append(i)
        name += tokens[i]
    return name


# %% wrong sample_name: the scores are multiplied by the temperature
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    id_to_token = {i: t for t, i in token_to_id.items()}
    ids = [token_to_id["<start>"]] + [token_to_id[c] for c in prefix]
    while len(ids) - 1 < max_len:
        scores = np.array(next_logits(ids), dtype=float) * temperature
        scores[:2] = -np.inf
        p = np.exp(scores - scores.max())
        drawn = int(rng.choice(len(p), p=p / p.sum()))
        if drawn == token_to_id["<end>"]:
            break
        ids.append(drawn)
    return "".join(id_to_token[i] for i in ids[1:])


# %% wrong sample_name: max_len counts only what is drawn, not the prefix
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    id_to_token = {i: t for t, i in token_to_id.items()}
    ids = [token_to_id["<start>"]] + [token_to_id[c] for c in prefix]
    for _ in range(max_len):
        scores = np.array(next_logits(ids), dtype=float) / temperature
        scores[:2] = -np.inf
        p = np.exp(scores - scores.max())
        drawn = int(rng.choice(len(p), p=p / p.sum()))
        if drawn == token_to_id["<end>"]:
            break
        ids.append(drawn)
    return "".join(id_to_token[i] for i in ids[1:])


# %% wrong sample_name: drawn by np.random, not by the generator
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens = list(token_to_id)
    ids = [1] + [token_to_id[c] for c in prefix]
    while len(ids) <= max_len:
        scores = np.array(next_logits(ids), dtype=float) / temperature
        scores[[0, 1]] = -np.inf
        drawn = int(np.random.choice(len(scores), p=softmax(scores)))
        if drawn == 2:
            break
        ids.append(drawn)
    return "".join(tokens[i] for i in ids[1:])


# %% wrong sample_name: the largest score is taken, nothing is drawn
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens = list(token_to_id)
    ids = [1] + [token_to_id[c] for c in prefix]
    while len(ids) <= max_len:
        scores = np.array(next_logits(ids), dtype=float) / temperature
        scores[:2] = -np.inf
        best = int(np.argmax(softmax(scores)))
        if best == 2:
            break
        ids.append(best)
    return "".join(tokens[i] for i in ids[1:])


# %% wrong sample_name: the prefix is missing from the result
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    id_to_token = {i: t for t, i in token_to_id.items()}
    ids = [1] + [token_to_id[c] for c in prefix]
    drawn = ""
    while len(prefix) + len(drawn) < max_len:
        scores = np.array(next_logits(ids), dtype=float) / temperature
        scores[:2] = -np.inf
        i = int(rng.choice(len(scores), p=softmax(scores)))
        if i == 2:
            break
        ids.append(i)
        drawn += id_to_token[i]
    return drawn


# %% wrong sample_name: nothing is subtracted before np.exp, large scores overflow to NaN
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens = list(token_to_id)
    ids = [1] + [token_to_id[c] for c in prefix]
    while len(ids) - 1 < max_len:
        p = np.exp(np.array(next_logits(ids), dtype=float) / temperature)
        p[:2] = 0
        i = int(rng.choice(len(p), p=p / p.sum()))
        if i == 2:
            break
        ids.append(i)
    return "".join(tokens[i] for i in ids[1:])


# %% wrong sample_name: the network gets only the last token, not all so far
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens = list(token_to_id)
    ids = [1] + [token_to_id[c] for c in prefix]
    while len(ids) - 1 < max_len:
        scores = np.array(next_logits([ids[-1]]), dtype=float) / temperature
        scores[:2] = -np.inf
        i = int(rng.choice(len(scores), p=softmax(scores)))
        if i == 2:
            break
        ids.append(i)
    return "".join(tokens[i] for i in ids[1:])


# %% right sample_name: Gumbel noise and argmax over all but padding and start
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens = sorted(token_to_id, key=token_to_id.get)
    ids = [token_to_id[t] for t in ["<start>", *prefix]]
    name = prefix
    while len(name) < max_len:
        scores = np.asarray(next_logits(list(ids)), dtype=np.float64)[2:] / temperature
        token = tokens[2 + np.argmax(scores + rng.gumbel(size=len(scores)))]
        if token == "<end>":
            return name
        name += token
        ids.append(token_to_id[token])
    return name


# %% right sample_name: a uniform number looked up in the cumulative sum
def sample_name(next_logits, token_to_id, prefix, temperature, max_len, rng):
    id_to_token = dict(map(reversed, token_to_id.items()))
    ids = [1] + [token_to_id[char] for char in prefix]
    for _ in range(max_len - len(prefix)):
        scores = np.array(next_logits(ids), dtype=float)
        weights = np.exp((scores - scores[2:].max()).clip(max=0) / temperature)
        weights[0] = weights[1] = 0
        cumulative = np.cumsum(weights)
        drawn = int(np.searchsorted(cumulative, rng.random() * cumulative[-1], side="right"))
        if drawn == token_to_id["<end>"]:
            break
        ids.append(drawn)
    return prefix + "".join(id_to_token[i] for i in ids[1 + len(prefix):])


# %% wrong build_classifier: no mask, padding changes the answer
def build_classifier(num_tokens, num_classes):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32),
        layers.Bidirectional(layers.GRU(64)),
        layers.Dropout(0.5),
        layers.Dense(num_classes),
    ])


# %% wrong build_classifier: softmax at the end, probabilities instead of logits
def build_classifier(num_tokens, num_classes):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32, mask_zero=True),
        layers.Bidirectional(layers.LSTM(64)),
        layers.Dropout(0.5),
        layers.Dense(num_classes, activation="softmax"),
    ])


# %% wrong build_classifier: return_sequences, so there are logits for every place
def build_classifier(num_tokens, num_classes):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32, mask_zero=True),
        layers.Bidirectional(layers.GRU(64, return_sequences=True)),
        layers.Dropout(0.5),
        layers.Dense(num_classes),
    ])


# %% wrong build_classifier: no recurrent layer, a mean of embeddings
def build_classifier(num_tokens, num_classes):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 64, mask_zero=True),
        layers.GlobalAveragePooling1D(),
        layers.Dense(64, activation="relu"),
        layers.Dense(num_classes),
    ])


# %% wrong build_classifier: Masking behind an embedding without mask_zero masks nothing
def build_classifier(num_tokens, num_classes):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 32)(inputs)
    x = layers.Masking(mask_value=0.0)(x)
    x = layers.Bidirectional(layers.LSTM(64))(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: a convolution after the embedding loses the mask and reads padding
def build_classifier(num_tokens, num_classes):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_tokens, 32, mask_zero=True),
        layers.Conv1D(32, 3, padding="same", activation="relu"),
        layers.GRU(64),
        layers.Dense(num_classes),
    ])


# %% wrong build_classifier: states of all places averaged, padding's included (no mask)
def build_classifier(num_tokens, num_classes):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 32, mask_zero=True)(inputs)
    x = layers.GRU(64, return_sequences=True)(x)
    x = ops.mean(x, axis=1)
    x = layers.Dropout(0.3)(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: the last place of all states, where the way back has read only one
def build_classifier(num_tokens, num_classes):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 32, mask_zero=True)(inputs)
    x = layers.Bidirectional(layers.GRU(64, return_sequences=True))(x)
    x = layers.Dropout(0.5)(x[:, -1])
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% right build_classifier: two recurrent layers and a hidden dense layer, functional
def build_classifier(num_tokens, num_classes):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 24, mask_zero=True)(inputs)
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.Dropout(0.3)(x)
    x = layers.LSTM(32)(x)
    x = layers.Dense(32, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(num_classes, name="logits")(x))


# %% right build_classifier: the mask is made by hand and averages the states of real tokens
def build_classifier(num_tokens, num_classes):
    ids = keras.Input((None,), dtype="int32")
    real = ops.not_equal(ids, 0)
    x = layers.Embedding(num_tokens, 32)(ids)
    x = layers.GRU(48, return_sequences=True)(x, mask=real)
    weights = ops.expand_dims(ops.cast(real, "float32"), -1)
    mean = ops.sum(x * weights, axis=1) / ops.maximum(ops.sum(weights, axis=1), 1.0)
    return keras.Model(ids, layers.Dense(num_classes)(layers.Dropout(0.4)(mean)))


# %% wrong build_tagger: no mask, the way back begins in the padding
def build_tagger(num_words, num_tags):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_words, 64),
        layers.Bidirectional(layers.LSTM(64, return_sequences=True)),
        layers.Dropout(0.5),
        layers.Dense(num_tags),
    ])


# %% wrong build_tagger: reads forwards only
def build_tagger(num_words, num_tags):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_words, 64, mask_zero=True),
        layers.LSTM(64, return_sequences=True),
        layers.Dropout(0.5),
        layers.Dense(num_tags),
    ])


# %% wrong build_tagger: softmax at the end, probabilities instead of logits
def build_tagger(num_words, num_tags):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_words, 64, mask_zero=True),
        layers.Bidirectional(layers.GRU(64, return_sequences=True)),
        layers.Dropout(0.5),
        layers.Dense(num_tags, activation="softmax"),
    ])


# %% wrong build_tagger: return_sequences is missing, one row of scores a sentence
def build_tagger(num_words, num_tags):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_words, 64, mask_zero=True),
        layers.Bidirectional(layers.GRU(64)),
        layers.Dropout(0.5),
        layers.Dense(num_tags),
    ])


# %% wrong build_tagger: the backward layer's states aren't turned round, they meet other words
def build_tagger(num_words, num_tags):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_words, 64, mask_zero=True)(inputs)
    there = layers.LSTM(64, return_sequences=True)(x)
    back = layers.LSTM(64, return_sequences=True, go_backwards=True)(x)
    both = layers.Concatenate()([there, back])
    return keras.Model(inputs, layers.Dense(num_tags)(both))


# %% wrong build_tagger: one score too few, padding's tag is left out (num_tags - 1)
def build_tagger(num_words, num_tags):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_words, 64, mask_zero=True),
        layers.Bidirectional(layers.LSTM(64, return_sequences=True)),
        layers.Dropout(0.5),
        layers.Dense(num_tags - 1),
    ])


# %% wrong build_tagger: relu on the scores, none can be negative
def build_tagger(num_words, num_tags):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_words, 64, mask_zero=True)(inputs)
    x = layers.Bidirectional(layers.GRU(64, return_sequences=True))(x)
    x = layers.Dropout(0.3)(x)
    return keras.Model(inputs, layers.Dense(num_tags, activation="relu")(x))


# %% wrong build_tagger: scaling the embedding by an op loses its mask, the LSTM reads padding
def build_tagger(num_words, num_tags):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_words, 64, mask_zero=True)(inputs)
    x = x * ops.sqrt(64.0)
    x = layers.Dropout(0.2)(x)
    x = layers.Bidirectional(layers.LSTM(64, return_sequences=True))(x)
    return keras.Model(inputs, layers.Dense(num_tags)(x))


# %% right build_tagger: merge_mode sum and two layers deep
def build_tagger(num_words, num_tags):
    model = keras.Sequential(name="tagger")
    model.add(keras.Input((None,), dtype="int32"))
    model.add(layers.Embedding(num_words, 48, mask_zero=True))
    for _ in range(2):
        rnn = layers.GRU(32, return_sequences=True, recurrent_dropout=0.1)
        model.add(layers.Bidirectional(rnn, merge_mode="sum"))
    model.add(layers.TimeDistributed(layers.Dense(num_tags)))
    return model


# %% right build_tagger: two LSTMs by hand, the mask given to both and the second flipped back
def build_tagger(num_words, num_tags):
    words = keras.Input((None,), dtype="int32")
    mask = ops.not_equal(words, 0)
    x = layers.Dropout(0.2)(layers.Embedding(num_words, 40)(words))
    there = layers.LSTM(32, return_sequences=True)(x, mask=mask)
    back = layers.LSTM(32, return_sequences=True, go_backwards=True)(x, mask=mask)
    back = ops.flip(back, axis=1)
    x = layers.concatenate([there, back])
    return keras.Model(words, layers.Dense(num_tags)(x))
