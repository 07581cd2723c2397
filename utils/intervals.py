"""How much an accuracy on a few held-out examples can say."""

from scipy.stats import binomtest


def accuracy_interval(accuracy, count, confidence=0.95):
    """Return (low, high), the interval of Wilson (1927) for a share that was counted.

    accuracy: float from 0 to 1, the share that is right; count: int, 1 or more, of how many
    examples; confidence: float between 0 and 1. The true accuracy lies in such an interval in about
    `confidence` of all cases, if the examples were drawn independently. Two results whose
    intervals overlap much are no ranking. Raises ValueError if accuracy or count is out of range.
    """
    right = round(float(accuracy) * int(count))
    found = binomtest(right, int(count)).proportion_ci(confidence, method="wilson")
    return float(found.low), float(found.high)


def with_interval(accuracy, count):
    """Return an accuracy with its 95 % interval, such as "0.861 (0.835 to 0.883)".

    accuracy, count: as `accuracy_interval` takes them.
    """
    low, high = accuracy_interval(accuracy, count)
    return f"{accuracy:.3f} ({low:.3f} to {high:.3f})"
