"""Who says what, how and through whom, within one article; and the claims it falls into."""
