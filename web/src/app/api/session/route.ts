import { cookies } from "next/headers";
import { z } from "zod";
import { CLIENT_ADDRESS_HEADER } from "../../../auth/client-address-header.ts";
import { DEVICE_LIFETIME_MS, deviceCookieName } from "../../../auth/known-device.ts";
import { MAX_PASSWORD_LENGTH } from "../../../auth/password.ts";
import { sessionCookieName } from "../../../auth/session-token.ts";
import { server } from "../../../server/composition.ts";
import { handleMutation } from "../../../server/mutation.ts";
import { problem } from "../../../server/problem.ts";
import { signIn, signOut } from "../../../server/sign-in.ts";

const credentialsSchema = z.object({
  email: z.string().max(320, "too long: an address has at most 320 characters"),
  password: z
    .string()
    .max(MAX_PASSWORD_LENGTH, `too long: a password has at most ${MAX_PASSWORD_LENGTH} characters`),
});

/** POST signs in: the answer sets the session cookie. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, credentialsSchema, async ({ email, password }) => {
    const context = server();
    // The store may have been away when the process started; the administrator must be able to sign in once it is back.
    await context.ensureAdmin();
    const jar = await cookies();
    const { isSecure } = context.config;
    const result = await signIn(context, {
      email,
      password,
      address: request.headers.get(CLIENT_ADDRESS_HEADER) ?? undefined,
      device: jar.get(deviceCookieName(isSecure))?.value,
      signal: request.signal,
    });
    switch (result.outcome) {
      case "signed_in": {
        const options = { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/" } as const;
        jar.set(sessionCookieName(isSecure), result.token, { ...options, expires: result.expiresAt });
        const lifetime = { maxAge: DEVICE_LIFETIME_MS / 1_000 };
        jar.set(deviceCookieName(isSecure), result.device, { ...options, ...lifetime });
        return new Response(null, { status: 204 });
      }
      case "refused":
        return problem("unauthorized", "The e-mail address or the password is not right.");
      case "wait":
        return problem(
          "rate_limited",
          `Too many attempts. Try again in ${result.retryAfterSeconds} seconds.`,
          { "retry-after": String(result.retryAfterSeconds) },
        );
      default:
        return result satisfies never;
    }
  });
}

/** DELETE signs out: the session is revoked in the store and the cookie removed. */
export function DELETE(request: Request): Promise<Response> {
  return handleMutation(request, z.object({}), async () => {
    const context = server();
    const jar = await cookies();
    const name = sessionCookieName(context.config.isSecure);
    await signOut(context, jar.get(name)?.value);
    jar.set(name, "", {
      httpOnly: true,
      sameSite: "lax",
      secure: context.config.isSecure,
      path: "/",
      maxAge: 0,
    });
    return new Response(null, { status: 204 });
  });
}
