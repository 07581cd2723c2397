"""What checks say of a tape that lost track."""

NO_TENSOR = (
    "You returned a plain number or a NumPy array, not a tensor, and no tape can differentiate "
    "that: `np.…`, `.numpy()` and float() leave TensorFlow. Use TensorFlow's own functions, as "
    "`tf.square` and `tf.reduce_mean`."
)
LOST = (
    "The tape lost track: between the inputs and your result something isn't recorded, as "
    "`.numpy()`, NumPy, a new `tf.constant` or `tf.Variable`, or `tf.stop_gradient`. Compute with "
    "the tensors themselves, all the way."
)
SENTENCES = {"the result": NO_TENSOR, "the tape": LOST}  # facts of `tape_gradient`
