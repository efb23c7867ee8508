// What the most common long passwords are made of. The runs are read in both directions.
const WORDS = [
  ...[
    "password",
    "passwort",
    "passwd",
    "passphrase",
    "secret",
    "welcome",
    "changeme",
    "change",
    "default",
    "letmein",
  ],
  ...[
    "administrator",
    "admin",
    "root",
    "user",
    "username",
    "login",
    "master",
    "system",
    "test",
    "demo",
    "example",
  ],
  ...[
    "iloveyou",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "football",
    "baseball",
    "superman",
    "batman",
    "shadow",
  ],
  ...[
    "michael",
    "jordan",
    "hunter",
    "freedom",
    "whatever",
    "trustno",
    "starwars",
    "computer",
    "internet",
    "qwerty",
  ],
  ...["spring", "summer", "autumn", "winter", "monday", "friday", "january", "december", "company", "leeway"],
  ...[
    "correcthorsebatterystaple",
    "please",
    "hello",
    "world",
    "pass",
    "word",
    "your",
    "this",
    "replace",
    "grafana",
  ],
];
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "qazwsxedcrfvtgbyhnujmikolp",
  "asdfghjkl",
].flatMap((run) => [run, [...run].reverse().join("")]);
const SUBSTITUTES: Record<string, string> = {
  "@": "a",
  4: "a",
  3: "e",
  1: "i",
  "!": "i",
  0: "o",
  $: "s",
  5: "s",
  7: "t",
};

const LEAST_CHARACTERS = 5;
const LEAST_RUN = 3;
const LEAST_LEFT_OVER = 5;

/**
 * passwordWeakness returns why a long password is still among the first that anybody would guess, and undefined where it is not. It is
 * weak if it uses fewer than five different characters, or if fewer than five characters are left after taking away common words, runs on the
 * keyboard, years and the owner's own name.
 *
 * @example
 * passwordWeakness("P@ssw0rd2026!", "ada@example.org"); // "is made of common words and runs of keys; …"
 * passwordWeakness("correct-horse-battery", "ada@example.org"); // undefined
 */
export function passwordWeakness(password: string, email: string): string | undefined {
  const plain = password.normalize("NFC").toLowerCase();
  if (new Set(plain).size < LEAST_CHARACTERS) {
    return `uses fewer than ${LEAST_CHARACTERS} different characters; choose a longer phrase or a random password`;
  }
  const own = email.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const words = [...WORDS, ...own.filter((word) => word.length >= LEAST_RUN)];
  if (leftOver(plain, words) >= LEAST_LEFT_OVER) return undefined;
  return "is made of common words and runs of keys; choose four or more unrelated words or a random password";
}

/** Returns the fewest characters of `text` that no common part covers. O(length × words). */
function leftOver(text: string, words: readonly string[]): number {
  const folded = [...text].map((character) => SUBSTITUTES[character] ?? character).join("");
  const fewest = Array.from({ length: text.length + 1 }, (_, index) => index);
  for (let start = 0; start < text.length; start++) {
    const before = fewest[start] ?? 0;
    for (const length of [...partsAt(text, start, words), ...partsAt(folded, start, words)]) {
      fewest[start + length] = Math.min(fewest[start + length] ?? before, before);
    }
    fewest[start + 1] = Math.min(fewest[start + 1] ?? before + 1, before + 1);
  }
  return fewest[text.length] ?? text.length;
}

/** Returns the lengths of the common parts that begin at `start`. */
function partsAt(text: string, start: number, words: readonly string[]): number[] {
  const lengths = words.filter((word) => text.startsWith(word, start)).map((word) => word.length);
  if (/^(19|20)\d\d/.test(text.slice(start, start + 4))) lengths.push(4);
  for (let end = start + LEAST_RUN; end <= text.length; end++) {
    const part = text.slice(start, end);
    const isRepeated = new Set(part).size === 1;
    if (!isRepeated && !RUNS.some((run) => run.includes(part))) break;
    lengths.push(part.length);
  }
  return lengths;
}
