"""Work on many articles: one engine for processes and clusters, and datasets that are kept between runs."""
