import type { Path } from "./path.ts";

/**
 * A value that does not fit its type, or bytes or text that hold no such value. `detail` is a sentence
 * for the practitioner without the path; `message` is the same with the path before it.
 */
export class CtyError extends Error {
  readonly path: Path;
  readonly detail: string;

  constructor(path: Path, detail: string) {
    const where = path.toString();
    super(where === "" ? detail : `${where}: ${detail}`);
    this.name = "CtyError";
    this.path = path;
    this.detail = detail;
  }
}

/**
 * How deep types and values may nest, in both directions. Far beyond any schema, and far below the
 * depth at which a JavaScript stack overflows.
 */
export const MAX_DEPTH = 512;

/** Throws when `depth` is beyond {@link MAX_DEPTH}. */
export function checkDepth(path: Path, depth: number): void {
  if (depth > MAX_DEPTH) throw new CtyError(path, `the value nests deeper than ${MAX_DEPTH} levels`);
}
