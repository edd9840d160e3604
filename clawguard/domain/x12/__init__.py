"""X12 005010 claims (837P) and remittances (835), read as streams and written with right counts. No I/O."""
