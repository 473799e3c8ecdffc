import { Redactor } from "../openai/redact.ts";

/** Characters of a panic that are shown; those of a stack that a deep recursion left are no help. */
const mostCharacters = 16_000;

/**
 * The text of a panic, or the beginning of a long one, without the keys of the environment, without the secrets that are
 * configured, and without anything that looks like a key: a panic can come from anywhere, and nobody has cleaned its
 * text before. Loaded by a panic.
 */
export function redactPanic(text: string, env: NodeJS.ProcessEnv, configured: Iterable<string> = []): string {
  const shown = text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}…`;
  return new Redactor([env.OPENAI_API_KEY ?? "", env.OPENAI_ADMIN_KEY ?? "", ...configured]).redact(shown);
}
