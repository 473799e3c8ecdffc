import { typeToJSON } from "../cty/index.ts";
import { ctyType, type ProviderFunction } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import { type Function as FunctionMessage, StringKind } from "./messages.gen.ts";

/** A function as tfplugin6 has it. A function always has a return type: Terraform crashes without one. */
export function toFunction(definition: ProviderFunction): Input<FunctionMessage> {
  return {
    summary: definition.summary,
    description: definition.description,
    description_kind: StringKind.MARKDOWN,
    parameters: definition.parameters.map(({ name, kind, description, nullable }) => ({
      name,
      type: Buffer.from(typeToJSON(ctyType(kind))),
      description,
      description_kind: StringKind.MARKDOWN,
      allow_null_value: nullable,
    })),
    return: { type: Buffer.from(typeToJSON(ctyType(definition.returns))) },
  };
}
