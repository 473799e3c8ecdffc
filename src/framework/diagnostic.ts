import type { Path } from "../cty/index.ts";

/** A message to the practitioner: a title, then what happened, why, and what to do. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One line, not wrapped by Terraform, without a full stop. */
  readonly summary: string;
  /** Paragraphs; Terraform wraps a line unless it starts with a space. */
  readonly detail: string;
  /** Points Terraform at the line of the configuration. Absent: the block as a whole. */
  readonly path?: Path;
}

/** Collects diagnostics in order; mirrors terraform-plugin-framework's `diag.Diagnostics`. */
export class Diagnostics implements Iterable<Diagnostic> {
  readonly #list: Diagnostic[] = [];
  readonly #known = new Set<string>();

  /** Adds one; a repetition of what is there already is dropped. Returns itself, to be returned. */
  add(diagnostic: Diagnostic): this {
    const key = identity(diagnostic);
    if (!this.#known.has(key)) this.#list.push(diagnostic);
    this.#known.add(key);
    return this;
  }

  append(others: Iterable<Diagnostic>): this {
    for (const diagnostic of others) this.add(diagnostic);
    return this;
  }

  addError(summary: string, detail: string): this {
    return this.add({ severity: "error", summary, detail });
  }

  addAttributeError(path: Path, summary: string, detail: string): this {
    return this.add({ severity: "error", summary, detail, path });
  }

  addWarning(summary: string, detail: string): this {
    return this.add({ severity: "warning", summary, detail });
  }

  addAttributeWarning(path: Path, summary: string, detail: string): this {
    return this.add({ severity: "warning", summary, detail, path });
  }

  get hasError(): boolean {
    return this.#list.some((diagnostic) => diagnostic.severity === "error");
  }

  get length(): number {
    return this.#list.length;
  }

  [Symbol.iterator](): Iterator<Diagnostic> {
    return this.#list[Symbol.iterator]();
  }
}

/** A text that two diagnostics share if and only if they say the same. */
function identity({ severity, summary, detail, path }: Diagnostic): string {
  return JSON.stringify([severity, summary, detail, String(path ?? "")]);
}

/** The diagnostic for a mistake of ours: it asks for a bug report and shows no stack. */
export function bugDiagnostic(what: string, path?: Path): Diagnostic {
  return {
    severity: "error",
    summary: "Provider bug",
    detail:
      `${what}\n\nThis is always an error in the provider, not in your configuration. ` +
      "Please report it to the provider's developers, with the log that TF_LOG=debug prints.",
    ...(path === undefined ? {} : { path }),
  };
}
