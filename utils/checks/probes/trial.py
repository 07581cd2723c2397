"""The clean side of the wall: runs the probe of an exercise on a function that answers from a box.

It is a process of its own, in a box of its own, without any code of the learner's.
"""

import contextlib
import importlib
import random
import socket
import sys
from hashlib import sha256
from time import perf_counter

import numpy as np

from .by_values import NeedsStructure
from .recorder import plain
from .serialize import encode
from .wire import MAX_MESSAGE, TOO_LARGE, Apart, Gone, Stream

MAX_EVIDENCE = MAX_MESSAGE // 2  # characters: in a message it is a string
PACKAGE = __package__


def serve(control, stream):
    """Run probes as the grader asks for them, until it closes the connection.

    control: Stream to the grader; stream: Stream to the box of the learner's code.
    """
    while True:
        try:
            request = control.receive()
        except Gone:
            return
        control.send({"exercise": request["exercise"], **answer(request, stream)})
        if stream.is_closed:
            return


def warm_up():
    """Have Keras's backend do what it does once, while the kernel beside is still starting."""
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])(np.ones((1, 2)))


def answer(request, stream):
    """Return what to tell the grader: {"evidence", "interface", "held", "seconds"}, or {"problem"}.

    request: {"week", "exercise", "seed"}. Evidence is text, see `serialize`; held: why a right
    answer must be looked at by a person, or ''.
    """
    start = perf_counter()
    try:
        apart = Apart(stream, request["exercise"])
    except Gone as problem:
        return {"problem": str(problem)}
    try:
        evidence, held = _try(apart, request["week"], request["exercise"], request["seed"])
        text = encode(evidence)
        if len(text) > MAX_EVIDENCE:
            raise Gone(TOO_LARGE)
        sent = {"evidence": text, "interface": apart.about, "held": held}
    except Gone as problem:
        sent = {"problem": str(problem)}
    except Exception as error:  # what the probe doesn't expect
        sent = {"problem": f"The evidence can't be read ({type(error).__name__})."}
    with contextlib.suppress(Gone):
        apart.end()
    return {**sent, "seconds": perf_counter() - start}


def _try(apart, week, exercise, seed):
    try:
        return whole(apart, week, exercise, seed), ""
    except NeedsStructure as reason:
        evidence, _ = apart.attempt_inside(whole, (week, exercise, seed))
        return [{**seen, "value": plain(seen["value"])} for seen in evidence], str(reason)


def whole(function, week, exercise, seed):
    """Return the evidence of an exercise. As a recipe, it is what the box itself says of a network
    that can't leave: then a person must look."""
    probe = getattr(importlib.import_module(f".week{week}", PACKAGE), exercise)
    random.seed(seed)
    np.random.seed(seed % 2**32)  # what Keras draws first weights from
    return probe(function, np.random.default_rng(seed))


def other_seed(seed):
    """Return a seed for the learner's side, from which that of the probe can't be told."""
    return int.from_bytes(sha256(f"{seed} inside".encode()).digest()[:8], "big")


def connect(number):
    """Return a Stream over a connected socket. number: int, its descriptor."""
    connection = socket.socket(fileno=number)
    return Stream(connection.makefile("rb"), connection.makefile("wb"))
