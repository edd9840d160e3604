"""Settings of every process. The environment is read here and nowhere else; docs/deploy.md lists the variables.

``CLAWGUARD_ENV`` is ``development`` (the default: secrets are made on first start and kept in ``DATA_DIR``) or
``production`` (nothing is made up, and clawguard/checks.py refuses to start with an unsafe value).
"""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from clawguard import logs, note_keys
from clawguard import settings_env as env

# Deadlines are computed from the pinned tzdata package, so that two hosts never disagree about a time zone.
zoneinfo.reset_tzpath(to=())

BASE_DIR = Path(__file__).resolve().parent.parent
CLAWGUARD_ENV = env.choice("CLAWGUARD_ENV", "development", ("development", "production"))
PRODUCTION = CLAWGUARD_ENV == "production"
DEBUG = env.flag("DEBUG", False)
DATA_DIR = env.folder(Path(env.text("DATA_DIR", str(BASE_DIR / ".data"))).resolve())
PROCESS_ROLE = env.choice("CLAWGUARD_ROLE", "command", ("web", "worker", "sweeper", "beat", "command"))

# The network and its rules of conduct
NETWORK_NAME = env.text("NETWORK_NAME", "Headway")
BUSINESS_DAYS_TO_ANSWER = env.integer("BUSINESS_DAYS_TO_ANSWER", 3, least=1)
BUSINESS_DAYS_TO_DECIDE = env.integer("BUSINESS_DAYS_TO_DECIDE", 5, least=1)
BUSINESS_DAYS_TO_APPEAL = env.integer("BUSINESS_DAYS_TO_APPEAL", 10, least=1)
# What the policy leaves open about the clock; each is explained in docs/policy/clock.md
CLOCK_EXTRA_DAYS_OFF = env.items("CLOCK_EXTRA_DAYS_OFF")  # such as 2026-11-27=Day after Thanksgiving
CLOCK_WORKED_HOLIDAYS = env.items("CLOCK_WORKED_HOLIDAYS")  # federal holidays that are business days here, by name
CLOCK_DELIVERY_DAY_COUNTS = env.flag("CLOCK_DELIVERY_DAY_COUNTS", False)
CLOCK_OFF_DAY_DELIVERY_MOVES = env.flag("CLOCK_OFF_DAY_DELIVERY_MOVES", False)  # to the next business day
# The answer pages as providers reach them, looked at with every sweep; without it outages are recorded by hand only
WATCH_URL = env.text("WATCH_URL") and env.url("WATCH_URL", "", ("http", "https"))
MOVABLE_CLOCK = env.flag("MOVABLE_CLOCK", not PRODUCTION)
DEMO = env.flag("DEMO", not PRODUCTION)  # show the sign-ins of the invented people
NEW_DEVICE_CODE = env.flag("NEW_DEVICE_CODE", not DEMO)  # a browser new to somebody needs a code from their mailbox
API_REQUESTS_PER_MINUTE = env.integer("API_REQUESTS_PER_MINUTE", 450, least=1)
NOTES_REQUEST_SEVERITIES = env.items("NOTES_REQUEST_SEVERITIES", "error")  # of findings that ask for notes
REMINDER_GAP_HOURS = env.integer("REMINDER_GAP_HOURS", 4, least=1)
UPLOAD_MAX_BYTES = env.integer("UPLOAD_MAX_BYTES", 25 * 1024 * 1024, least=1024)
# clamd, the virus scanner; without it files are not scanned, and pages say so
CLAMAV_URL = env.text("CLAMAV_URL") and env.url("CLAMAV_URL", "", ("tcp", "unix"))
NOTE_READER = env.text("NOTE_READER", "notes.reader.OwnReader")  # a class; our own sends nothing anywhere
# Fewer rows than these are not a whole quarterly table, unless a lead says why they are enough
NCCI_FEWEST_ROWS = {
    "ptp": env.integer("NCCI_PTP_FEWEST_ROWS", 1_000_000, least=1),
    "mue": env.integer("NCCI_MUE_FEWEST_ROWS", 10_000, least=1),
    "add_on": env.integer("NCCI_ADD_ON_FEWEST_ROWS", 1_000, least=1),
}
IMPORT_MAX_BYTES = env.integer("IMPORT_MAX_BYTES", 200 * 1024 * 1024, least=1024)

# Secrets
if PRODUCTION:
    SECRET_KEY = env.text("SECRET_KEY")
    NOTE_KEYS = env.items("NOTE_KEYS")
else:
    SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(DATA_DIR / "secret_key")
    NOTE_KEYS = env.items("NOTE_KEYS") or env.kept_secret(DATA_DIR / "note_keys", note_keys.make).split()
PACK_KEY = env.text("PACK_KEY") or env.kept_secret(DATA_DIR / "pack_key", note_keys.make)
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")

# What stands where
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "axes",
    "clawguard.apps.CoreConfig",
    "clawguard.ui",
    "clawguard.accounts",
    "clawguard.events",
    "clawguard.webhooks",
    "sessions.apps.SessionsConfig",
    "notes.apps.NotesConfig",
    "disputes.apps.DisputesConfig",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "clawguard.urls"
WSGI_APPLICATION = "clawguard.wsgi.application"
MIDDLEWARE = [
    "clawguard.installation.Marked",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clawguard.middleware.Arrival",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "clawguard.access.broken.WholeBodies",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clawguard.middleware.SessionLimits",
    "clawguard.accounts.middleware.LimitedSignIn",
    "clawguard.accounts.middleware.ReadersTimeZone",
    "clawguard.middleware.NoStore",
    "clawguard.access.methods.WrongMethods",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clawguard.access.strangers.StrangersForms",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "clawguard.ui.context.ui",
            ],
        },
    },
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static"))) if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "clawguard.ui.storage.HashedFiles"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# Servers
SERVICES = env.running_services(DATA_DIR)
DATABASE_URL = env.url(
    "DATABASE_URL",
    SERVICES.get("DATABASE_URL", "postgresql://clawguard@127.0.0.1:5432/clawguard"),
    ("postgresql", "postgres"),
)
REDIS_URL = env.url(
    "REDIS_URL", SERVICES.get("REDIS_URL", "redis://127.0.0.1:6379/0"), ("redis", "rediss", "redis+socket")
)
# milliseconds; a page that waits longer than this is better told so, and a migration must not be cut off
STATEMENT_TIMEOUTS = {"web": 10_000, "worker": 60_000, "sweeper": 60_000, "beat": 60_000, "command": 0}
LOCK_TIMEOUT = 0 if PROCESS_ROLE == "command" else 3_000
try:
    database = dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
    raise ImproperlyConfigured("DATABASE_URL cannot be read; it looks like postgresql://user@host:5432/name") from None
DATABASES = {
    "default": {
        **database,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {
            **database.get("OPTIONS", {}),
            "application_name": f"clawguard-{PROCESS_ROLE}",
            "connect_timeout": 5,
            "options": (
                f"-c statement_timeout={STATEMENT_TIMEOUTS[PROCESS_ROLE]} -c lock_timeout={LOCK_TIMEOUT}"
                f" -c idle_in_transaction_session_timeout={0 if PROCESS_ROLE == 'command' else 30_000}"
            ),
        },
    }
}
# Courtesy counters only (the limits that matter are counted in PostgreSQL), so nothing here may depend on Redis.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = REDIS_URL

# Mail: the default writes each message to a file, so that a demo needs no mail server and can show what was sent.
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "clawguard@example.com")
# By which the mail service signs what it reports of mails (docs/mail-events.md); unset: it is not heard
MAIL_EVENT_SECRETS = env.signing_secrets("MAIL_EVENT_SECRETS")
PUBLIC_URL = env.text("PUBLIC_URL", f"http://{env.text('HOST', '127.0.0.1')}:{env.integer('PORT', 8000, least=1)}")

# The browser's side
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "" if PRODUCTION else "*")
SECURE_COOKIES = PRODUCTION
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", PRODUCTION) else None
NUM_PROXIES = env.integer("NUM_PROXIES", 1 if PRODUCTION else 0)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", False)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "clawguard.accounts.browser_sessions"
SESSION_COOKIE_NAME = "__Host-sid" if SECURE_COOKIES else "sid"
SESSION_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.integer("SESSION_MAX_SECONDS", 43_200, least=60)
SESSION_IDLE_SECONDS = env.integer("SESSION_IDLE_SECONDS", 900, least=60)
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "clawguard.access.broken.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600
# What arrives is not sealed yet: files of notes wait in memory, imports in a file without a name
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES + 64 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "clawguard.access.nameless.NamelessUploads",
]

# Who signs in
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "clawguard.middleware.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"

# Language and time: stored and computed in UTC, shown in the reader's zone
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STAFF_TIME_ZONE = env.text("STAFF_TIME_ZONE", "America/New_York")  # a provider's own zone is the practice's

# The API answers nobody until a view says whom: no authentication class means no one passes IsAuthenticated.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "COERCE_DECIMAL_TO_STRING": True,
    "STRICT_JSON": True,
    "NUM_PROXIES": NUM_PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Clawguard API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration(env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")))
