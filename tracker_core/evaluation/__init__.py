"""How good a tracker is: data sets as sequences, one run over them, and the protocols of the field, a file each."""
