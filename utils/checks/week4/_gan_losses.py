"""A sentence that both losses of a GAN share."""

LOG_OF_ZERO = (
    "You take a logarithm of a probability that has become 0 for a logit of ±1000: compute from "
    "the logits, as `ops.softplus` does."
)
