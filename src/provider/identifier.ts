import { hash } from "node:crypto";

/** An identifier for what has none in the API: stable from read to read, and of no use to anybody who looks for a key in it. */
export function identifier(origin: string, ...parts: readonly string[]): string {
  return hash("sha256", [origin, ...parts].join("\n"));
}
