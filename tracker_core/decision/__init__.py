"""From what a network says to a box: score map, penalties, window, evidence, and what a score means. Plain numpy."""
