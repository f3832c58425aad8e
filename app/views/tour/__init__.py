"""The tour: small bubbles beside the controls, a step each."""
