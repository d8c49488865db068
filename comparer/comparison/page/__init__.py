"""The page: what on it promotes instead of reporting, and what it prints twice."""
