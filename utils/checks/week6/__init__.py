"""Checks of week 6, one file an exercise: `getattr` of an exercise's name gives its check."""

from .attention import attention
from .batch_captions_to_matrix import batch_captions_to_matrix
from .beam_search import beam_search
from .bleu import bleu
from .build_decoder import build_decoder
from .caption_loss import caption_loss
from .caption_tokens_to_indices import caption_tokens_to_indices
from .decoder_step import decoder_step
from .generate_batch import generate_batch
from .generate_vocabulary import generate_vocabulary
from .greedy_caption import greedy_caption
from .sample_caption import sample_caption
from .split_sentence import split_sentence
from .train_decoder import train_decoder
