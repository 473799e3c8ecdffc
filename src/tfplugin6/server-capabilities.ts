import type { Input } from "../protobuf/input.ts";
import type { ServerCapabilities } from "./messages.gen.ts";

/**
 * What this server can do beyond protocol 6.0.
 *
 * `get_provider_schema_optional`: a process answers every RPC without having been asked for its
 * schema, so Terraform may keep the schema of the run's first process for the others. `plan_destroy`
 * is left out: a destruction needs no plan of the provider's.
 */
export const serverCapabilities: Input<ServerCapabilities> = {
  get_provider_schema_optional: true,
};
