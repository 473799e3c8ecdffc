import { isWhollyKnown, type Value } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import type { Parameter } from "../provider-function.ts";
import { validateValue } from "./validate-config.ts";

/**
 * Why a function cannot take an argument, without a full stop: null where it may not be, at any depth, or
 * a number that is not whole. Terraform itself checks no more than the type, and for null only the
 * argument as a whole.
 */
export function argumentProblem(value: Value, { name, kind, nullable }: Parameter): string | undefined {
  if (value === null) return nullable ? undefined : "it must not be null";
  if (!isWhollyKnown(value)) return "it is not known yet, and Terraform should not have called the function";
  const diagnostics = new Diagnostics();
  validateValue(value, name, kind, diagnostics);
  for (const { severity, detail, path } of diagnostics) {
    if (severity === "error") return `${name}${path ?? ""}: ${detail.replace(/\.$/, "")}`;
  }
  return undefined;
}
