import {
  conform,
  decodeJSON,
  decodeMsgpack,
  encodeMsgpack,
  isWhollyKnown,
  type Type,
  type Value,
} from "../cty/index.ts";
import { ctyType, FunctionError, type ProviderFunction } from "../framework/index.ts";
import { argumentProblem, toValue } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { CallFunction_Request, CallFunction_Response, DynamicValue } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { printable } from "./to-diagnostic.ts";

/** Runs a function; the provider may not have been configured. */
export const callFunction: Rpc<CallFunction_Request, CallFunction_Response> = {
  logFields: (request) => ({ tf_function_name: request.name }),
  async handle(request, { server }): Promise<Input<CallFunction_Response>> {
    const definition = await server.provider.functions.get(request.name);
    if (definition === undefined) return failed(`This provider has no function "${request.name}"`);
    const args = definition.parameters.map(({ kind }, index) =>
      decode(request.arguments[index], ctyType(kind)),
    );
    for (const [index, parameter] of definition.parameters.entries()) {
      const problem = argumentProblem(args[index] ?? null, parameter);
      if (problem !== undefined) return failed(problem, index);
    }
    try {
      return { result: { msgpack: encode(definition, definition.call(...args)) } };
    } catch (thrown) {
      if (!(thrown instanceof FunctionError)) throw thrown;
      return failed(thrown.message, thrown.argument);
    }
  },
  failed: (diagnostic): Input<CallFunction_Response> => failed(diagnostic.detail),
};

/** Terraform adds a full stop to the text. */
function failed(text: string, argument?: number): Input<CallFunction_Response> {
  return {
    error: {
      text: printable(text).replace(/\.$/, ""),
      ...(argument === undefined ? {} : { function_argument: argument }),
    },
  };
}

function decode(value: DynamicValue | undefined, type: Type): Value {
  if (value === undefined) return null;
  if (value.msgpack.length > 0) return decodeMsgpack(value.msgpack, type);
  return value.json.length > 0 ? decodeJSON(value.json, type) : null;
}

function encode({ name, returns }: ProviderFunction, result: unknown): Buffer {
  const value = toValue(result, returns);
  const type = ctyType(returns);
  const [mistake] = conform(value, type);
  if (mistake !== undefined)
    throw new Error(`the function ${name} returned a wrong value: ${mistake.message}`);
  if (!isWhollyKnown(value)) throw new Error(`the function ${name} returned a value that is not known`);
  return encodeMsgpack(value, type);
}
