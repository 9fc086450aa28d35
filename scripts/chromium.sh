#!/bin/sh
# Installs Debian's chromium for the tests of the review desk, where this may be done.
# Without it those tests are skipped, and say so; with CI=true they fail.
set -eu
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 || true
fi
command -v chromium >/dev/null || echo "chromium was not found and could not be installed: the tests of the review desk are skipped" >&2
