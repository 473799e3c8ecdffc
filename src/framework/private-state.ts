/**
 * What a provider keeps of an object beside its state: texts by key. Terraform stores that of a resource in
 * the state file, in the clear, and shows it nowhere. That of an ephemeral resource is never stored.
 */
export class PrivateState {
  /**
   * Whether nobody knows all arguments that the object was made with: it was imported, moved, or taken over from
   * another provider, and not updated since. The framework's own.
   */
  imported: boolean;
  readonly #entries: Map<string, string>;

  private constructor(entries: Map<string, string>, imported: boolean) {
    this.#entries = entries;
    this.imported = imported;
  }

  /** That of an object which is created. */
  static empty(): PrivateState {
    return new PrivateState(new Map(), false);
  }

  /** That of what is not applied: an import, a move, and an ephemeral resource. */
  static unapplied(): PrivateState {
    return new PrivateState(new Map(), true);
  }

  /** Reads what `encode` wrote. Bytes that it did not write count as those of an import without an entry. */
  static decode(bytes: Uint8Array): PrivateState {
    const entries = new Map(entriesIn(bytes));
    return new PrivateState(entries, !entries.delete(appliedKey));
  }

  get(key: string): string | undefined {
    return this.#entries.get(key);
  }

  /** Undefined removes. */
  set(key: string, value: string | undefined): void {
    if (value === undefined) this.#entries.delete(key);
    else this.#entries.set(key, value);
  }

  encode(): Buffer {
    const entries = [...this.#entries, ...(this.imported ? [] : [[appliedKey, "true"]])];
    return entries.length === 0 ? Buffer.alloc(0) : Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  }
}

/**
 * Marks what this provider has applied. An import has no such mark, and neither has what comes from elsewhere: after
 * `terraform state replace-provider` the private state is still the other provider's.
 */
const appliedKey = ".applied";

function entriesIn(bytes: Uint8Array): [string, string][] {
  if (bytes.length === 0) return [];
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return [];
    return Object.entries(parsed).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[key, value]] : [],
    );
  } catch {
    return [];
  }
}
