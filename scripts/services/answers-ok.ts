import { get } from "node:http";

const PATIENCE_MS = 2_000;

/** answersOk decides whether a GET of `url` answers 2xx within two seconds. It always settles: the timer is its own, and keeps the process alive until then. */
export function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isOk: boolean) => {
      clearTimeout(timer);
      request.destroy();
      resolve(isOk);
    };
    const request = get(url, { agent: false }, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.resume();
      answer.once("end", () => settle(status >= 200 && status < 300));
      answer.once("error", () => settle(false));
    });
    request.once("error", () => settle(false));
    const timer = setTimeout(() => settle(false), PATIENCE_MS);
  });
}
