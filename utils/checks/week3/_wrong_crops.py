"""Mistakes of `image_center_crop`, as rows of switches."""

ANOTHER_DTYPE = "The result has floats of another dtype than the image: it keeps the image's dtype."
ROWS = [
    ("You kept the top-left corner; the square lies in the middle.", {"first": lambda r: 0}),
    (
        "All that goes is cut at the top or on the left: you kept the bottom-right corner; the "
        "square lies in the middle, so halve what goes.",
        {"first": lambda rest: rest},
    ),
    (
        "Rows come first: an image has the shape (height, width, channels).",
        {"swapped": True},
    ),
    (
        "Where an odd number of rows or columns has to go, one more is cut at the bottom or "
        "on the right; you rounded up.",
        {"first": lambda rest: (rest + 1) // 2},
    ),
    (
        "Python's `round` takes halves to the even number, so 1.5 becomes 2: round down, `//`.",
        {"first": lambda rest: round(rest / 2)},
    ),
    (
        "You cut the same border on both sides; an odd remainder is left over.",
        {"same_border": True},
    ),
    (
        "You cut the same border on both sides, rounded up; of an odd remainder that takes one "
        "row or column too many.",
        {"same_border": True, "first": lambda rest: (rest + 1) // 2},
    ),
    (
        "You cut a quarter of what has to go at the top or on the left; cut half of it.",
        {"first": lambda rest: rest // 4},
    ),
    ("The square starts one row and column too late.", {"first": lambda r: r // 2 + 1}),
    ("The square is one row and column too small.", {"cut_to": lambda side: side - 1}),
    (
        "The square is as large as the shorter side; where that is odd, yours is one smaller: "
        "half a side, rounded down, was taken twice.",
        {"cut_to": lambda side: side // 2 * 2},
    ),
    (
        "The square is as large as the shorter side; yours is half of that.",
        {"cut_to": lambda side: side // 2},
    ),
    (
        "You took the longer side for the square, which the image doesn't have both ways: take "
        "the shorter one, min.",
        {"side_of": max},
    ),
    (
        "You cut columns in the middle, but rows at the bottom only: both lie in the middle.",
        {"top_of": lambda rest: 0},
    ),
    (
        "You cut rows in the middle, but columns on the right only: both lie in the middle.",
        {"left_of": lambda rest: 0},
    ),
    (
        "The result is transposed: rows stay rows.",
        {"finish": lambda square: square.swapaxes(0, 1)},
    ),
    (
        "The channels are lost: the result has the shape (S, S, C).",
        {"finish": lambda square: square[..., 0]},
    ),
    (
        ANOTHER_DTYPE,
        {"finish": lambda square: square.astype("float32")},
    ),
    (
        ANOTHER_DTYPE,
        {"finish": lambda square: square.astype("float64")},
    ),
    (
        "The pixels are divided by 255; they should stay as they are.",
        {"finish": lambda square: square / 255},
    ),
    (
        "The image is mirrored left to right; it should stay as it is.",
        {"finish": lambda square: square[:, ::-1]},
    ),
    (
        "The image is turned upside down; it should stay as it is.",
        {"finish": lambda square: square[::-1]},
    ),
]
