"""Feature extractors: images in 0..255, shape (N, 3, H, W), to one map or several. Stride 8, but for NanoTrack's 16."""
