"""Which claims of an event are the same, in rows over all outlets; and which words were copied."""
