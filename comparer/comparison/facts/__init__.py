"""Facts: numbers, days and names that cannot both hold."""
