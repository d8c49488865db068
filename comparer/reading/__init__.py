"""Files, HTML, addresses and standard input become pages of text. Looks at no more than one page at a time."""
