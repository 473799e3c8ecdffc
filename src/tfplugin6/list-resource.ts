import { Diagnostics, type Resource, type Schema } from "../framework/index.ts";
import { type ListEvent, listResource as list } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig, encodeObject } from "./dynamic-value.ts";
import type { ListResource_Event, ListResource_Request } from "./messages.gen.ts";
import { toIdentity } from "./resource-identity.ts";
import type { StreamRpc } from "./server-stream.ts";
import { toDiagnostic, toDiagnostics } from "./to-diagnostic.ts";

/** A list's diagnostics come with an event of the stream, in a field of the singular name. */
export const listResource: StreamRpc<ListResource_Request, ListResource_Event> = {
  logFields: (request) => ({ tf_list_resource_type: request.type_name }),
  async *handle(request, call): AsyncGenerator<Input<ListResource_Event>> {
    const diagnostics = new Diagnostics();
    const declared = await call.server.listResource(request.type_name, diagnostics);
    const resource = declared && (await call.server.resource(request.type_name, diagnostics));
    if (declared === undefined || resource === undefined) {
      yield { diagnostic: toDiagnostics(diagnostics) };
      return;
    }
    const { limit, include_resource_object: includeResource } = request;
    const config = decodeConfig(request.config, declared.schema);
    const events = list(call.server, declared, resource, { config, limit, includeResource }, call);
    for await (const event of events) yield toEvent(event, resource, declared.schema);
  },
  failed: (diagnostic) => ({ diagnostic: [toDiagnostic(diagnostic)] }),
};

async function toEvent(
  { found, diagnostics }: ListEvent,
  resource: Resource<unknown>,
  schema: Schema,
): Promise<Input<ListResource_Event>> {
  const diagnostic = toDiagnostics(diagnostics, schema);
  if (found === undefined) return { diagnostic };
  const { identity, displayName, state } = found;
  return {
    identity: toIdentity(resource, [identity]),
    display_name: displayName,
    ...(state === undefined ? {} : { resource_object: await encodeObject(state, resource.schema) }),
    diagnostic,
  };
}
