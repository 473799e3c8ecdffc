import assert from "node:assert/strict";
import { list, map, object, set, type Type, typeFromJSON } from "../../../src/cty/index.ts";
import { bytes, message, messages, text } from "./messages.ts";
import type { Message } from "./proto.ts";

/** What the tests encode and decode with: made from the schema on the wire, as Terraform does it. */
export interface WireSchemas {
  readonly provider: Type;
  readonly dataSources: ReadonlyMap<string, Type>;
  readonly resources: ReadonlyMap<string, Type>;
  readonly ephemeralResources: ReadonlyMap<string, Type>;
  readonly listResources: ReadonlyMap<string, Type>;
  readonly actions: ReadonlyMap<string, Type>;
}

/** Reads a GetProviderSchema response. */
export function wireSchemas(response: Message): WireSchemas {
  return {
    provider: blockType(blockOf(response.provider)),
    dataSources: typesOf(response.data_source_schemas),
    resources: typesOf(response.resource_schemas),
    ephemeralResources: typesOf(response.ephemeral_resource_schemas),
    listResources: typesOf(response.list_resource_schemas),
    // An action's schema is a member of what describes it.
    actions: typesOf(response.action_schemas, (described) => message(described).schema),
  };
}

function typesOf(schemas: unknown, schemaOf = (entry: unknown) => entry): Map<string, Type> {
  const entries = Object.entries(message(schemas));
  return new Map(entries.map(([name, entry]) => [name, blockType(blockOf(schemaOf(entry)))]));
}

/** The block of a schema. */
export function blockOf(schema: unknown): Message {
  return message(message(schema).block);
}

/** The cty type that a block implies (terraform/internal/configs/configschema/implied_type.go). */
function blockType({ attributes, block_types }: Message): Type {
  assert.deepEqual(block_types, [], "these tests know attributes only");
  return attributesType(attributes);
}

function attributesType(attributes: unknown): Type {
  return object(messages(attributes).map((attribute) => [text(attribute.name), attributeType(attribute)]));
}

function attributeType({ name, type, nested_type }: Message): Type {
  if (nested_type === null) return typeFromJSON(bytes(type).toString());
  const { nesting, attributes } = message(nested_type);
  const element = attributesType(attributes);
  switch (nesting) {
    case "SINGLE":
      return element;
    case "LIST":
      return list(element);
    case "SET":
      return set(element);
    case "MAP":
      return map(element);
    default:
      throw new Error(`${String(name)} has the nesting ${String(nesting)}`);
  }
}
