"""Networks as texts: how a Keras network leaves a learner's box, and arrives as a copy outside."""

from .arrive import unpack
from .leave import can_leave, pack
from .refusals import BadNetwork, CannotLeave

__all__ = ["BadNetwork", "CannotLeave", "can_leave", "pack", "unpack"]
