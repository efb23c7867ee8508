import { ADMIN } from "./launch-web.ts";

/** Credentials are what a person types, from where, with the cookies of the browser. */
export interface SignIn {
  email?: string;
  password?: string;
  /** The address that a trusted proxy names. */
  from?: string;
  cookie?: string;
}

/** postSession signs in without a browser, by default as the administrator. */
export function postSession(url: string, { email, password, from, cookie }: SignIn = {}): Promise<Response> {
  return fetch(`${url}/api/session`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      ...(from === undefined ? {} : { "x-forwarded-for": from }),
      ...(cookie === undefined ? {} : { cookie }),
    },
    body: JSON.stringify({ email: email ?? ADMIN.email, password: password ?? ADMIN.password }),
  });
}

/** cookiesOf returns the cookies an answer sets, as a browser sends them back. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
