"""The library: what is kept of articles from one day to the next."""
