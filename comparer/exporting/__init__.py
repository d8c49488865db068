"""A comparison becomes JSON, and back. Knows the model and nothing else."""
