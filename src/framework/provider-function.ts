import type { Kind, ValueOf } from "./kind.ts";

/** A parameter of a function. Terraform refuses a null argument unless `nullable`. */
export interface Parameter<K extends Kind = Kind, N extends boolean = boolean> {
  readonly name: string;
  readonly kind: K;
  /** Markdown. */
  readonly description: string;
  readonly nullable: N;
}

/** An argument that the function cannot take: which one, from 0, and why, without a full stop. */
export class FunctionError extends Error {
  readonly argument: number | undefined;

  constructor(message: string, argument?: number) {
    super(message);
    this.name = "FunctionError";
    this.argument = argument;
  }
}

export type Parameters = readonly Parameter[];

type Arguments<T extends Parameters> = {
  readonly [I in keyof T]:
    | ValueOf<T[I]["kind"], never, "state">
    | (T[I]["nullable"] extends true ? null : never);
};

/** What a function's author declares. It must be pure: Terraform compares results within a run. */
export interface FunctionDefinition<T extends Parameters, R extends Kind> {
  readonly name: string;
  /** One line, plain text. */
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly parameters: T;
  readonly returns: R;
  /** Throws FunctionError for arguments it cannot take. */
  call(...args: Arguments<T>): ValueOf<R, never, "state"> | null;
}

/** A function as the framework serves it. */
export interface ProviderFunction {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: Parameters;
  readonly returns: Kind;
  call(...args: readonly unknown[]): unknown;
}

export function parameter<const K extends Kind>(
  name: string,
  kind: K,
  description: string,
): Parameter<K, false> {
  return { name, kind, description, nullable: false };
}

export function nullableParameter<const K extends Kind>(
  name: string,
  kind: K,
  description: string,
): Parameter<K, true> {
  return { name, kind, description, nullable: true };
}

/** Declares a function. Throws Error for names that Terraform would not take, or a missing description. */
export function providerFunction<const T extends Parameters, const R extends Kind>(
  definition: FunctionDefinition<T, R>,
): ProviderFunction {
  const names = definition.parameters.map((each) => each.name);
  for (const name of [definition.name, ...names]) {
    if (!/^[a-z][a-z0-9_]*$/.test(name))
      throw new Error(`Invalid name in function ${definition.name}: ${name}.`);
  }
  if (new Set(names).size < names.length) throw new Error(`Function ${definition.name} repeats a parameter.`);
  for (const text of [
    definition.summary,
    definition.description,
    ...definition.parameters.map((p) => p.description),
  ]) {
    if (text.trim() === "")
      throw new Error(`Function ${definition.name}, or a parameter of it, has no description.`);
  }
  const call: ProviderFunction["call"] = (...args) => Reflect.apply(definition.call, definition, args);
  return { ...definition, call };
}
