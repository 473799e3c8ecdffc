/**
 * What a provider keeps of an object beside its state: texts by key. Terraform stores that of a resource in
 * the state file, in the clear, and shows it nowhere. That of an ephemeral resource is never stored.
 */
export class PrivateState {
  readonly #entries: Map<string, string>;

  private constructor(entries: Map<string, string>) {
    this.#entries = entries;
  }

  static empty(): PrivateState {
    return new PrivateState(new Map());
  }

  /** Reads what `encode` wrote. Bytes that it did not write count as empty. */
  static decode(bytes: Uint8Array): PrivateState {
    if (bytes.length === 0) return PrivateState.empty();
    try {
      const parsed: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return PrivateState.empty();
      const entries = Object.entries(parsed).flatMap(([key, value]): [string, string][] =>
        typeof value === "string" ? [[key, value]] : [],
      );
      return new PrivateState(new Map(entries));
    } catch {
      return PrivateState.empty();
    }
  }

  get(key: string): string | undefined {
    return this.#entries.get(key);
  }

  /** Undefined removes. */
  set(key: string, value: string | undefined): void {
    if (value === undefined) this.#entries.delete(key);
    else this.#entries.set(key, value);
  }

  /** Whether the object was imported, and not updated since. The framework's own. */
  get imported(): boolean {
    return this.#entries.has(importedKey);
  }

  set imported(value: boolean) {
    this.set(importedKey, value ? "true" : undefined);
  }

  encode(): Buffer {
    if (this.#entries.size === 0) return Buffer.alloc(0);
    return Buffer.from(JSON.stringify(Object.fromEntries(this.#entries)));
  }
}

const importedKey = ".imported";
