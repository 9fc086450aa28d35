#!/bin/sh
# Finds Tesseract's English and orientation data, or fetches Debian's packages of it.
# Without it scans are read by the second reader alone; `redactor doctor` says so.
set -eu
found() {
    for folder in "${REDACTOR_TESSDATA:-}" "${TESSDATA_PREFIX:-}" /usr/share/tesseract-ocr/*/tessdata tessdata; do
        [ -n "$folder" ] && [ -f "$folder/eng.traineddata" ] && return 0
    done
    return 1
}
found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr-eng tesseract-ocr-osd) >/dev/null 2>&1 || true
    found && exit 0
fi
if command -v apt-get >/dev/null && command -v dpkg >/dev/null; then
    here=$(pwd)
    work=$(mktemp -d)
    (cd "$work" && apt-get download -qq tesseract-ocr-eng tesseract-ocr-osd >/dev/null 2>&1 &&
        for package in *.deb; do dpkg -x "$package" .; done &&
        mkdir -p "$here/tessdata" && cp usr/share/tesseract-ocr/*/tessdata/*.traineddata "$here/tessdata/") || true
    rm -rf "$work"
fi
found || echo "language data of Tesseract was not found and could not be fetched: install tesseract-ocr-eng and tesseract-ocr-osd" >&2
