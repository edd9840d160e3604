"""The HTML door of notes and notes requests: pages of the provider, pages of staff."""
