"""Reading a note: text and what the network knows in, a verdict on each element out. Pure and deterministic."""
