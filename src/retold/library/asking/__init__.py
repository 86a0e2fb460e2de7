"""Asking across a library: tracing words, quotations by speaker and matter, full-text search."""
