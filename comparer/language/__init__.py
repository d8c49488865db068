"""Sentences, words, names, quantities, dates and word lists, all with offsets into the text."""
