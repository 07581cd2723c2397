"""What a network that leaves the learner's box may be made of: fixed lists of Keras's own names.

Left out on purpose: what takes code (Lambda, Map, Scan, Cond), what reads files (StringLookup,
TextVectorization, TFSMLayer), what wraps other libraries (FlaxLayer, JaxLayer), and quantization.
"""


def _words(text):
    return frozenset(text.split())


LAYERS = _words(
    """Activation ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D
    AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add
    AdditiveAttention AlphaDropout Attention AutoContrast Average AveragePooling1D AveragePooling2D
    AveragePooling3D BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D
    Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D
    Cropping1D Cropping2D Cropping3D Dense DepthwiseConv1D DepthwiseConv2D Discretization Dot
    Dropout ELU EinsumDense Embedding Equalization Flatten GRU GRUCell GaussianDropout GaussianNoise
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D
    GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization GroupQueryAttention Identity InputLayer
    LSTM LSTMCell LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D
    Maximum Minimum MultiHeadAttention Multiply Normalization PReLU Permute RMSNormalization RNN
    RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop
    RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue RandomInvert
    RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness
    RandomShear RandomTranslation RandomZoom ReLU RepeatVector Rescaling Reshape Resizing
    ReversibleEmbedding SeparableConv1D SeparableConv2D SimpleRNN SimpleRNNCell Softmax Solarization
    SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization StackedRNNCells
    Subtract TimeDistributed UnitNormalization UpSampling1D UpSampling2D UpSampling3D Wrapper
    ZeroPadding1D ZeroPadding2D ZeroPadding3D"""
)

# Operations that networks contain where people compute with tensors: `x + y`, `keras.ops.mean(x)`.
OPERATIONS = {
    "keras.src.ops.core": """Cast ConvertToTensor SaturateCast Scatter ScatterUpdate Slice
    SliceUpdate StopGradient Unstack""",
    "keras.src.ops.image": """CropImages ExtractPatches HSVToRGB PadImages RGBToGrayscale RGBToHSV
    Resize""",
    "keras.src.ops.linalg": "Cholesky Det Eigh Inv Norm Qr SVD Solve SolveTriangular",
    "keras.src.ops.math": """CDist Erf Erfc Erfinv Logdet Logsumexp Rsqrt SegmentMax SegmentMin
    SegmentSum TopK""",
    "keras.src.ops.nn": """AdaptiveAveragePool AdaptiveMaxPool AveragePool BatchNorm Celu Conv
    ConvTranspose DepthToSpace DepthwiseConv DotProductAttention Elu Gelu Glu HardShrink HardSigmoid
    HardSilu HardTanh LayerNorm LeakyRelu LogSigmoid LogSoftmax MaxPool Moments MultiHot Normalize
    OneHot RMSNorm Relu Relu6 Selu SeparableConv Sigmoid Silu SoftShrink Softmax Softplus Softsign
    SpaceToDepth Sparsemax SparsePlus SparseSigmoid Squareplus TanhShrink Threshold""",
    "keras.src.ops.numpy": """Abs Absolute Add All Amax Amin Any Append Arccos Arccosh Arcsin
    Arcsinh Arctan Arctan2 Arctanh Argmax Argmin Argsort Average BroadcastTo Cbrt Ceil Clip
    Concatenate Copy Cos Cosh CountNonzero Cross Cumprod Cumsum Diag Diagonal Diff Divide
    DivideNoNan Dot Einsum Equal Exp Exp2 ExpandDims Expm1 Fabs Flip Fliplr Flipud Floor FloorDivide
    Fmax Fmin Fmod FullLike GetItem Greater GreaterEqual Heaviside Hstack Hypot Inner Isfinite Isinf
    Isnan Less LessEqual Log Log10 Log1p Log2 Logaddexp LogicalAnd LogicalNot LogicalOr LogicalXor
    Matmul Max Maximum Mean Median Min Minimum Mod Moveaxis Multiply NanToNum Negative NotEqual
    OnesLike Outer Pad Power Prod Ptp Quantile Ravel Reciprocal Repeat Reshape Roll Rot90 Round Sign
    Sin Sinc Sinh Sort Split Sqrt Square Squeeze Stack Std Subtract Sum Swapaxes Take TakeAlongAxis
    Tan Tanh Tensordot Tile Trace Transpose Tril Triu TrueDivide Trunc Var Vdot Vstack Where
    ZerosLike""",
}

INITIALIZERS = _words(
    """Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer
    LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform
    TruncatedNormal VarianceScaling Zeros"""
)
REGULARIZERS = {"L1", "L2", "L1L2", "OrthogonalRegularizer"}
CONSTRAINTS = {"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"}

# (module, class name) -> kind, as Keras itself writes them
KINDS = {
    ("keras", "Sequential"): "network",
    ("keras.src.models.functional", "Functional"): "network",
    ("keras", "DTypePolicy"): "dtype",
    ("keras.dtype_policies", "DTypePolicy"): "dtype",
    ("keras.random", "SeedGenerator"): "seed",
    **{("keras.layers", name): "layer" for name in LAYERS},
    **{(mod, name): "operation" for mod, names in OPERATIONS.items() for name in names.split()},
    **{("keras.initializers", name): "initializer" for name in INITIALIZERS},
    **{("keras.regularizers", name): "regularizer" for name in REGULARIZERS},
    **{("keras.constraints", name): "constraint" for name in CONSTRAINTS},
}

ACTIVATIONS = _words(
    """celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh
    leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax
    softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh
    tanh_shrink"""
)
DTYPES = _words(
    """bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 bfloat16
    mixed_float16 mixed_bfloat16"""
)
OPTIONS = _words(  # every other string that tells a layer or an operation what to do
    """same valid causal full channels_first channels_last sum mul concat ave mean nearest bilinear
    bicubic lanczos3 lanczos5 area horizontal vertical horizontal_and_vertical constant reflect wrap
    symmetric edge crop pad dot scale general fan_in fan_out fan_avg normal uniform
    truncated_normal untruncated_normal rows columns int one_hot multi_hot count max min avg average
    fro nuc linear lower higher midpoint left right auto default gaussian"""
)
