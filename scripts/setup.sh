#!/usr/bin/env bash
# Installs what the tests need from the system, where this user may; else says what is missing.
set -eu

missing=()
[ "${PARLOR_NO_BROWSER:-}" = 1 ] || [ -n "${PARLOR_CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
[ "${PARLOR_NO_POSTGRES:-}" = 1 ] || [ -n "${PARLOR_TEST_POSTGRES:-}" ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
  command -v initdb >/dev/null || missing+=(postgresql)
command -v strace >/dev/null || missing+=(strace)
# The browser tests look for the letters of the messenger's languages: one that is Arabic, one Japanese, one Chinese.
if [ "${PARLOR_NO_BROWSER:-}" != 1 ]; then
  command -v fc-list >/dev/null || missing+=(fontconfig)
  letter() { [ -n "$(fc-list ":charset=$1" family 2>/dev/null)" ]; }
  letter 639 || missing+=(fonts-dejavu-core)
  { letter 3042 && letter 8bed; } || missing+=(fonts-droid-fallback)
fi

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing from Debian: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "The tests need these packages; as root, or on Debian: apt-get install ${missing[*]}" >&2
    echo "PARLOR_NO_BROWSER=1 and PARLOR_NO_POSTGRES=1 leave those tests out, and say so." >&2
    exit 1
  fi
fi
[ "${PARLOR_NO_BROWSER:-}" = 1 ] && echo "SKIPPED by PARLOR_NO_BROWSER=1: all tests in a real browser"
[ "${PARLOR_NO_POSTGRES:-}" = 1 ] && echo "SKIPPED by PARLOR_NO_POSTGRES=1: all tests on Postgres"
exit 0
