"""The video picture with its boxes: looking, drawing, correcting."""
