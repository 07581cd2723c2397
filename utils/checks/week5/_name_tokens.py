"""The special tokens of names."""

PAD, START, END = "<pad>", "<start>", "<end>"
