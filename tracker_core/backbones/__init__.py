"""Feature extractors, all of stride 8. Each takes RGB in 0..255, shape (N, 3, H, W)."""
