"""What must hold for both networks of a GAN."""

from ..probes.week4._gan import BUDGET


def size_facts(value):
    return {
        f"at most {BUDGET:,} parameters": value["parameters"] <= BUDGET,
        "input": value["input"],
        "output": value["output"],
    }
