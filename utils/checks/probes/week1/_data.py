"""Data that several probes draw."""


def draw_problem(rng, rows=12, features=4):
    """Return X, 0/1 labels with both classes, real targets, and weights."""
    X = rng.normal(size=(rows, features))
    y = (rng.permutation(rows) < rows // 2).astype(int)
    return X, y, rng.normal(size=rows) * 3, rng.normal(size=features)
