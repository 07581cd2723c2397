"""What both exercises on autoencoders say of a pair of networks."""

from ..probes.week4._autoencoders import DECODER, ENCODER
from ._network_sizes import given, taken
from ._value_facts import FORM, wrong_form


def _of_decoder_input(ours, theirs):
    if "×" in ours:
        return (
            f"The second network takes images of {ours}: a decoder takes codes, so begin it with "
            "an Input of its own, of shape (code_size,)."
        )
    return f"The decoder should take codes of {theirs} numbers; yours takes {ours}."


SIZES = {
    FORM: wrong_form,
    f"{ENCODER} takes": taken("The encoder", "images"),
    f"{ENCODER} gives": given("The encoder", "codes"),
    f"{DECODER} takes": _of_decoder_input,
    f"{DECODER} gives": given("The decoder", "images"),
}
