"""What a rebuilt notebook calls: run a probe on an exercise, and show its evidence."""

import json
import random
from time import perf_counter

import numpy as np
from IPython.display import publish_display_data

from . import course_stand_ins
from .serialize import MIME, encode, interface
from .snapshot import Snapshot

_before = None


def exercise(item):
    """The decorator of the notebooks, which here leaves things as they are."""
    return item


def begin(profile):
    """Prepare for the learner's code, and remember the libraries as they are before it. The first
    cell calls it. profile: str, by which `pick` chooses the notebook's constants."""
    global _before
    course_stand_ins.install(profile)
    _before = Snapshot()


def show(item, probe, seed):
    """Probe an exercise on inputs drawn from `seed`, and publish the evidence."""
    changed = _before.restore()
    random.seed(seed)
    np.random.seed(seed % 2**32)
    start = perf_counter()
    evidence = encode(probe(item, np.random.default_rng(seed)))
    seconds = perf_counter() - start
    answer = {
        "evidence": evidence,
        "interface": interface(item),
        "changed": changed + _before.restore(),
        "seconds": seconds,
    }
    publish_display_data({MIME: json.dumps(answer), "text/plain": "evidence"})
