import { typeToJSON } from "../cty/index.ts";
import { type Attribute, type Attributes, ctyType, type Kind, type Schema } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import {
  Schema_Object_NestingMode as NestingMode,
  type Schema_Attribute,
  type Schema_Object,
  type Schema as SchemaMessage,
  StringKind,
} from "./messages.gen.ts";

/** A schema as tfplugin6 has it. A schema always has a block: Terraform crashes without one. */
export function toSchema(schema: Schema): Input<SchemaMessage> {
  return {
    version: schema.version,
    block: {
      version: schema.version,
      description: schema.description,
      description_kind: StringKind.MARKDOWN,
      attributes: toAttributes(schema.attributes),
    },
  };
}

function toAttributes(attributes: Attributes): Input<Schema_Attribute>[] {
  return Object.keys(attributes)
    .sort()
    .flatMap((name) => {
      const attribute = attributes[name];
      return attribute === undefined ? [] : [toAttribute(name, attribute)];
    });
}

function toAttribute(name: string, attribute: Attribute): Input<Schema_Attribute> {
  const nested = isPlainCollection(attribute) ? undefined : nestedType(attribute.kind);
  return {
    name,
    ...(nested === undefined
      ? { type: Buffer.from(typeToJSON(ctyType(attribute.kind))) }
      : { nested_type: nested }),
    description: attribute.description,
    description_kind: StringKind.MARKDOWN,
    required: attribute.mode === "required" && attribute.requiredByProvider !== true,
    optional:
      attribute.mode === "optional" ||
      attribute.mode === "optional_computed" ||
      attribute.requiredByProvider === true,
    computed: attribute.mode === "computed" || attribute.mode === "optional_computed",
    sensitive: attribute.sensitive,
    write_only: attribute.writeOnly,
    // The message itself is shown by validation, on every version: the field exists from 6.10 only.
    deprecated: attribute.deprecated !== undefined,
  };
}

/**
 * A computed collection of objects goes as a plain type, which means the same but for one thing:
 * `terraform test` can mock it. Of a nested type Terraform 1.11 takes no list of objects as a mock
 * (fillAttribute in internal/moduletest/mocking/fill.go). Flags of nested attributes have no place
 * in a type, so with those it stays nested.
 */
function isPlainCollection({ mode, kind }: Attribute): boolean {
  const isCollection = kind.kind === "list" || kind.kind === "set" || kind.kind === "map";
  return mode === "computed" && isCollection && !hasFlags(kind.element);
}

function hasFlags(kind: Kind): boolean {
  switch (kind.kind) {
    case "object":
      return Object.values(kind.attributes).some(
        (one) => one.sensitive || one.writeOnly || one.deprecated !== undefined || hasFlags(one.kind),
      );
    case "list":
    case "set":
    case "map":
      return hasFlags(kind.element);
    default:
      return false;
  }
}

/** Other objects and collections of objects are nested attributes; collections of collections are not. */
function nestedType(kind: Kind): Input<Schema_Object> | undefined {
  switch (kind.kind) {
    case "object":
      return { nesting: NestingMode.SINGLE, attributes: toAttributes(kind.attributes) };
    case "list":
    case "set":
    case "map":
      if (kind.element.kind !== "object") return undefined;
      return { nesting: collectionNesting[kind.kind], attributes: toAttributes(kind.element.attributes) };
    default:
      return undefined;
  }
}

const collectionNesting = { list: NestingMode.LIST, set: NestingMode.SET, map: NestingMode.MAP } as const;
