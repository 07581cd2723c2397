"""Which code trained: what a checkpoint notes of the learner's own code.

    parts = parts_of(model, batches, callbacks)   # kept in the checkpoint
    what_differs(parts_before, parts)             # ["loss `own_loss`"]

Comments, names and places don't count, nor does the version of Python.
"""

from .objects import holds_own_code
from .reached import reach

TRANSFORMATIONS = ("augment", "transform")  # the attributes of batches that are functions
MOST = 1000  # numbers of an array from which it is data: `fingerprint` looks at the first batch
MOST_NAMED = 2
DISPLAY = "metrics"  # they don't change what is trained


def parts_of(model, batches, callbacks=()):
    """Return {part: {"all": hash, "names": {name: hash}}} of the learner's code in a training.

    model: a compiled keras.Model. batches: SeededBatches. callbacks: those that are the learner's
    count, and what Keras's own ones were given. The result can be kept as JSON.
    """
    changes = [getattr(batches, name, None) for name in TRANSFORMATIONS]
    metrics = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    found = {
        "network": ([model], None, ("loss", "optimizer")),
        "loss": ([getattr(model, "loss", None)],),
        "optimizer": ([model.optimizer],),
        "augmentation": (changes,),
        "batches": ([batches], MOST, TRANSFORMATIONS),
        "callback": ([one for one in callbacks if holds_own_code(one)], MOST),
        DISPLAY: ([metrics], MOST),
    }
    found = {part: _reached(*arguments) for part, arguments in found.items()}
    return {part: {"all": whole, "names": names} for part, (whole, names) in found.items()}


def _reached(*arguments):
    try:
        return reach(*arguments)
    except Exception:  # an object that can't be looked at must not stop a training
        return None, {}


def what_differs(before, now):
    """Return the parts of a training that differ, in words. before, now: from `parts_of`."""
    return [
        _in_words(part, before.get(part), now[part]) for part in now if _other(before, now, part)
    ]


def _other(before, now, part):
    hashes = before.get(part, {}).get("all"), now[part]["all"]
    return None not in hashes and hashes[0] != hashes[1]


def _in_words(part, before, now):
    """Return a part, and the names in it whose code is new or isn't what it was."""
    known = before["names"] if before else {}
    changed = [name for name, text in now["names"].items() if known.get(name) != text]
    changed = [name for name in changed if name and "<" not in name]
    named = ", ".join(f"`{name}`" for name in changed[:MOST_NAMED])
    return f"{part} {named}".strip()
