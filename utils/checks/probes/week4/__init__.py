"""Probes of week 4: on which inputs each exercise is tried, one file per exercise."""

from .analogy import analogy
from .apply_gaussian_noise import apply_gaussian_noise
from .attribute_vector import attribute_vector
from .build_deep_autoencoder import build_deep_autoencoder
from .build_denoiser import build_denoiser
from .build_discriminator import build_discriminator
from .build_generator import build_generator
from .build_pca_autoencoder import build_pca_autoencoder
from .build_vocabulary import build_vocabulary
from .context_bias import context_bias
from .denoise_epoch import denoise_epoch
from .discriminator_loss import discriminator_loss
from .draw_examples import draw_examples
from .few_label_accuracy import few_label_accuracy
from .find_similar import find_similar
from .frechet import frechet
from .gan_compute_loss import gan_compute_loss
from .generator_loss import generator_loss
from .morph import morph
from .nearest_distances import nearest_distances
from .nearest_words import nearest_words
from .negative_samples import negative_samples
from .sgns_loss import sgns_loss
from .skipgram_pairs import skipgram_pairs
