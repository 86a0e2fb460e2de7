"""Families of whole articles of known descent, and how much of the descent is found."""
