"""Ways in that somebody asked for are owed like everything else: an event and a Delivery, in the transaction of asking.

Link and code are made by the task and stand in no argument, no payload and no row; only their digests are kept.
"""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPRecipientsRefused

from clawguard.accounts import way_in_mails
from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import WayInAsked
from clawguard.events import mailing
from clawguard.events.services import publish

log = logging.getLogger(__name__)


def take(row: WayInAsked, now: dt.datetime) -> None:
    publish("entry.asked", row, SYSTEM, now)


def mail_asked(row_id: int, now: dt.datetime) -> None:
    """Make what was asked for and mail it; what nobody waits for any more, or ever could, is left."""
    row = WayInAsked.objects.select_related("user").filter(pk=row_id).first()
    mail = way_in_mails.of_asked(row, now) if row is not None else None
    if mail is None:
        return
    try:
        mailing.hand_over(mail, now)
    except SMTPRecipientsRefused:
        log.warning("sign_in.mail_refused")  # a person asks again, or uses another way; to try again helps nobody
