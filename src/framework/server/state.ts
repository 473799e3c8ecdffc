import * as cty from "../../cty/index.ts";
import { conform, equals, type ObjectValue, Path, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import { ctyType, type Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { isObjectValue } from "./config.ts";

/** A state ready for the wire, or what is wrong with it: always a mistake of the provider. */
export type CheckedState = { readonly state: ObjectValue } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks what an author returned against the schema and against the configuration it came from,
 * before it is encoded: Terraform's own messages for a wrong type name neither object nor reason,
 * and it accepts silently that an argument comes back changed.
 */
export function checkState(object: unknown, schema: Schema, config: ObjectValue): CheckedState {
  const state = toValue(object, { kind: "object", attributes: schema.attributes });
  const diagnostics = conform(state, schema.type).map((error) =>
    bugDiagnostic(
      `The provider returned a value that its schema does not allow: ${error.message}.`,
      error.path,
    ),
  );
  if (diagnostics.length > 0 || !isObjectValue(state)) return { diagnostics };
  const changed = changedArguments(state, config, schema.attributes);
  return changed.length > 0 ? { diagnostics: changed } : { state };
}

function changedArguments(state: ObjectValue, config: ObjectValue, attributes: Attributes): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.mode !== "required" && attribute.mode !== "optional") continue;
    if (equals(state[name] ?? null, config[name] ?? null, ctyType(attribute.kind))) continue;
    diagnostics.push(bugDiagnostic(`The provider changed the argument "${name}".`, Path.root.atName(name)));
  }
  return diagnostics;
}

/**
 * An author's plain objects become cty's. What does not fit is passed on as it is, for `conform` to
 * name it; a missing attribute stays missing.
 */
function toValue(value: unknown, kind: Kind): Value {
  switch (kind.kind) {
    case "list":
    case "set":
      if (Array.isArray(value)) return value.map((element: unknown) => toValue(element, kind.element));
      break;
    case "map":
      if (value instanceof Map) {
        return new Map(
          [...value].map(([key, element]: [string, unknown]) => [key, toValue(element, kind.element)]),
        );
      }
      break;
    case "object":
      if (isObjectValue(value)) return objectValue(value, kind.attributes);
      break;
  }
  // conform() takes anything and reports what is no value of the type.
  return value as Value;
}

function objectValue(object: ObjectValue, attributes: Attributes): ObjectValue {
  return cty.objectValue(
    Object.keys(object).map((name) => {
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      const value = object[name] as Value;
      return [name, attribute === undefined ? value : toValue(value, attribute.kind)];
    }),
  );
}
