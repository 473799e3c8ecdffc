/**
 * Whether a model's name is a dated version of another: `gpt-4o-2024-08-06` of `gpt-4o`, and
 * `gpt-4-0613` of `gpt-4`, but `gpt-4o-mini` of nothing.
 */
export function isSnapshotOf(name: unknown, alias: unknown): boolean {
  if (typeof name !== "string" || typeof alias !== "string" || !name.startsWith(`${alias}-`)) return false;
  return /^(?:\d{4}|\d{4}-\d{2}-\d{2})$/.test(name.slice(alias.length + 1));
}
