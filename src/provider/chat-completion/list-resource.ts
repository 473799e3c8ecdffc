import { apiListResource } from "../api/list-resource.ts";
import { completion } from "./completion.ts";
import { importedState } from "./import.ts";

/** Finds stored completions. One whose state is asked for costs a request of its own: that of its messages. */
export const chatCompletionListResource = apiListResource(
  completion.declaration,
  ({ access, known: { id }, response, options, request, diagnostics }) =>
    importedState({ access, id, response, timeoutMs: options().timeoutMs }, { ...request, diagnostics }),
);
