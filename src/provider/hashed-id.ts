import { hash } from "node:crypto";

/** An ID for what has none in the API: stable from read to read, and nothing can be learned from it. */
export function hashedId(origin: string, ...parts: readonly string[]): string {
  return hash("sha256", [origin, ...parts].join("\n"));
}
