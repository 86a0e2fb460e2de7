"""How well pages, plain texts, dates and names are read."""
