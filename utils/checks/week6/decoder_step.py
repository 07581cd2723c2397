"""Check of `decoder_step`: the embedding, one step of the LSTM, the two layers behind it."""

import keras
import numpy as np
from keras import ops
from scipy.special import expit

from ..check import new_check

NAMES = "words", "lstm", "bottleneck", "logits"

decoder_step = new_check(__name__, points=2, rtol=1e-3, atol=1e-4)


def _step(
    decoder, token_ids, state, given=list, read=lambda h, c: h, next_state=lambda h, c, old: [h, c],
    narrow=None, finish=lambda logits: logits, answer=lambda logits, state: (logits, state),
    tokens=lambda ids: ids, times=1, unpack=lambda cell: cell[1],
):  # fmt: skip
    """Return logits and the next state, with changes.

    given: function of the state that the LSTM gets; read: what of the new state goes on to the
    dense layers; next_state: what is returned as the state; times: steps of the LSTM; unpack:
    from what its cell returns to h and c.
    """
    embed, lstm, to_narrow, score = map(decoder.get_layer, NAMES)
    h, c = given(state)
    for _ in range(times):
        h, c = unpack(lstm.cell(embed(tokens(token_ids)), [h, c]))
    x = to_narrow(read(h, c))
    logits = finish(score(narrow(x) if narrow else x))
    return answer(logits, next_state(h, c, state))


def _zeros(state):
    return [ops.zeros_like(part) for part in state]


decoder_step.add_mistakes(
    _step,
    [
        (
            "You returned the state that came in: the caption would forget each word at once. "
            "Return the one that the LSTM gives.",
            {"next_state": lambda h, c, old: old},
        ),
        (
            "The LSTM starts anew from zeros here; give it the state that comes in.",
            {"given": _zeros},
        ),
        (
            "State and memory go in the wrong way round: the state is [h, c], h first.",
            {"given": lambda state: state[::-1]},
        ),
        (
            "h goes in twice; the memory c, which is the second part of the state, isn't used.",
            {"given": lambda state: [state[0], state[0]]},
        ),
        (
            "State and memory come back the wrong way round: return [h, c], h first.",
            {"next_state": lambda h, c, old: [c, h]},
        ),
        (
            "You returned h twice; the second part of the state is the memory c.",
            {"next_state": lambda h, c, old: [h, h]},
        ),
        (
            "Only h comes back; the state is a list of two, [h, c].",
            {"next_state": lambda h, c, old: h},
        ),
        (
            "The dense layers read the memory c; they read the LSTM's output, which is h.",
            {"read": lambda h, c: c},
        ),
        (
            "The layer `bottleneck` has its elu already; you applied another one.",
            {"narrow": ops.elu},
        ),
        (
            "These are probabilities; return the logits, without a softmax.",
            {"finish": ops.softmax},
        ),
        (
            "These are log-probabilities; return the logits as they are.",
            {"finish": ops.log_softmax},
        ),
        (
            "You chose a token already; return the scores of all tokens, whoever calls chooses.",
            {"finish": lambda logits: ops.argmax(logits, axis=-1)},
        ),
        (
            "An axis of time is left in the logits: they have the shape (n, vocab_size).",
            {"finish": lambda logits: logits[:, None]},
        ),
        (
            "The logits come back alone; return the new state with them.",
            {"answer": lambda logits, state: logits},
        ),
        (
            "Three things come back; return two, the logits and the list [h, c].",
            {"answer": lambda logits, state: (logits, *state)},
        ),
        (
            "The logits come first, then the state.",
            {"answer": lambda logits, state: (state, logits)},
        ),
        (
            "The LSTM's cell returns two things: its output h, and the list of both new states. "
            "You took that list for the memory c.",
            {"unpack": lambda cell: (cell[0], cell[1])},
        ),
        (
            "Your LSTM takes two steps with the same token; one call of its cell is one step.",
            {"times": 2},
        ),
        (
            "All captions get the first one's token; each has its own.",
            {"tokens": lambda ids: ops.zeros_like(ids) + ids[0]},
        ),
    ],
)

decoder_step.alternative(_step)


@decoder_step.alternative
def by_a_layer_with_states(decoder, token_ids, state):
    embed, lstm, narrow, score = map(decoder.get_layer, NAMES)
    words = ops.expand_dims(embed(ops.convert_to_tensor(token_ids)), axis=1)  # (n, 1, length)
    one = keras.layers.LSTM(lstm.units, return_state=True)
    one.build(words.shape)
    one.set_weights(lstm.get_weights())
    output, h, c = one(words, initial_state=[ops.convert_to_tensor(part) for part in state])
    return score(narrow(output)), (h, c)


@decoder_step.alternative
def by_numpy(decoder, token_ids, state):
    (table,), lstm, narrow, score = (decoder.get_layer(name).get_weights() for name in NAMES)
    h, c = (np.asarray(part) for part in state)
    gates = np.split(table[token_ids] @ lstm[0] + h @ lstm[1] + lstm[2], 4, axis=1)
    i, f, o = (expit(gates[place]) for place in (0, 1, 3))
    c = f * c + i * np.tanh(gates[2])
    h = o * np.tanh(c)
    x = h @ narrow[0] + narrow[1]
    x = np.where(x > 0, x, np.expm1(x))
    return x @ score[0] + score[1], [h, c]
