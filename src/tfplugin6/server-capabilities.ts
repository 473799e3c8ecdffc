import type { Input } from "../protobuf/input.ts";
import type { ServerCapabilities } from "./messages.gen.ts";

/**
 * What this server can do beyond protocol 6.0.
 *
 * `get_provider_schema_optional`: a process answers every RPC without having been asked for its
 * schema, so Terraform may keep the schema of the run's first process for the others. The other
 * capabilities concern managed resources, of which there are none.
 */
export const serverCapabilities: Input<ServerCapabilities> = {
  get_provider_schema_optional: true,
};
