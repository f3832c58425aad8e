"""What an annotation is: tracks of box records on a video. Plain data; no Qt, no torch, no disk."""
