#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time, and prints how long that was in all.
set -eu
time="${1:-10s}"
count=0
began=$(date +%s)
while IFS=: read -r file _ line; do
  target=$(sed -E 's/^func (Fuzz[A-Za-z0-9_]+).*/\1/' <<<"$line")
  package="./$(dirname "$file")"
  echo "fuzz $package $target for $time"
  go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package" >/tmp/fuzz.$$ 2>&1 || { cat /tmp/fuzz.$$; rm -f /tmp/fuzz.$$; exit 1; }
  count=$((count + 1))
done < <(grep -rn --include='*_test.go' -E '^func Fuzz' internal cmd)
rm -f /tmp/fuzz.$$
echo "fuzz: $count targets, $(($(date +%s) - began)) seconds in all, no crash"
