import type { Diagnostics } from "../../framework/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";

interface Removal {
  readonly provider: Pick<OpenAIProvider, "usesKey">;
  readonly state: { readonly id: string; readonly redacted_value: string | null };
  readonly diagnostics: Diagnostics;
}

/** Whether a key may be deleted: not the one that the provider asks with, for which an error is added. */
export function mayDeleteKey({ provider, state, diagnostics }: Removal): boolean {
  const { id, redacted_value: ends } = state;
  if (ends === null || !provider.usesKey(ends)) return true;
  diagnostics.addError(
    "Key is the provider's own",
    `The provider itself asks with the key ${JSON.stringify(id)}, as its ends ${JSON.stringify(ends)} show: without it nothing more ` +
      "could be read or changed. Nothing was sent.\n\n" +
      "Give the provider another key, in its block or in OPENAI_ADMIN_KEY or OPENAI_API_KEY, and apply again. Or take the key " +
      "out of the state: terraform state rm.",
  );
  return false;
}
