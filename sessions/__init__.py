"""Submitted therapy sessions: how they come in, how they are screened, what was found.

The app label is ``therapy_sessions``, because ``django.contrib.sessions`` owns ``sessions``.
"""
