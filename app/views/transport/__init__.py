"""The bar under the picture, and the dialog that goes to a frame or a time."""
