"""The two lines of `one_cycle`, and mistakes in them, as rows of switches."""

import math

import keras


def rising(done, warmup):
    return done / warmup


def falling(done, warmup):
    return (1 - done) / (1 - warmup)


def _cosine(share):
    return 0.5 * (1 - keras.ops.cos(math.pi * share))


def _from_peak_on(done, warmup, up, down):
    return keras.ops.where(done < warmup, up(done, warmup), down(done, warmup))


def _of_where(down):
    """Switches for a way down that is used from the peak on, whatever the other line says."""
    return {"down": down, "join": _from_peak_on}


MIDDLE = "Your peak is in the middle; it should come after a fraction `warmup` of the steps."
CUT = (
    "You made a whole number of the warm-up's steps; the peak may lie between two: leave the "
    "product of `warmup` and `total_steps` as it is."
)
FROM_ALL = (
    "Your way down is spread over all steps; only those after the peak count, a share of "
    "1 − `warmup`, so divide by that."
)
ROWS = [
    (
        "You took the larger of the two lines; the smaller one is right on both sides of the peak.",
        {"join": lambda done, w, up, down: keras.ops.maximum(up(done, w), down(done, w))},
    ),
    (
        "You added the two lines; the smaller of them counts.",
        {"join": lambda done, w, up, down: up(done, w) + down(done, w)},
    ),
    (
        "You multiplied the two lines; the smaller of them counts.",
        {"join": lambda done, w, up, down: up(done, w) * down(done, w)},
    ),
    ("The rate must come down to 0 again after the peak.", {"down": lambda done, w: 1.0}),
    (
        "Your rate goes on rising after the peak; it must come down to 0.",
        {"down": lambda done, w: 1e9},
    ),
    (
        "The rate must rise from 0 at first; yours starts at the peak.",
        {"up": lambda done, w: 1.0},
    ),
    (
        "The rate must rise from 0 at first; yours falls from the first step on.",
        {"join": lambda done, w, up, down: 1 - done},
    ),
    (
        "The rate must rise from 0 at first; yours lies on the falling line from the start.",
        {"join": lambda done, w, up, down: down(done, w)},
    ),
    (
        "The rate must rise from 0 at first; before the peak, yours is 0.",
        {"up": lambda done, w: 0.0, "join": _from_peak_on},
    ),
    (
        "After the peak your rate is 0 at once; it should fall in a straight line.",
        _of_where(lambda done, w: 0.0 * done),
    ),
    (
        "The peak is missing: your rate rises to 1; multiply by the peak, the largest rate.",
        {"height": lambda rate, peak: rate},
    ),
    (
        "You multiplied by the peak twice.",
        {"height": lambda rate, peak: peak**2 * rate},
    ),
    ("You divided by the peak; multiply by it.", {"height": lambda rate, peak: rate / peak}),
    (MIDDLE, {"share": lambda warmup: 0.5}),
    (
        "Your peak is always after 0.3 of the steps; use the argument `warmup`.",
        {"share": lambda warmup: 0.3},
    ),
    (
        "You exchanged `warmup` and 1 − `warmup`: the rate rises for the share `warmup` of the "
        "steps, and falls for the rest.",
        {"share": lambda warmup: 1 - warmup},
    ),
    (CUT, {"whole": math.floor}),
    (CUT, {"whole": math.ceil}),
    (CUT, {"whole": round}),
    (FROM_ALL, _of_where(lambda done, w: 1 - done)),
    (FROM_ALL, {"down": lambda done, w: 1 - done}),
    (FROM_ALL, _of_where(lambda done, w: 1 - (done - w))),
    (FROM_ALL, {"down": lambda done, w: 1 - (done - w)}),
    (
        "Your way down starts at the peak's step and lasts only as long as the way up; it "
        "takes all the rest of the steps.",
        {"down": lambda done, w: keras.ops.maximum(2 - done / w, 0.0)},
    ),
    (
        "Your way down divides by `warmup`, so it is as steep as the way up, and goes below 0: "
        "divide by 1 − `warmup`.",
        {"down": lambda done, w: 2 - done / w},
    ),
    (
        "Your falling line divides by `warmup`: it takes 1 − `warmup` of the steps.",
        {"down": lambda done, w: (1 - done) / w},
    ),
    (
        "Your rising line divides by 1 − `warmup`: it takes the share `warmup` of the steps.",
        {"up": lambda done, w: done / (1 - w)},
    ),
    (
        "Your rising line isn't divided by `warmup`, so it doesn't reach the peak there.",
        {"up": lambda done, w: done},
    ),
    (
        "Your rising line isn't divided by `warmup`, so it doesn't reach the peak there.",
        {"up": lambda done, w: done, "join": _from_peak_on},
    ),
    (
        "Your rising line is multiplied by `warmup`; divide by it.",
        {"up": lambda done, w: done * w},
    ),
    (
        "The way down is turned round: after the peak yours starts at 0 and rises.",
        _of_where(lambda done, w: (done - w) / (1 - w)),
    ),
    (
        "Your way down is a cosine; it should be a straight line.",
        _of_where(lambda done, w: 1 - _cosine((done - w) / (1 - w))),
    ),
    (
        "Your way up is a cosine; it should be a straight line.",
        {"up": lambda done, w: _cosine(done / w), "join": _from_peak_on},
    ),
    (
        "Your ways up and down are cosines; they should be straight lines.",
        {"up": lambda done, w: _cosine(done / w)}
        | _of_where(lambda done, w: 1 - _cosine((done - w) / (1 - w))),
    ),
    (
        "Your way up is a square; it should be a straight line.",
        {"up": lambda done, w: (done / w) ** 2, "join": _from_peak_on},
    ),
    (
        "Your way down is a square; it should be a straight line.",
        _of_where(lambda done, w: falling(done, w) ** 2),
    ),
    (
        "Your way down is a square root; it should be a straight line.",
        _of_where(lambda done, w: keras.ops.sqrt(falling(done, w))),
    ),
    (
        "Your step counts from 1; it counts from 0, where the rate is 0.",
        {"one_more": 1},
    ),
    (
        "You divided by total_steps − 1; the rate is 0 at step total_steps, so divide by that.",
        {"last": -1},
    ),
    (
        "You divided by total_steps + 1; the rate is 0 at step total_steps, so divide by that.",
        {"last": 1},
    ),
    (
        "You took the mean of the two lines; the smaller of them counts.",
        {
            "join": lambda done, w, up, down: (
                (keras.ops.minimum(up(done, w), 1.0) + keras.ops.minimum(down(done, w), 1.0)) / 2
            )
        },
    ),
    (
        "You took the mean of the two lines; the smaller of them counts.",
        {"join": lambda done, w, up, down: (up(done, w) + down(done, w)) / 2},
    ),
]
