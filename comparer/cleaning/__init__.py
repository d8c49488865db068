"""Pages of text become articles: every block kept or dropped, with kind and reason, and metadata found in the text."""
