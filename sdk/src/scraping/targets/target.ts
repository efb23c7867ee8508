import type { SourceName } from "@leeway/core/quantities";

/** Target is one thing to read: an endpoint, or the GPUs of this machine. */
export interface Target {
  /** What tells it from others; two targets of one id are one. */
  readonly id: string;
  readonly from:
    | { readonly kind: "http"; readonly url: string }
    | { readonly kind: "nvidia-smi"; readonly command: string };
  /** Its source, where it is given; else every known source's metrics are read. */
  readonly source: SourceName | undefined;
  readonly model: string | undefined;
  readonly version: string | undefined;
  readonly replica: string | undefined;
  /** The replica where nothing else names it. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly meta: Readonly<Record<string, string>>;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly bearerTokenEnv: string | undefined;
  readonly bearerTokenFile: string | undefined;
  readonly caFile: string | undefined;
}
