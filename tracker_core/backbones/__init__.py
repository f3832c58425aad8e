"""Backbones: from images (N, 3, H, W) in 0..255 to one or several feature maps of stride 8 (NanoTrack: 16)."""
