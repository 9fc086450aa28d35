# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
# EXTRA=requirements-scale.txt adds Celery, PostgreSQL and S3
ARG EXTRA=
WORKDIR /opt/redactor
COPY requirements*.txt ./
COPY scripts/install.sh scripts/
RUN sh scripts/install.sh /opt/venv requirements.txt ${EXTRA:+"$EXTRA"}

FROM python:3.11-slim
LABEL org.opencontainers.image.title="redactor" org.opencontainers.image.licenses="AGPL-3.0-or-later"
WORKDIR /opt/redactor
COPY scripts/tessdata.sh scripts/
RUN sh scripts/tessdata.sh && ls /usr/share/tesseract-ocr/*/tessdata/eng.traineddata && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home redactor && mkdir /data /files && chown 10001 /data /files
COPY --from=build /opt/venv /opt/venv
COPY LICENSE README.md ./
COPY redactor redactor
COPY api api
COPY models/ner/en_case_names models/ner/en_case_names
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/opt/redactor PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OMP_THREAD_LIMIT=1 \
    REDACTOR_HOST=0.0.0.0 REDACTOR_DATA_DIR=/data HOME=/tmp
USER 10001
VOLUME /data
EXPOSE 8765
# both serve and worker finish what is in hand on SIGTERM, within REDACTOR_STOP_SECONDS
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8765/readyz', timeout=4)"]
CMD ["python", "-m", "redactor", "serve"]
