"""On which inputs `sgd` is tried: the gradient and the step that it gets note what they were given.

They compute nothing that training needs: each gradient is drawn, so that it can be told apart.
"""

import numpy as np

from ..recorder import probe


@probe
def sgd(call, rng):
    seed = int(rng.integers(2**32))

    def train(rows, batch_size, epochs, more="", seed=seed, compare=False):
        features = int(rng.integers(3, 6))
        X, y, w = (
            rng.normal(size=(rows, features)),
            rng.normal(size=rows),
            rng.normal(size=features),
        )
        log = _Log(X, y, np.random.default_rng(int(rng.integers(2**32))))
        facts = {"rows": rows, "batch_size": batch_size, "epochs": epochs}
        call(
            f"{rows} rows in batches of {batch_size}, {_in_words(epochs)}{more}",
            *(X, y, w, log.gradient(), log.step(), batch_size, epochs),
            np.random.default_rng(seed),
            then=log.with_result,
            facts={**facts, "compare_with_first": compare, "w": w},
        )

    size = int(rng.integers(9, 13))
    rows = 6 * size + int(rng.integers(2, size - 1))  # a last batch of two rows or more
    epochs = int(rng.integers(2, 4))
    train(rows, size, epochs)
    train(rows, size, epochs, ", the same seed again", compare=True)
    train(rows, size, epochs, ", another seed", seed + 1, compare=True)
    train(5 * size, size, 2)  # nothing is left over
    train(int(rng.integers(4, 9)), 12, 3)  # fewer rows than a batch holds
    train(int(rng.integers(5, 9)), 1, 1)


def _in_words(epochs):
    return f"{epochs} epochs" if epochs > 1 else "one epoch"


class _Log:
    """Notes which rows each gradient is of, and from where each step starts."""

    def __init__(self, X, y, draws):
        self.rows = {tuple(row): number for number, row in enumerate(X.tolist())}
        self.labels = {label: number for number, label in enumerate(y.tolist())}
        self.draws, self.gradients, self.steps = draws, [], []

    def gradient(self):
        def gradient(X, y, w):
            x_rows = [self.rows.get(tuple(row), -1) for row in np.array(X, float, ndmin=2).tolist()]
            y_rows = [self.labels.get(label, -1) for label in np.array(y, float, ndmin=1).tolist()]
            drawn = self.draws.normal(size=np.shape(w))
            self.gradients.append({"x": x_rows, "y": y_rows, "w": np.array(w), "value": drawn})
            return drawn.copy()

        return gradient

    def step(self):
        def step(w, grad):
            new = np.tanh(w - grad)
            self.steps.append({"w": np.array(w), "grad": np.array(grad), "new": new})
            return new.copy()

        return step

    def with_result(self, result):
        return {"result": result, "gradients": self.gradients, "steps": self.steps}
