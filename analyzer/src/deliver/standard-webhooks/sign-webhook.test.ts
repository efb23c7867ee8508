import { describe, expect, it } from "vitest";
import { signWebhook } from "./sign-webhook.ts";

describe("signWebhook", () => {
  it("gives the signature of the specification's published example", () => {
    const headers = signWebhook({
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("signs with both secrets while one replaces the other", () => {
    const message = { id: "msg_1", at: 1_614_265_330_000, body: "{}" };
    const [fresh, former] = ["n".repeat(24), "o".repeat(24)] as const;
    const alone = [fresh, former].map((secret) => signWebhook({ ...message, secret })["webhook-signature"]);
    const both = signWebhook({ ...message, secret: fresh, previousSecret: former });
    expect(both["webhook-signature"].split(" ")).toEqual(alone);
  });

  it("keeps dots out of the id, where they would make the signed text ambiguous", () => {
    expect(signWebhook({ secret: "x".repeat(24), id: "a.b", at: 0, body: "" })["webhook-id"]).toBe("a_b");
  });
});
