import {
  conform,
  equals,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  objectValue,
  Path,
  type Value,
} from "../../cty/index.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import { ctyType, type Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { isObjectValue } from "./config.ts";
import { nullifyWriteOnly } from "./nullify-write-only.ts";
import { type CheckedState, checkForm, toObjectValue } from "./state.ts";

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
  const checked = checkForm(object, schema);
  if ("diagnostics" in checked) return checked;
  const state = nullifyWriteOnly(checked.state, schema.attributes);
  const changed = planned === null ? [] : [...differences(state, planned, schema)];
  return changed.length === 0 ? { state } : { diagnostics: changed };
}

/**
 * What can be kept of a state that did not pass the check: each attribute that the schema allows, and in
 * place of the others what was there before. An identifier must not be lost over a mistake elsewhere.
 */
export function salvageState(
  object: unknown,
  schema: Schema,
  before: ObjectValue | null,
): ObjectValue | null {
  const value = toObjectValue(object, schema.attributes);
  if (!isObjectValue(value)) return before;
  const kept = Object.entries(schema.attributes).map(([name, { kind }]): [string, Value] => {
    const found = Object.hasOwn(value, name) ? (value[name] ?? null) : undefined;
    const usable = isWhollyKnown(found) && conform(found, ctyType(kind)).length === 0;
    return [name, (usable ? found : before?.[name]) ?? null];
  });
  return nullifyWriteOnly(objectValue(kept), schema.attributes);
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
  if (kind.kind === "map" && state instanceof Map && planned instanceof Map) {
    return (
      state.size === planned.size &&
      [...planned].every(([key, each]) => state.has(key) && agrees(state.get(key), each, kind.element))
    );
  }
  return equals(state, planned, ctyType(kind));
}
