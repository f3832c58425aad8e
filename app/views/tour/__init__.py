"""The tour: small bubbles beside the controls, one for each step."""
