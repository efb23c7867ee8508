import { join } from "node:path";
import protobuf from "protobufjs";

const PROTO = join(import.meta.dirname, "../otlp/otlp-metrics.proto");

/** writeMetricsRequest returns an ExportMetricsServiceRequest in protobuf, from its JSON form; it throws where no message can hold that. */
export function writeMetricsRequest(request: object): Buffer {
  const type = protobuf.loadSync(PROTO).lookupType("ExportMetricsServiceRequest");
  return Buffer.from(type.encode(type.fromObject(request)).finish());
}
