"""What residual and inception blocks have in common: what is said of their layers."""

import re
from collections import Counter

SLOW_AVERAGES = (
    "Your batch norms have Keras's default momentum of 0.99, so their running means take hundreds "
    "of steps to catch up, and a short training ends with wrong ones: use 0.9."
)


def _convolutions(ours, theirs):
    ours, theirs = (Counter(words.split("; ")) for words in (ours, theirs))
    more, less = list((ours - theirs).elements()), list((theirs - ours).elements())
    if more and less:
        return f"There should be a convolution of {less[0]}; yours is one of {more[0]}."
    if less:
        return f"A convolution is missing: one of {less[0]}."
    return f"There is a convolution too many: one of {more[0]}."


def _biases(ours, theirs):
    if ours > theirs:
        return (
            "Your convolutions have a bias; the batch norm behind them cancels it: use_bias=False."
        )
    return None


def _norms(ours, theirs):
    which = "too few" if ours < theirs else "too many"
    return f"There are {which} batch norms, {ours} and not {theirs}: one follows each convolution."


def _momentum(ours, theirs):
    if not ours:
        return None
    if ours == "0.99":
        return SLOW_AVERAGES
    if theirs in ours.split(", "):
        return (
            f"Not every batch norm has a momentum of {theirs}: one has another, maybe the default."
        )
    return f"The batch norms have a momentum of {ours}; {theirs} is asked for."


SENTENCES = {
    "its convolutions": _convolutions,
    "biases of convolutions": _biases,
    "batch norms": _norms,
    "momentum of the batch norms": _momentum,
}


def shape_of(words):
    """Return the numbers of a shape in words."""
    return [int(number) for number in re.findall(r"\d+", words)]
