/** Names of models as requests give them, and the dated names that answers carry. */
const SNAPSHOTS: Readonly<Record<string, string>> = {
  "gpt-4o-mini": "gpt-4o-mini-2024-07-18",
  "gpt-4o": "gpt-4o-2024-08-06",
  "gpt-4.1": "gpt-4.1-2025-04-14",
  "gpt-4.1-mini": "gpt-4.1-mini-2025-04-14",
  "gpt-4.1-nano": "gpt-4.1-nano-2025-04-14",
  "gpt-5": "gpt-5-2025-08-07",
  "gpt-5-mini": "gpt-5-mini-2025-08-07",
  "gpt-5-nano": "gpt-5-nano-2025-08-07",
  "gpt-5.4": "gpt-5.4",
  "gpt-5.6-sol": "gpt-5.6-sol",
  "gpt-6-luna": "gpt-6-luna",
  "gpt-6.1-sol": "gpt-6.1-sol",
  "o3-mini": "o3-mini-2025-01-31",
  "o4-mini": "o4-mini-2025-04-16",
  "gpt-audio": "gpt-audio-2025-08-28",
  "gpt-4o-audio-preview": "gpt-4o-audio-preview-2024-12-17",
  "gpt-4o-search-preview": "gpt-4o-search-preview-2025-03-11",
};

const NAMES = new Set(Object.values(SNAPSHOTS));

/**
 * The name that an answer carries, or undefined for a model that does not exist. Dated names and
 * fine-tuned models (`ft:…`) stand for themselves; `more` holds the server's own aliases.
 */
export function resolveModel(name: string, more: Readonly<Record<string, string>> = {}): string | undefined {
  if (Object.hasOwn(more, name)) return more[name];
  if (Object.hasOwn(SNAPSHOTS, name)) return SNAPSHOTS[name];
  return NAMES.has(name) || Object.values(more).includes(name) || name.startsWith("ft:") ? name : undefined;
}
