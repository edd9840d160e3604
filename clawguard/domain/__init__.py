"""The rules of clawback risk as plain Python: no Django, no clock, no I/O, no third-party import."""
