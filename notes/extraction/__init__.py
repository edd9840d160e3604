"""Text and page pictures out of files that nobody trusts.

Runs in the sandbox only (notes/sandbox), so nothing here knows Django, the database or a key. ``kinds`` and
``refusing`` serve the door, too: they look at bytes and follow no structure in them.
"""
