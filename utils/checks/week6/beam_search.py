"""Check of `beam_search`: sums of log-probabilities, states that follow, captions that are over."""

import heapq

import numpy as np
from scipy.special import log_softmax

from ..check import new_check
from ._beams import changed_beam
from ._decoding_steps import ONE_BY_ONE, SENTENCES, grow, one_by_one
from ._wrong_beams import ALIKE, ROWS

beam_search = new_check(__name__, points=3, sentences=SENTENCES)

beam_search.add_mistakes(changed_beam, ROWS)


@beam_search.mistake(ALIKE)
def greedy_alone(step, start_state, start_id, end_id, width, max_len):
    return grow(step, start_state, start_id, end_id, max_len)


@beam_search.mistake(ONE_BY_ONE)
def beam_by_image(step, start_state, start_id, end_id, width, max_len):
    return one_by_one(changed_beam, step, start_state, start_id, end_id, width, max_len)


beam_search.alternative(changed_beam)


@beam_search.alternative
def with_live_rows_alone(step, start_state, start_id, end_id, width, max_len):
    """Keep a heap for each image; give `step` only captions that aren't over."""
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
