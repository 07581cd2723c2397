"""What can go wrong with a network that leaves the learner's box."""


class CannotLeave(Exception):
    """A network that no text can describe; its message is one sentence for the learner."""


class BadNetwork(Exception):
    """A text that describes no network that may be rebuilt; its message is one sentence."""
