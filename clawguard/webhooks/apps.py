from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "clawguard.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.access.health import WARNINGS
        from clawguard.events.services import LISTENERS
        from clawguard.events.sweeps import daily, register_sweep
        from clawguard.webhooks import selectors, services

        LISTENERS.append(services.hear)
        WARNINGS.append(selectors.warning)
        register_sweep("webhooks.wake", services.wake_if_waiting)
        register_sweep("webhooks.tidy", daily("webhooks-tidied", services.forget_old), remembers=True)
