import { expect, test } from "vitest";
import { passwordWeakness } from "./common-password.ts";

const EMAIL = "ada.lovelace@example.org";

test.each([
  "password1234",
  "P@ssw0rd2026!",
  "PasswordPassword",
  "123456789012",
  "210987654321",
  "qwertyuiop12",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "administrator",
  "Administrator1!",
  "leeway-admin-2026",
  "changeme-changeme",
  "letmein12345",
  "aaaaaaaaaaaa",
  "abababababab",
  "correcthorsebatterystaple",
  "lovelace1234",
  "Welcome2025!!",
])("%s is refused", (password) => {
  expect(passwordWeakness(password, EMAIL)).toMatch(/choose/);
});

test.each([
  "correct-horse-battery",
  "xK9#mQ2$vL7pW4",
  "the red bicycle sings",
  "dragons dislike cold soup",
  "8f3a1c5e9b2d7046",
  "日本語のパスワードは長いです",
  "lovelace had better ideas",
])("%s is accepted", (password) => {
  expect(passwordWeakness(password, EMAIL)).toBeUndefined();
});
