"""Feature extractors: from images (N, 3, H, W) in 0..255 to one map or several, of stride 8 (NanoTrack: 16)."""
