import { Redactor } from "../openai/redact.ts";

/**
 * The text of a crash without the key of the environment, nor anything that looks like a key: a
 * crash can come from anywhere, and nobody has cleaned its text before. Imports next to nothing, since
 * it is there from the first moment of every start.
 */
export function withoutSecrets(text: string, env: NodeJS.ProcessEnv): string {
  return new Redactor([env.OPENAI_API_KEY ?? ""]).redact(text);
}
