"""The look of everything: colours, icons, and shared controls."""
