#!/bin/sh
# The entry of the container image: runs the service that is named, as process 1.
case "$1" in
  # What waits for its insert dies young: with more room the collector need not copy it again and again.
  ingest) exec node --max-semi-space-size=32 --import tsx ingest/src/main.ts ;;
  analyzer) exec node --import tsx analyzer/src/main.ts ;;
  *) echo "leeway: no such service: $1 (ingest, analyzer)" >&2; exit 64 ;;
esac
