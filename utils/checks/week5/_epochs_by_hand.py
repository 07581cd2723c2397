"""What must hold for an epoch of training by hand, and what is said where it doesn't."""

ONCE = "each name is read once"
SIZES = "names in each batch"
SAME = "the same generator gives the same order"
OTHER = "another generator gives another order"
NOT_SHUFFLED = (
    "Whatever generator comes in, the names come in the same order: draw a new order from `rng`."
)
OTHER_SOURCE = "Draw the order from `rng` alone; another source of chance can't be repeated."
REPEATED = (
    "Some names are read twice in an epoch and others never: draw one order of all rows, and cut "
    "it into batches."
)
LEFT_OUT = "Some names are never read: the last batch is smaller, but it belongs to the epoch."


def facts_of_epochs(evidence):
    """Replace which tokens each update saw by what that says of the batches."""
    result, orders = [], []
    for seen in evidence:
        value, facts = seen["value"], seen["facts"]
        if "role" in facts and isinstance(value, dict):
            batches = _batches(value["read in each update"], facts["letters"])
            value = _of_batches(batches, orders, facts["role"])
        result.append({**seen, "value": value})
        if "role" in facts and not all((value or {}).get(name, True) for name in (SAME, OTHER)):
            break
    return result


def _batches(updates, letters):
    """Return the numbers of the names whose letters each update saw."""
    return [
        tuple(i for i, own in enumerate(letters) if set(own.tolist()) & set(tokens))
        for tokens in updates
    ]


def _of_batches(batches, orders, role):
    """Return what must hold. orders: batches of the calls before, to which these are added."""
    orders.append(batches)
    number = max((i for batch in batches for i in batch), default=-1) + 1
    read = sorted(i for batch in batches for i in batch)
    value = {ONCE: _how_often(read), SIZES: list(map(len, batches))}
    if role == "again":
        value[SAME] = batches == orders[0]
    if role == "last":
        value[OTHER] = any(order != orders[0] for order in orders)
    return value if number else {ONCE: "none is read"}


def _how_often(read):
    if len(set(read)) < len(read):
        return "some twice"
    return "yes" if len(read) == 7 else "some never"


def _of_once(ours, _):
    return {"some twice": REPEATED, "some never": LEFT_OUT}.get(ours, "")


SENTENCES = {
    ONCE: _of_once,
    SAME: OTHER_SOURCE,
    OTHER: NOT_SHUFFLED,
}
