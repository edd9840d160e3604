# One image for every process of Clawguard; docker-compose.yml says what each one runs.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# recognises scans and photos of notes; without it a person reads them
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /var/lib/clawguard --create-home clawguard
COPY --from=packages /opt/venv /opt/venv
COPY --chown=root:root . /srv/clawguard
WORKDIR /srv/clawguard
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CLAWGUARD_ENV=production \
    DATA_DIR=/var/lib/clawguard \
    STATIC_ROOT=/srv/static
# Collected once, into the image; the values below serve this step alone and are not kept.
RUN SECRET_KEY=build-step-only NOTE_KEYS= DATA_DIR=/tmp/build python manage.py collectstatic --no-input --skip-checks \
    && rm -rf /tmp/build
USER clawguard
VOLUME /var/lib/clawguard
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["granian", "clawguard.wsgi:application", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4"]
