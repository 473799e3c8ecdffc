/** One step into a value: an attribute of an object, an element of a list, set or tuple, or of a map. */
export type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "key"; readonly key: string };

/**
 * The place of a value inside a larger one. Immutable; each step shares the path before it, so that
 * walking a long list costs one small object an element.
 */
export class Path {
  static readonly root = new Path(undefined, undefined);
  readonly #parent: Path | undefined;
  readonly #step: Step | undefined;

  private constructor(parent: Path | undefined, step: Step | undefined) {
    this.#parent = parent;
    this.#step = step;
  }

  atName(name: string): Path {
    return new Path(this, { kind: "name", name });
  }

  atListIndex(index: number): Path {
    return new Path(this, { kind: "index", index });
  }

  atMapKey(key: string): Path {
    return new Path(this, { kind: "key", key });
  }

  /** The steps from the root, outermost first. */
  get steps(): readonly Step[] {
    const steps: Step[] = [];
    for (let path: Path | undefined = this; path !== undefined; path = path.#parent) {
      if (path.#step !== undefined) steps.push(path.#step);
    }
    return steps.reverse();
  }

  /** As a practitioner would write it: `choices[0].message["x"]`; the root is the empty string. */
  toString(): string {
    return this.steps.map(stepText).join("").replace(/^\./, "");
  }
}

function stepText(step: Step): string {
  if (step.kind === "name") return `.${step.name}`;
  if (step.kind === "index") return `[${step.index}]`;
  return `[${JSON.stringify(step.key)}]`;
}
