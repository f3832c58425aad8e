"""From a network's answer to a box: score map, penalties, cosine window, evidence, meaning of scores. Plain numpy."""
