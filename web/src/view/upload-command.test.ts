import { expect, it } from "vitest";
import { uploadCommand } from "./upload-command.ts";

it("a name of any kind stays one word of the shell and one piece of the address", () => {
  const command = uploadCommand({ url: "http://api:4700", model: "it's 50 %/a", version: "v1" });
  expect(command).toContain("http://api:4700/v1/models/it's%2050%20%25%2Fa/references?version=v1&mapping=");
  expect(command).toContain("--model 'it'\\''s 50 %/a' --version v1");
});

it("its mapping is the one that the command shows", () => {
  const mapping = /mapping=([^"]+)"/.exec(uploadCommand({ url: "", model: "m", version: "1" }))?.[1] ?? "";
  expect(JSON.parse(decodeURIComponent(mapping))).toEqual({ score: "p", label: "y" });
});
