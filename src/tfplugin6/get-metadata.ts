import type { Input } from "../protobuf/input.ts";
import type { GetMetadata_Request, GetMetadata_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { serverCapabilities } from "./server-capabilities.ts";

export const getMetadata: Rpc<GetMetadata_Request, GetMetadata_Response> = {
  async handle(_request, { server }): Promise<Input<GetMetadata_Response>> {
    const { dataSources, resources, ephemeralResources, listResources, actions, functions } = server.provider;
    return {
      data_sources: [...dataSources.keys()].map((type_name) => ({ type_name })),
      resources: [...resources.keys()].map((type_name) => ({ type_name })),
      ephemeral_resources: [...ephemeralResources.keys()].map((type_name) => ({ type_name })),
      list_resources: [...listResources.keys()].map((type_name) => ({ type_name })),
      actions: [...actions.keys()].map((type_name) => ({ type_name })),
      functions: [...functions.keys()].map((name) => ({ name })),
      server_capabilities: await serverCapabilities(server.provider),
    };
  },
};
