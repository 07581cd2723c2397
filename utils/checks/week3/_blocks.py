"""The mistake that residual and inception blocks have in common."""

SLOW_AVERAGES = (
    "Your batch norms have Keras's default momentum of 0.99, so their running means take hundreds "
    "of steps to catch up, and a short training ends with wrong ones: use 0.9."
)
