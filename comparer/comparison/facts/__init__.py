"""Facts: numbers, dates, names and ranks, yes and no that cannot both hold."""
