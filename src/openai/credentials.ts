/** Names that end in one of these say what a caller may do. Hyphens and underscores are the same. */
const credentialName =
  /(?:^|-)(?:key|token|auth|authorization|secret|password|passwd|pwd|passphrase|credentials?|bearer|jwt|cookie|signature|sig)$/;
/** Written as one word: `apikey`, `accessToken`. */
const compoundName =
  /(?:(?:api|access|subscription|secret|private|auth|functions?|virtual|master)key|(?:api|access|auth|bearer|session|security|id|refresh)token|(?:client|api|shared)secret)$/;
/** Keys that open nothing. */
const otherKey = /(?:^|-)(?:idempotency|cache|routing|partition|shard(?:ing)?|sort)-?key$/;
/** Schemes of HTTP authentication, keys as OpenAI writes them, and keys and tokens that others issue: a JWT, `gsk_…`, `AIza…`. */
const credentialValue =
  /^(?:(?:bearer|basic|digest|negotiate|token|key|api-?key)\s+\S|(?:sk|sess)-|(?:gsk|xai|pplx|hf|pk|rk|sk|ghp|glpat|github_pat)[-_][\w-]{16}|AIza[\w-]{30}|eyJ[\w-]+\.[\w-]+\.)/i;

/** Whether a header or a query parameter carries a credential, by its name or by its value. */
export function isCredential(name: string, value: string): boolean {
  const plain = name.toLowerCase().replaceAll("_", "-");
  if (credentialValue.test(value.trim())) return true;
  return (credentialName.test(plain) || compoundName.test(plain)) && !otherKey.test(plain);
}

/** Whether a query parameter carries a credential: `code` is the key of an Azure function. */
export function isQueryCredential(name: string, value: string): boolean {
  return name.toLowerCase() === "code" || isCredential(name, value);
}

/** Whether a header takes the key itself: OpenAI's and most gateways', or Azure's and what follows it. */
export function isKeyHeader(name: string): boolean {
  return /^(?:authorization|(?:x-)?api-key)$/i.test(name);
}

/** Whether a base URL is OpenAI's own, of any region. */
export function isOpenAIHost({ protocol, host }: URL): boolean {
  return protocol === "https:" && /^(?:[a-z0-9-]+\.)*api\.openai\.com$/.test(host);
}

/** All that distinguishes one caller from another: what the credentials of a request are, as one text. */
export function credentialsOf(
  headers: Readonly<Record<string, string>>,
  query: Iterable<readonly [string, string]>,
): string {
  return [
    ...Object.entries(headers).filter(([name, value]) => isCredential(name, value)),
    ...[...query].filter(([name, value]) => isQueryCredential(name, value)),
  ]
    .map((pair) => pair.join("="))
    .join("\n");
}
