import {
  conform,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  objectValue,
  Path,
  type Pieces,
  type Value,
} from "../../cty/index.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import { ctyType } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { differences, isObjectValue, nodeOf } from "../walk.ts";
import { nullifyWriteOnly } from "./nullify-write-only.ts";
import { type CheckedState, checkForm, missingValues, toObjectValue, valuesOf } from "./state.ts";

/**
 * Checks the state of a resource that an author returned. After an apply it must have every value that
 * was planned (`planned` is null otherwise); Terraform's own message for that, "Provider produced
 * inconsistent result after apply", would name neither cause nor remedy.
 */
export function* checkResourceState(
  object: unknown,
  schema: Schema,
  planned: ObjectValue | null,
): Pieces<CheckedState> {
  const checked = yield* checkForm(object, schema);
  if ("diagnostics" in checked) return checked;
  const values = valuesOf(checked);
  const state = nullifyWriteOnly(values, schema.attributes);
  const diagnostics = [
    ...missingValues(state, schema.attributes),
    ...(planned === null ? [] : notAsPlanned(state, planned, schema)),
  ];
  if (diagnostics.length > 0) return { diagnostics };
  return state === values ? checked : { state: nullifyWriteOnly(checked.state, schema.attributes) };
}

/**
 * Checks what an import or a move returned. Attributes that it leaves out are null, and so may be those that
 * a read must fill in.
 */
export function* checkImportedState(object: unknown, schema: Schema): Pieces<CheckedState> {
  const nulls = Object.keys(schema.attributes).map((name): [string, Value] => [name, null]);
  const whole = isObjectValue(object) ? objectValue([...nulls, ...Object.entries(object)]) : object;
  const checked = yield* checkForm(whole, schema);
  if ("diagnostics" in checked) return checked;
  return { state: nullifyWriteOnly(checked.state, schema.attributes) };
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

function notAsPlanned(state: ObjectValue, planned: ObjectValue, schema: Schema): Diagnostic[] {
  return Object.entries(schema.attributes).flatMap(([name, { kind }]) => {
    const value = state[name] ?? null;
    const differing = differences(value, planned[name] ?? null, nodeOf(kind), (_value, plan) =>
      isUnknown(plan) ? true : undefined,
    );
    if (differing.length === 0) return [];
    const path = Path.root.atName(name);
    return [bugDiagnostic(`The provider did not apply what it had planned for ${name}.`, path)];
  });
}
