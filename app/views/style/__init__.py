"""How everything looks: colours, icons, and controls that are the same everywhere."""
