"""How a network runs: device, precision, and the faster forms of its layers."""
