import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LeewayError } from "@leeway/core/errors";
import protobuf from "protobufjs";

/** MessageTypes turn OTLP's protobuf messages into the JSON form of the same messages, and back. */
export interface MessageTypes {
  /** readRequest returns an ExportMetricsServiceRequest in its JSON form, or throws `invalid_request`. */
  readRequest(bytes: Buffer): unknown;
  writeResponse(response: object): Buffer;
  writeStatus(status: { code: number; message: string }): Buffer;
}

/** loadMessageTypes returns the messages of `otlp-metrics.proto`. */
export function loadMessageTypes(): MessageTypes {
  const { root } = protobuf.parse(readFileSync(join(import.meta.dirname, "otlp-metrics.proto"), "utf8"));
  const request = root.lookupType("ExportMetricsServiceRequest");
  const response = root.lookupType("ExportMetricsServiceResponse");
  const status = root.lookupType("Status");
  const write = (type: protobuf.Type, message: object) =>
    Buffer.from(type.encode(type.fromObject(message)).finish());
  return {
    readRequest(bytes) {
      try {
        return request.toObject(request.decode(bytes), { longs: String, json: true });
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message.slice(0, 200) : "unreadable";
        throw new LeewayError(
          "invalid_request",
          `the body is not an ExportMetricsServiceRequest: ${reason}`,
          {
            cause,
          },
        );
      }
    },
    writeResponse: (message) => write(response, message),
    writeStatus: (message) => write(status, message),
  };
}
