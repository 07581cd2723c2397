"""The first layer in which a network differs from the one that an exercise prescribes."""

import difflib

WORDS = {
    "units": "units", "filters": "filters", "kernel_size": "a kernel of", "strides": "strides of",
    "padding": "padding", "use_bias": "use_bias", "rate": "a rate of", "pool_size": "a pool of",
    "return_sequences": "return_sequences", "momentum": "a momentum of", "output_dim": "output_dim",
    "input_dim": "input_dim", "mask_zero": "mask_zero", "function": "function", "axis": "axis",
    "go_backwards": "go_backwards", "merge_mode": "merge_mode", "trainable": "trainable",
}  # fmt: skip


def first_difference(pairs, compared):
    """Return what differs in the first layer that does, one sentence, or None.

    pairs: observations of an answer and of the reference; compared: collection of str, which
    options of layers an exercise prescribes, and "activation", "Dropout" and so on for kinds.
    """
    for ours, theirs in pairs:
        if ours.get("layers") and theirs.get("layers"):
            found = _compare(_rows(ours, compared), _rows(theirs, compared))
            if found:
                return found
    return None


def _rows(seen, compared):
    rows = []
    for row in seen["layers"]:
        kept = {key: value for key, value in row.items() if key in compared or key == "kind"}
        rows.append(kept)
    return rows


def _compare(ours, theirs):
    kinds = [[row["kind"] for row in rows] for rows in (ours, theirs)]
    steps = difflib.SequenceMatcher(None, *kinds, autojunk=False).get_opcodes()
    for step, i, i_end, j, j_end in steps:
        if step == "equal":
            for our, their in zip(ours[i:i_end], theirs[j:j_end]):
                found = _options(our, their, _number(theirs, their, j))
                if found:
                    return found
        elif step == "delete":
            return f"There is {_a(ours[i])} {_after(ours, i)} that shouldn't be there."
        elif step == "insert":
            return f"There should be {_a(theirs[j])} {_after(theirs, j)}; it is missing."
        else:
            return f"There should be {_a(theirs[j])} {_after(theirs, j)}; yours is {_a(ours[i])}."
    return None


def _options(our, their, where):
    for key, right in their.items():
        got = our.get(key)
        if got != right:
            if key in ("units", "filters"):
                return f"{where} should have {right} {key}; yours has {got}."
            name = WORDS.get(key, key)
            return f"{where} should have {name} {right}; yours has {got}."
    return None


def _number(rows, row, _):
    kind = row["kind"]
    same = [other for other in rows if other["kind"] == kind]
    if len(same) == 1:
        return f"The {kind} layer"
    number = next(i for i, other in enumerate(same) if other is row) + 1
    return f"The {kind} layer number {number}"


def _a(row):
    name = row["kind"]
    for key in ("units", "filters"):
        if key in row:
            name += f" layer of {row[key]} {key}"
    article = "an" if name[0].lower() in "aeiou" or name.startswith(("RNN", "LSTM")) else "a"
    return f"{article} {name}"


def _after(rows, index):
    return f"after {rows[index - 1]['kind']}" if index else "at the start"
