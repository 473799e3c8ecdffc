/**
 * A check of one known, non-null value, run by `terraform validate` and at each plan.
 *
 * It returns what is wrong and what is accepted, in sentences for the practitioner, or undefined. The
 * framework leaves out `given`, which may quote the value, where the attribute is sensitive.
 */
export interface Validator<T = unknown> {
  /** Completes "The value …" on the documentation page: "must not be blank". */
  readonly description: string;
  validate(value: T): Problem | undefined;
}

export interface Problem {
  /** A warning does not stop the run. Left out means an error. */
  readonly severity?: "error" | "warning";
  /** The title. Left out means `Invalid value for "name"`. */
  readonly summary?: string;
  /** What is accepted, with an example where one helps. */
  readonly detail: string;
  /** What was given, already in words; never shown for a sensitive attribute. */
  readonly given?: string;
  /** Where inside the value: list indices, map keys or attribute names. */
  readonly at?: readonly (string | number)[];
}
