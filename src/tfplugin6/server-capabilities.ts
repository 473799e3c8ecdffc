import { loadAll, type ServedProvider } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { ServerCapabilities } from "./messages.gen.ts";

/**
 * What this server can do beyond protocol 6.0.
 *
 * `get_provider_schema_optional`: a process answers every RPC without having been asked for its
 * schema, so Terraform may keep the schema of the run's first process for the others.
 * `generate_resource_config`: configurations are generated here, and without what Terraform would generate of the
 * schema alone. `move_resource_state`: some resource takes over the state of another type. `plan_destroy` is left out: a
 * destruction needs no plan of the provider's.
 */
export async function serverCapabilities(provider: ServedProvider): Promise<Input<ServerCapabilities>> {
  const resources = await loadAll(provider.resources);
  const moves = [...resources.values()].some(({ moveState }) => moveState.length > 0);
  return {
    get_provider_schema_optional: true,
    generate_resource_config: resources.size > 0,
    ...(moves ? { move_resource_state: true } : {}),
  };
}
