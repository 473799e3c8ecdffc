import { conform, isWhollyKnown, type ObjectValue, type Path, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import type { Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { differences, eachValue, isObjectValue, mapValue, nodeOf } from "../walk.ts";

/** A state ready for the wire, or what is wrong with it: always a mistake of the provider. */
export type CheckedState = { readonly state: ObjectValue } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks what an author returned against the schema and against the configuration it came from,
 * before it is encoded: Terraform's own messages for a wrong type name neither object nor reason,
 * and it accepts silently that an argument comes back changed.
 */
export function checkState(object: unknown, schema: Schema, config: ObjectValue): CheckedState {
  const checked = checkForm(object, schema);
  if ("diagnostics" in checked) return checked;
  const changed = changedArguments(checked.state, config, schema.attributes);
  const diagnostics = [
    ...changed.map((path) => bugDiagnostic(`The provider changed the argument ${path}.`, path)),
    ...missingValues(checked.state, schema.attributes),
  ];
  return diagnostics.length === 0 ? checked : { diagnostics };
}

/** Checks what an author returned against the schema alone: an object of its type, wholly known. */
export function checkForm(object: unknown, schema: Schema): CheckedState {
  const state = toObjectValue(object, schema.attributes);
  const diagnostics = conform(state, schema.type).map((error) =>
    bugDiagnostic(
      `The provider returned a value that its schema does not allow: ${error.message}.`,
      error.path,
    ),
  );
  if (diagnostics.length > 0) return { diagnostics };
  // Null and unknown are values of every type.
  if (!isObjectValue(state)) return { diagnostics: [bugDiagnostic("The provider returned no state.")] };
  if (!isWhollyKnown(state)) {
    return { diagnostics: [bugDiagnostic("The provider returned a state that is not wholly known.")] };
  }
  return { state };
}

/** A diagnostic for each attribute, at every depth, that is declared as never null and has no value. */
export function missingValues(state: ObjectValue, attributes: Attributes): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  eachValue(
    state,
    [],
    nodeOf({ kind: "object", attributes }),
    (value, _beside, { attribute, path }, inside) => {
      if (value === null && attribute?.notNull) {
        diagnostics.push(
          bugDiagnostic(`The provider returned no value for ${path}, which must have one.`, path),
        );
      } else inside();
    },
  );
  return diagnostics;
}

/** The paths at which a state differs from the arguments that it came from, at every depth. */
function changedArguments(state: ObjectValue, config: ObjectValue, attributes: Attributes): Path[] {
  const root = nodeOf({ kind: "object", attributes });
  return differences(state, config, root, (_value, given, { attribute }) => {
    const computed =
      attribute?.mode === "computed" || (attribute?.mode === "optional_computed" && given === null);
    return computed ? true : undefined;
  });
}

/** An author's object as a value. What does not fit is passed on, and `conform` reports it. */
export function toObjectValue(object: unknown, attributes: Attributes): Value {
  return toValue(object, { kind: "object", attributes });
}

/**
 * An author's plain objects become cty's. What does not fit is passed on as it is, and `conform` reports
 * it; a missing attribute stays missing.
 */
export function toValue(value: unknown, kind: Kind): Value {
  // The walk and conform() take anything: what is no value of the kind stays as it is.
  return mapValue(value as Value, [], nodeOf(kind), (_value, _beside, _node, inside) => inside());
}
