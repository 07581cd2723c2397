"""What must hold for both networks of a GAN."""

from ..probes.week4._gan import BUDGET
from ._network_sizes import given, taken
from ._value_facts import FORM, wrong_form

SMALL_ENOUGH = f"at most {BUDGET:,} parameters"
STAYED = "weights that no gradient reaches"


def size_facts(value):
    return {
        "input": value["input"],
        "output": value["output"],
        SMALL_ENOUGH: value["parameters"] <= BUDGET,
    }


def training_facts(value):
    """Return the weights that stay in training."""
    stayed = value["weights that stayed"]
    return {
        "no weights": value["none"],
        "frozen weights": value["frozen"],
        STAYED: ", ".join(stayed[:3]) + (" and others" if len(stayed) > 3 else ""),
    }


def _of_stayed(ours, _):
    return (
        f"No gradient reaches {ours}: something on the way has none, such as a rounding, a "
        "`stop_gradient` or a weight of zeros behind it, or the way doesn't lead to the end."
    )


def sentences(name, takes, gives):
    """Return what was done wrong where one of these facts doesn't hold. name: str, the network's;
    takes, gives: str, what it should."""
    return {
        FORM: wrong_form,
        "input": taken(name, takes),
        "output": given(name, gives),
        SMALL_ENOUGH: f"{name} has more than {BUDGET:,} parameters: start from fewer channels, or "
        "from a smaller grid in front of a dense layer.",
        "no weights": f"{name} has no weights, so it can't learn.",
        "frozen weights": "Layers are frozen, so they stay as random as they started: let every "
        "weight learn.",
        STAYED: _of_stayed,
    }
