"""Payer policies: written as drafts, tried out, agreed to by a second person, taken back."""

from sessions.services.payer_policies.drafting import (
    Draft,
    ScopeName,
    copy,
    discard,
    propose,
    save_draft,
    save_readable,
    send_back,
    start_draft,
)
from sessions.services.payer_policies.publishing import publish, revert

__all__ = [
    "Draft",
    "ScopeName",
    "copy",
    "discard",
    "propose",
    "publish",
    "revert",
    "save_draft",
    "save_readable",
    "send_back",
    "start_draft",
]
