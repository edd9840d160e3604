"""Check ids that once existed and must never be used again: stored findings still carry them.

Each maps to the id that took over its question, or to a sentence saying why nothing did.
"""

RETIRED: dict[str, str] = {
    "CG604": "CG628",  # a long day is the provider's, not that of the session that came last
}
