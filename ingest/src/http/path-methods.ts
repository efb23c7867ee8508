/** PathMethods knows which methods a path is served under. */
export interface PathMethods {
  /** add notes a route: its methods, and its path with `:name` for parameters. */
  add(methods: string | readonly string[], pattern: string): void;
  /** of returns the methods of the routes that match a path, in order of their names; none where nothing is served there. */
  of(path: string): string[];
}

/** createPathMethods returns a table of the routes that are added to it. */
export function createPathMethods(): PathMethods {
  const routes: { methods: readonly string[]; parts: string[] }[] = [];
  return {
    add(methods, pattern) {
      routes.push({ methods: [methods].flat(), parts: pattern.split("/") });
    },
    of(path) {
      const given = path.split("/");
      const matches = (parts: readonly string[]) =>
        parts.length === given.length &&
        parts.every((part, i) => part === given[i] || (part.startsWith(":") && given[i] !== ""));
      return [...new Set(routes.flatMap(({ methods, parts }) => (matches(parts) ? methods : [])))].sort();
    },
  };
}
