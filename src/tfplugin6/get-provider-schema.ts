import { loadAll, type Objects, type Schema } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { GetProviderSchema_Request, GetProviderSchema_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { serverCapabilities } from "./server-capabilities.ts";
import { toFunction } from "./to-function.ts";
import { toSchema } from "./to-schema.ts";

/** The schema of every object, which has to be loaded for it: the build makes this answer once for all. */
export const getProviderSchema: Rpc<GetProviderSchema_Request, GetProviderSchema_Response> = {
  async handle(_request, { server }): Promise<Input<GetProviderSchema_Response>> {
    const { provider } = server;
    const actions = await loadAll(provider.actions);
    const functions = await loadAll(provider.functions);
    return {
      provider: toSchema(provider.schema),
      data_source_schemas: await schemasOf(provider.dataSources),
      resource_schemas: await schemasOf(provider.resources),
      ephemeral_resource_schemas: await schemasOf(provider.ephemeralResources),
      list_resource_schemas: await schemasOf(provider.listResources),
      action_schemas: new Map([...actions].map(([name, { schema }]) => [name, { schema: toSchema(schema) }])),
      functions: new Map([...functions].map(([name, each]) => [name, toFunction(each)])),
      server_capabilities: await serverCapabilities(provider),
    };
  },
};

async function schemasOf(objects: Objects<{ readonly schema: Schema }>) {
  return new Map([...(await loadAll(objects))].map(([name, { schema }]) => [name, toSchema(schema)]));
}
