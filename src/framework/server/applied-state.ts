import {
  conform,
  equals,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  Path,
  type Value,
} from "../../cty/index.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import { ctyType, type Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { isObjectValue } from "./config.ts";
import { nullifyWriteOnly } from "./nullify-write-only.ts";
import { type CheckedState, toObjectValue } from "./state.ts";

/**
 * Checks the state of a resource that an author returned. After an apply it must have every value that
 * was planned (`planned` is null otherwise); Terraform's own message for that, "Provider produced
 * inconsistent result after apply", would name neither cause nor remedy.
 */
export function checkResourceState(
  object: unknown,
  schema: Schema,
  planned: ObjectValue | null,
): CheckedState {
  const value = toObjectValue(object, schema.attributes);
  const mistakes = conform(value, schema.type);
  if (mistakes.length > 0 || !isObjectValue(value)) {
    return {
      diagnostics: mistakes.map(({ message, path }) =>
        bugDiagnostic(`The provider returned a value that its schema does not allow: ${message}.`, path),
      ),
    };
  }
  const state = nullifyWriteOnly(value, schema.attributes);
  if (!isWhollyKnown(state)) {
    return { diagnostics: [bugDiagnostic("The provider returned a state that is not wholly known.")] };
  }
  const changed = planned === null ? [] : [...differences(state, planned, schema)];
  return changed.length === 0 ? { state } : { diagnostics: changed };
}

function* differences(state: ObjectValue, planned: ObjectValue, schema: Schema): Generator<Diagnostic> {
  for (const [name, { kind }] of Object.entries(schema.attributes)) {
    if (agrees(state[name] ?? null, planned[name] ?? null, kind)) continue;
    const path = Path.root.atName(name);
    yield bugDiagnostic(`The provider did not apply what it had planned for ${name}.`, path);
  }
}

/** Whether a value is what was planned, wherever the plan knew it. */
function agrees(state: Value, planned: Value, kind: Kind): boolean {
  if (isUnknown(planned)) return true;
  if (kind.kind === "object" && isObjectValue(state) && isObjectValue(planned)) {
    return Object.entries(kind.attributes).every(([name, each]) =>
      agrees(state[name] ?? null, planned[name] ?? null, each.kind),
    );
  }
  if (kind.kind === "list" && Array.isArray(state) && Array.isArray(planned)) {
    return (
      state.length === planned.length &&
      planned.every((each: Value, index) => agrees(state[index] ?? null, each, kind.element))
    );
  }
  return equals(state, planned, ctyType(kind));
}
