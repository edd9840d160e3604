from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "clawguard.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.accounts import asking
        from clawguard.accounts.tidying import forget_expired
        from clawguard.events import signing_in
        from clawguard.events.sweeps import daily, register_sweep

        register_sweep("accounts.forget", daily("accounts-tidied", forget_expired), remembers=True)
        asking.TAKERS.append(signing_in.take)
