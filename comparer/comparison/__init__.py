"""What differs: the only stage that judges."""
