import { loadAll } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { GetFunctions_Request, GetFunctions_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toFunction } from "./to-function.ts";

/** The functions, which the schema lists too. Terraform never asks; OpenTofu does for names it does not find. */
export const getFunctions: Rpc<GetFunctions_Request, GetFunctions_Response> = {
  async handle(_request, { server }): Promise<Input<GetFunctions_Response>> {
    const functions = await loadAll(server.provider.functions);
    return { functions: new Map([...functions].map(([name, each]) => [name, toFunction(each)])) };
  },
};
