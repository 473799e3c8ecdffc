/** The environment that arguments fall back to. A blank variable counts as unset. */
export function environmentValue(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === "" ? undefined : value;
}

/**
 * The base URL of the environment: OpenAI's own variable, else the one that users of another
 * provider set, who leave `/v1` out there.
 */
export function environmentBaseUrl(
  env: NodeJS.ProcessEnv,
): { readonly variable: string; readonly url: string } | undefined {
  const own = environmentValue(env, "OPENAI_BASE_URL");
  if (own !== undefined) return { variable: "OPENAI_BASE_URL", url: own };
  const other = environmentValue(env, "OPENAI_API_URL");
  if (other === undefined) return undefined;
  return { variable: "OPENAI_API_URL", url: withVersion(other) };
}

function withVersion(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)\/*([?#].*)?$/i.exec(url);
  return match === null ? url : `${match[1]}/v1${match[2] ?? ""}`;
}
