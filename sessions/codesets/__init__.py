"""Dated code sets of the database, as the immutable tables the checks read."""

from sessions.codesets.read import current_tables

__all__ = ["current_tables"]
