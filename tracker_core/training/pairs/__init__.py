"""What a network learns from: pairs and triples of crops, each made from its number."""
