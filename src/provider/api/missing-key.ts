import type { Attributes, ModifyPlanRequest } from "../../framework/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import type { KeyName } from "../settings.ts";

/**
 * Says in a plan that creates something that there is no key to create it with. No error: a plan may be made where there
 * is none, and applied where there is one.
 */
export function warnOfMissingKey(
  key: KeyName,
  { provider, diagnostics }: Pick<ModifyPlanRequest<Attributes, OpenAIProvider>, "provider" | "diagnostics">,
): void {
  for (const { summary, detail } of provider.missingKey(key))
    diagnostics.addWarning(
      summary,
      `This plan can be made without one, and its apply ends with an error.\n\n${detail}`,
    );
}
