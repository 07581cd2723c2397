"""Probes of week 5: on which inputs each exercise is tried, one file each."""

from .bigram_probabilities import bigram_probabilities
from .build_classifier import build_classifier
from .build_language_model import build_language_model
from .build_tagger import build_tagger
from .build_vocabulary import build_vocabulary
from .clip_by_norm import clip_by_norm
from .gru_step import gru_step
from .loss_and_gradients import loss_and_gradients
from .lstm_step import lstm_step
from .masked_loss import masked_loss
from .names_to_matrix import names_to_matrix
from .rnn_backward import rnn_backward
from .rnn_forward import rnn_forward
from .rnn_step import rnn_step
from .sample_name import sample_name
from .train_epoch import train_epoch
