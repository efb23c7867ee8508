import { expect, it } from "vitest";
import { createPathMethods } from "./path-methods.ts";

it("tells the methods of a path from all routes that match it", () => {
  const methods = createPathMethods();
  methods.add("POST", "/v1/predictions");
  methods.add(["GET", "HEAD"], "/v1/monitors/:id");
  methods.add("PUT", "/v1/monitors/:id");
  methods.add("POST", "/v1/monitors/preview");
  expect(methods.of("/v1/predictions")).toEqual(["POST"]);
  expect(methods.of("/v1/monitors/m1")).toEqual(["GET", "HEAD", "PUT"]);
  expect(methods.of("/v1/monitors/preview")).toEqual(["GET", "HEAD", "POST", "PUT"]);
  for (const path of ["/", "/v1", "/v1/predictions/", "/v1/monitors/", "/v1/monitors/m1/test"]) {
    expect([path, methods.of(path)]).toEqual([path, []]);
  }
});
