import type { Implementation } from "../protobuf/handlers.ts";
import type { ProviderService } from "./messages.gen.ts";
import { toDiagnostic } from "./to-diagnostic.ts";
import { noSuchType } from "./unserved.ts";

/** A list's diagnostics come with an event of the stream, in a field of the singular name. */
export const listResource: Implementation<typeof ProviderService>["ListResource"] = (call) => {
  call.write({ diagnostic: [toDiagnostic(noSuchType("list resource", call.request.type_name))] });
  call.end();
};
