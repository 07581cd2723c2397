"""What the checks of blocks of layers share."""

SLOW_AVERAGES = (
    "Your batch norms have Keras's momentum of 0.99, so their running means need hundreds of steps "
    "to follow, and a short training ends with wrong ones: give them 0.9."
)
