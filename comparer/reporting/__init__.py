"""A comparison becomes one self-contained HTML page. Knows the model and nothing else."""
