/**
 * INGEST_ARGUMENTS are what Node runs ingest with (`scripts/container.sh` says the same). What hundreds of requests hold while they wait for their insert dies
 * young: with more room it need not be copied again and again (a tenth of ingest's CPU).
 */
export const INGEST_ARGUMENTS = ["--max-semi-space-size=32"];
