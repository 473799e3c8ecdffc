import type { ObjectValue } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import type { Resource } from "../resource.ts";
import { configOf } from "./config.ts";
import { setWriteOnly } from "./nullify-write-only.ts";
import { validateConfig } from "./validate-config.ts";

/** Checks a resource block; `writeOnlyAllowed` is what the client says of itself. */
export function validateResource<P>(
  resource: Resource<P>,
  config: ObjectValue,
  writeOnlyAllowed: boolean,
): Diagnostics {
  const diagnostics = validateBlock(resource, config);
  const path = writeOnlyAllowed ? undefined : setWriteOnly(config, resource.schema.attributes);
  if (path !== undefined) {
    diagnostics.addAttributeError(
      path,
      "Write-only argument not supported",
      `${path} is write-only: it is never stored. That needs Terraform 1.11 or later, or OpenTofu 1.11 or later, and ` +
        "this run has an earlier version.",
    );
  }
  return diagnostics;
}

/** Checks an ephemeral block. */
export function validateEphemeralResource<P>(
  resource: EphemeralResource<P>,
  config: ObjectValue,
): Diagnostics {
  return validateBlock(resource, config);
}

/** Checks a block of any kind: by its schema, and then as a whole. */
export function validateBlock(
  object: Pick<Resource, "schema" | "validate">,
  config: ObjectValue,
): Diagnostics {
  const diagnostics = new Diagnostics();
  validateConfig(config, object.schema, diagnostics);
  if (!diagnostics.hasError) {
    object.validate({ config: configOf(config, object.schema.attributes), diagnostics });
  }
  return diagnostics;
}
