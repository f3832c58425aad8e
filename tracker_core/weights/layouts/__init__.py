"""The layouts of published checkpoints: which tensors each has, and what they are called here."""
