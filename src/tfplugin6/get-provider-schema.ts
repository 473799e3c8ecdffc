import type { Input } from "../protobuf/input.ts";
import type { GetProviderSchema_Request, GetProviderSchema_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { serverCapabilities } from "./server-capabilities.ts";
import { toFunction } from "./to-function.ts";
import { toSchema } from "./to-schema.ts";

export const getProviderSchema: Rpc<GetProviderSchema_Request, GetProviderSchema_Response> = {
  handle(_request, { server }): Input<GetProviderSchema_Response> {
    const { provider } = server;
    return {
      provider: toSchema(provider.schema),
      data_source_schemas: new Map(
        [...provider.dataSources].map(([name, source]) => [name, toSchema(source.schema)]),
      ),
      resource_schemas: new Map([...provider.resources].map(([name, each]) => [name, toSchema(each.schema)])),
      ephemeral_resource_schemas: new Map(
        [...provider.ephemeralResources].map(([name, each]) => [name, toSchema(each.schema)]),
      ),
      list_resource_schemas: new Map(
        [...provider.listResources].map(([name, each]) => [name, toSchema(each.schema)]),
      ),
      action_schemas: new Map(
        [...provider.actions].map(([name, each]) => [name, { schema: toSchema(each.schema) }]),
      ),
      functions: new Map([...provider.functions].map(([name, each]) => [name, toFunction(each)])),
      server_capabilities: serverCapabilities(provider),
    };
  },
};
