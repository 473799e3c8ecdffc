import { Diagnostics } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { MoveResourceState_Request, MoveResourceState_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/** A `moved` block across types. Terraform does not ask without the capability; OpenTofu asks all the same. */
export const moveResourceState: Rpc<MoveResourceState_Request, MoveResourceState_Response> = {
  logFields: (request) => ({ tf_resource_type: request.target_type_name }),
  handle(request, { server }): Input<MoveResourceState_Response> {
    const { source_type_name: source, target_type_name: target } = request;
    const diagnostics = new Diagnostics();
    if (server.resource(target, diagnostics) !== undefined) {
      diagnostics.addError(
        "Resource cannot be moved",
        `A ${target} cannot be made of the state of another type of resource, here ${source}. Remove the moved block; ` +
          "import the object where it exists already.",
      );
    }
    return { diagnostics: toDiagnostics(diagnostics) };
  },
};
