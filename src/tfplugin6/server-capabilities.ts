import { loadAll, type ServedProvider } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { ServerCapabilities } from "./messages.gen.ts";

/**
 * What this server can do beyond protocol 6.0.
 *
 * `get_provider_schema_optional`: a process answers every RPC without having been asked for its
 * schema, so Terraform may keep the schema of the run's first process for the others.
 * `generate_resource_config`: configurations are generated here, and without what Terraform would generate of the
 * schema alone. `move_resource_state`: some resource takes over the state of another type. `plan_destroy`: some
 * resource has something to say before it is destroyed.
 */
export async function serverCapabilities(provider: ServedProvider): Promise<Input<ServerCapabilities>> {
  const resources = await loadAll(provider.resources);
  const moves = [...resources.values()].some(({ moveState }) => moveState.length > 0);
  const destructions = [...resources.values()].some(({ planDestroy }) => planDestroy !== undefined);
  return {
    get_provider_schema_optional: true,
    generate_resource_config: resources.size > 0,
    ...(destructions ? { plan_destroy: true } : {}),
    ...(moves ? { move_resource_state: true } : {}),
  };
}
