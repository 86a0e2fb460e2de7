"""How well articles are read: what is found in a page, in a text and in its words."""
