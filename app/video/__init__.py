"""Frames by exact index from video files and image folders, and a cache bounded in bytes. No Qt."""
