"""Measurements of ``make bench``, and the throw-away stage on which they and the fault runs happen."""
