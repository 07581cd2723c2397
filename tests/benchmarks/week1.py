"""Week 1's optimizers beside scikit-learn's SGDClassifier and L-BFGS: loss against passes.

    python -m tests.benchmarks.week1

All minimize the same cross-entropy on the same expanded points, from zero weights. A pass is as
many gradients of single points as there are points: for L-BFGS one evaluation. The excess is the
training loss above the least that there is, in nats; of the notebook's own optimizers it is the
mean over the last tenth of their steps.
"""

import warnings

import numpy as np
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier

from tests.benchmarks.cells import run_cells
from tests.benchmarks.figures import Figure, store
from utils import config

SEEDS = (0, 1, 2, 3, 4)
CELLS = ("rings", "baseline", "expand-use", "train", "nesterov-step", "race-define", "race")
RATES = (0.003, 0.01, 0.03, 0.1)  # of SGDClassifier, which takes steps by single points
CLOSE = 1e-4  # nats


class Excess:
    """Measures losses of one notebook above the least that there is."""

    def __init__(self, week):
        self.x, self.y = week["x_train"], week["y_train"]
        self.loss, self.gradient = week["compute_loss"], week["compute_grad"]
        self.passes = week["EPOCHS"]
        best = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-12, max_iter=10_000)
        self.least = self.loss(self.x, self.y, best.fit(self.x, self.y).coef_[0])

    def of(self, w):
        """Return the excess of some weights, (n_features,)."""
        return self.loss(self.x, self.y, w) - self.least

    def lbfgs(self):
        """Return the excess after each evaluation, the best so far."""
        found = []

        def evaluate(w):
            found.append(self.of(w))
            return self.loss(self.x, self.y, w), self.gradient(self.x, self.y, w)

        start = np.zeros(self.x.shape[1])
        minimize(evaluate, start, jac=True, method="L-BFGS-B", options={"ftol": 0, "gtol": 1e-9})
        return np.minimum.accumulate(found)

    def sgd_classifier(self, seed):
        """Return the excess after the notebook's passes, at the best of several constant rates."""
        return min(self._sgd_classifier(rate, seed) for rate in RATES)

    def _sgd_classifier(self, rate, seed):
        model = SGDClassifier(
            "log_loss", penalty=None, fit_intercept=False, max_iter=self.passes, tol=None,
            learning_rate="constant", eta0=rate, random_state=seed,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return self.of(model.fit(self.x, self.y).coef_[0])


def measure(seed):
    """Return what each method reaches from a seed, a dict of floats."""
    week = run_cells(1, CELLS, seed)
    excess, tenth = Excess(week), len(week["losses"]["SGD"]) // 10
    after = f"excess after {excess.passes} passes"
    found = {f"{after}, {name}": np.mean(losses[-tenth:]) - excess.least
             for name, losses in week["losses"].items()}  # fmt: skip
    probability, w = week["probability"], week["weights"]["Adam"]
    found["validation accuracy, Adam"] = np.mean(
        (probability(week["x_val"], w) > 0.5) == week["y_val"]
    )
    lbfgs = excess.lbfgs()
    found[f"{after}, SGDClassifier, best of four rates"] = excess.sgd_classifier(seed)
    found[f"{after}, L-BFGS"] = lbfgs[: excess.passes][-1]
    found[f"passes of L-BFGS until the excess is < {CLOSE}"] = np.argmax(lbfgs < CLOSE) + 1
    return found


def main():
    """Measure from all seeds, print, and write the file."""
    print(config.describe_machine())
    found = [measure(seed) for seed in SEEDS]
    figures = [Figure(name, [float(one[name]) for one in found]) for name in found[0]]
    store("week1", figures)


if __name__ == "__main__":
    main()
