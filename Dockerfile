# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /opt/redactor
COPY requirements.txt .
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
LABEL org.opencontainers.image.title="redactor" org.opencontainers.image.licenses="AGPL-3.0-or-later"
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr-eng tesseract-ocr-osd \
    && rm -rf /var/lib/apt/lists/* && useradd --uid 10001 --no-create-home redactor && mkdir /data && chown 10001 /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /opt/redactor
COPY LICENSE README.md ./
COPY redactor redactor
COPY api api
COPY models/ner/en_case_names models/ner/en_case_names
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/opt/redactor PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OMP_THREAD_LIMIT=1 \
    REDACTOR_HOST=0.0.0.0 REDACTOR_DATA_DIR=/data HOME=/tmp
USER 10001
VOLUME /data
EXPOSE 8765
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8765/readyz', timeout=4)"]
CMD ["python", "-m", "redactor", "serve"]
