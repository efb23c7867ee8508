/**
 * versionWords returns how a version is called beside its model: a bare number gets a v, any other name stays as it is. O(1).
 *
 * @example versionWords("1"); // "v1"
 */
export function versionWords(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
