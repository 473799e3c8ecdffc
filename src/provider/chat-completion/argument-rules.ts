import {
  type ExactNumber,
  type Problem,
  quote,
  terraformNumberText,
  type Validator,
} from "../../framework/index.ts";
import { jsonObjectProblem } from "../json-argument.ts";

/** `none`, `auto`, `required`, or JSON text of an object that names a tool. */
export function toolChoice(): Validator<string> {
  const detail =
    'The value must be "none", "auto" or "required", or JSON text that names a tool, for example ' +
    'jsonencode({ type = "function", function = { name = "get_weather" } }).';
  return {
    description: 'must be `"none"`, `"auto"`, `"required"`, or JSON text of an object',
    validate(value): Problem | undefined {
      if (["none", "auto", "required"].includes(value)) return undefined;
      const problem = /^\s*[[{"]/.test(value) ? jsonObjectProblem(value) : { detail };
      return problem === undefined ? undefined : { ...problem, given: problem.given ?? quote(value) };
    },
  };
}

/** Biases from -100 to 100 by token ID. */
export function logitBias(): Validator<ReadonlyMap<string, ExactNumber>> {
  return {
    description: "must have token IDs as keys, and numbers from -100 to 100 as values",
    validate(biases): Problem | undefined {
      for (const [token, bias] of biases) {
        if (!/^\d+$/.test(token)) {
          return {
            detail: `A key must be a token's ID: a whole number, for example "50256".`,
            given: quote(token),
          };
        }
        const value = Number(terraformNumberText(bias));
        if (value < -100 || value > 100) {
          return {
            detail: "A bias must be from -100 to 100.",
            given: terraformNumberText(bias),
            at: [token],
          };
        }
      }
      return undefined;
    },
  };
}
