/** `name`, `value`: not allowed in HTTP; `reserved`: set by this client and not to be overridden. */
export type HeaderReason = "name" | "value" | "reserved";

/** Headers that frame the message or that this client sets itself. */
const reserved = new Set([
  "accept",
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "openai-organization",
  "openai-project",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Why a header of the user's cannot be sent; undefined if it can. Only Authorization and User-Agent override ours. */
export function checkHeader(name: string, value: string): HeaderReason | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return "name";
  if (reserved.has(name.toLowerCase())) return "reserved";
  return checkHeaderValue(value) ? undefined : "value";
}

/** True for visible ASCII, Latin-1, spaces and tabs: what an HTTP header and Node's parser take. */
export function checkHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

export interface HeaderOptions {
  readonly apiKey?: string | undefined;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
  readonly userAgent: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * The headers of every request, names in lower case.
 *
 * @throws {TypeError} for what {@link checkHeader} refuses; the caller is to check first. Carries no value.
 */
export function requestHeaders(options: HeaderOptions): Record<string, string> {
  // A map: in an object a header of the name __proto__ would be lost.
  const headers = new Map([
    ["accept", "application/json"],
    ["accept-encoding", "gzip, deflate, br"],
    ["user-agent", options.userAgent],
  ]);
  if (options.apiKey) headers.set("authorization", `Bearer ${options.apiKey}`);
  if (options.organization) headers.set("openai-organization", options.organization);
  if (options.project) headers.set("openai-project", options.project);
  for (const [name, value] of headers) {
    if (!checkHeaderValue(value))
      throw new TypeError(`the value of the header ${name} has characters that HTTP does not allow`);
  }
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    const reason = checkHeader(name, value);
    if (reason !== undefined) throw new TypeError(`a header cannot be sent: ${reason}`);
    headers.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(headers);
}
