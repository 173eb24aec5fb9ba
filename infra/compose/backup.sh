#!/bin/sh
# Keeps a copy of the database each night. `backup.sh once` makes one now and ends.
# One that broke off never takes the place of a good one, and good ones stay until a newer one is there.
set -u
folder=${BACKUPS:-/backups}
keep=${KEEP_DAYS:-14}
umask 077

backup() {
  file="$folder/cop-$(date -u +%Y%m%dT%H%M%SZ).dump"
  if pg_dump --format=custom --file="$file.unfinished"; then
    mv "$file.unfinished" "$file"
    find "$folder" -name 'cop-*.dump' -mtime "+$keep" -delete
    echo "kept $file"
  else
    rm -f "$file.unfinished"
    echo "no backup was made: pg_dump failed" >&2
    return 1
  fi
}

if [ "${1:-}" = once ]; then
  backup
  exit
fi
while true; do
  # Another try in an hour when one fails.
  if backup; then sleep 86400; else sleep 3600; fi
done
