"""Origins: text that outlets share, with and without a credit."""
