"""What a network is taught: labels, losses, and the objective of each family."""
