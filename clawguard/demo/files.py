"""The invented network as the files a real one would send: CSV, NDJSON, 837P, and the 835 that answers it."""
