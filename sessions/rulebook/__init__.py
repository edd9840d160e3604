"""Payer policies, rule packs and their tries, as they are read: no function here writes anything."""
