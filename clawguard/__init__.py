"""Clawguard: clawback-risk review of submitted therapy sessions."""

__version__ = "0.1.0"
