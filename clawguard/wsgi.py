"""The web door for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from clawguard.whole_bodies import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clawguard.settings")

application = whole_bodies(get_wsgi_application())
