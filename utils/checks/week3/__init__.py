"""Checks of week 3, one file per exercise; `getattr` with an exercise's name gives its check."""

from .ablate import ablate
from .augment import augment
from .batch_generator import batch_generator
from .build_classifier import build_classifier
from .build_stimulus_model import build_stimulus_model
from .conv2d_naive import conv2d_naive
from .field_and_weights import field_and_weights
from .freeze_for_head import freeze_for_head
from .image_center_crop import image_center_crop
from .inception_block import inception_block
from .make_model import make_model
from .make_modern_model import make_modern_model
from .max_pool_naive import max_pool_naive
from .normalize_images import normalize_images
from .one_cycle import one_cycle
from .one_hot import one_hot
from .residual_block import residual_block
from .train_classifier import train_classifier
from .unfreeze_top import unfreeze_top
