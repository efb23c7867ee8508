import type { CliContext } from "../cli-context.ts";

const A_DAY_MS = 86_400_000;

/** untilInterrupted resolves at Ctrl-C or SIGTERM. The agent is the one program that should stay: a timer holds it open. */
export function untilInterrupted({
  onInterrupt,
  runtime,
}: Pick<CliContext, "onInterrupt" | "runtime">): Promise<void> {
  return new Promise((resolve) => {
    let cancel = (): void => undefined;
    const stay = (): void => {
      cancel = runtime.schedule(A_DAY_MS, stay, true);
    };
    stay();
    onInterrupt(() => {
      cancel();
      resolve();
    });
  });
}
