"""Checks of week 1, one file per exercise; each name below is the check of that exercise."""

from .adam_step import adam_step
from .closed_form import closed_form
from .compute_grad import compute_grad
from .compute_loss import compute_loss
from .expand import expand
from .huber_loss import huber_loss
from .kfold_indices import kfold_indices
from .l2_step import l2_step
from .learning_rate_schedule import learning_rate_schedule
from .momentum_step import momentum_step
from .mse_grad import mse_grad
from .mse_loss import mse_loss
from .probability import probability
from .rmsprop_step import rmsprop_step
from .sgd import sgd
from .sgd_step import sgd_step
from .soft_threshold import soft_threshold
from .tuned_sgd import tuned_sgd
