import { type Diagnostics, isUnknown, type MaybeUnknownConfig, Path, quote } from "../../framework/index.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";
import { known } from "./validate-messages.ts";

/** Words that OpenAI documents (its published schema of August 2026). It has added to all of them before. */
const documented = {
  reasoning_effort: ["none", "minimal", "low", "medium", "high", "xhigh", "max"],
  verbosity: ["low", "medium", "high"],
  service_tier: ["auto", "default", "flex", "scale", "priority", "fast"],
  modalities: ["text", "audio"],
} as const;

/**
 * Warns of words that this version does not know: most are slips of the pen, and some are what the API,
 * or a gateway, has had since. An error would shut those out.
 */
export function warnOfUnknownWords(
  config: MaybeUnknownConfig<ResourceAttributes>,
  diagnostics: Diagnostics,
): void {
  for (const name of ["reasoning_effort", "verbosity", "service_tier"] as const) {
    const word = config[name];
    if (word !== null && !isUnknown(word)) warn(word, name, Path.root.atName(name), diagnostics);
  }
  for (const [index, word] of known(config.modalities)) {
    warn(word, "modalities", Path.root.atName("modalities").atListIndex(index), diagnostics);
  }
}

function warn(word: string, name: keyof typeof documented, path: Path, diagnostics: Diagnostics): void {
  const words: readonly string[] = documented[name];
  if (words.includes(word)) return;
  diagnostics.addAttributeWarning(
    path,
    `Unknown value for "${name}"`,
    `OpenAI documents ${words.map(quote).join(", ")} for "${name}", and not ${quote(word)}. It is sent as it is; if the API ` +
      "refuses it, nothing is created or paid for.",
  );
}
