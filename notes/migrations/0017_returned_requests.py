"""A request whose answer was looked at, and a part of it asked again, has ended: it does not wait for staff any more."""

from django.db import migrations, models

import clawguard.domain.lifecycles

SETTLE = """
UPDATE notes_notesrequest AS r SET status = 'returned'
WHERE r.status IN ('answered', 'answered_late')
  AND EXISTS (SELECT 1 FROM notes_requestitem WHERE request_id = r.id AND status = 'returned')
  AND NOT EXISTS (SELECT 1 FROM notes_requestitem WHERE request_id = r.id AND status IN ('asked', 'received'))
"""
UNSETTLE = """
UPDATE notes_notesrequest
SET status = CASE WHEN lapsed_at IS NOT NULL AND answered_at >= coalesce(excused_until, due_at)
                  THEN 'answered_late' ELSE 'answered' END
WHERE status = 'returned'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0016_text_destructions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notesrequest",
            name="status",
            field=models.CharField(
                choices=[
                    (
                        clawguard.domain.lifecycles.RequestState["REQUESTED"],
                        clawguard.domain.lifecycles.RequestState["REQUESTED"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["UNDELIVERABLE"],
                        clawguard.domain.lifecycles.RequestState["UNDELIVERABLE"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["OPEN"],
                        clawguard.domain.lifecycles.RequestState["OPEN"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["ANSWERED"],
                        clawguard.domain.lifecycles.RequestState["ANSWERED"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["LAPSED"],
                        clawguard.domain.lifecycles.RequestState["LAPSED"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["ANSWERED_LATE"],
                        clawguard.domain.lifecycles.RequestState["ANSWERED_LATE"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["WITHDRAWN"],
                        clawguard.domain.lifecycles.RequestState["WITHDRAWN"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["ACCEPTED"],
                        clawguard.domain.lifecycles.RequestState["ACCEPTED"],
                    ),
                    (
                        clawguard.domain.lifecycles.RequestState["RETURNED"],
                        clawguard.domain.lifecycles.RequestState["RETURNED"],
                    ),
                ],
                default=clawguard.domain.lifecycles.RequestState["REQUESTED"],
                max_length=14,
            ),
        ),
        migrations.RunSQL(SETTLE, UNSETTLE),
    ]
