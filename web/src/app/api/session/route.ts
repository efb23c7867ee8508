import { cookies } from "next/headers";
import { z } from "zod";
import { sessionCookieName } from "../../../auth/session-token.ts";
import { server } from "../../../server/composition.ts";
import { handleMutation } from "../../../server/mutation.ts";
import { problem } from "../../../server/problem.ts";
import { signIn, signOut } from "../../../server/sign-in.ts";

const credentialsSchema = z.object({ email: z.string().max(320), password: z.string().max(1_024) });

/** POST signs in: the answer sets the session cookie. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, credentialsSchema, async ({ email, password }) => {
    const context = server();
    // The store may have been away when the process started; the administrator must be able to sign in once it is back.
    await context.ensureAdmin();
    const result = await signIn(context, email, password);
    switch (result.outcome) {
      case "signed_in": {
        (await cookies()).set(sessionCookieName(context.config.isSecure), result.token, {
          httpOnly: true,
          sameSite: "lax",
          secure: context.config.isSecure,
          path: "/",
          expires: result.expiresAt,
        });
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
