#!/bin/sh
# The entry of the container image: runs the service that is named, as process 1.
case "$1" in
  ingest | analyzer) exec node --import tsx "$1/src/main.ts" ;;
  *) echo "leeway: no such service: $1 (ingest, analyzer)" >&2; exit 64 ;;
esac
