"""Prepared training pictures: where the boxes are, and how crops are cut from them."""
