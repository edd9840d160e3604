"""The day by which a provider was told to hear from us is stored with the answer. Of earlier answers it is not known."""

from django.db import migrations, models

import clawguard.domain.lifecycles


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_where_signed_in"),
        ("notes", "0017_returned_requests"),
        ("therapy_sessions", "0016_named_never_emptied"),
    ]

    operations = [
        migrations.AddField(
            model_name="notesrequest",
            name="review_day",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="notesrequest",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            clawguard.domain.lifecycles.RequestState["ANSWERED"],
                            clawguard.domain.lifecycles.RequestState["ANSWERED_LATE"],
                        ),
                    )
                ),
                fields=["review_day", "id"],
                name="request_review",
            ),
        ),
    ]
