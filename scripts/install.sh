#!/bin/sh
# Makes a virtual environment and installs locked requirements into it; the Makefile and the
# Dockerfile both call it: install.sh FOLDER REQUIREMENTS...
set -eu
folder=$1
shift
test -x "$folder/bin/python" || "${PYTHON:-python3}" -m venv "$folder"
for file in "$@"; do
    "$folder/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$file"
done
