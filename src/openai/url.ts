/** OpenAI's own. */
export const defaultBaseUrl = "https://api.openai.com/v1";

/** Why a base URL is refused. The text itself is left to the caller, who knows whether it may be shown. */
export type BaseUrlReason =
  | "blank"
  | "characters"
  | "not_absolute"
  | "scheme"
  | "host"
  | "port"
  | "userinfo"
  | "fragment"
  | "http";

export type BaseUrlResult =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: BaseUrlReason };

/**
 * Checks the API's base URL and returns it with repeated and trailing slashes removed from its path. Its query is
 * kept; nothing is appended, so a base that needs `/v1` must say so.
 *
 * `http` is for a host that is not loopback, unless `allowHttp`; `scheme` for anything but http and https.
 */
export function parseBaseUrl(text: string, options: { readonly allowHttp?: boolean } = {}): BaseUrlResult {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("blank");
  // URL drops tabs and newlines and turns backslashes into slashes: what is meant there is a guess.
  if (/[\s\\\p{Cc}]/u.test(trimmed)) return refuse("characters");
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined) return refuse("not_absolute");
  if (scheme !== "http" && scheme !== "https") return refuse("scheme");
  if (!URL.canParse(trimmed))
    return refuse(/:\d*(?:[/?#]|$)/.test(trimmed.slice(scheme.length + 3)) ? "port" : "host");
  const url = new URL(trimmed);
  if (url.port === "0") return refuse("port");
  if (url.username !== "" || url.password !== "") return refuse("userinfo");
  if (trimmed.includes("#")) return refuse("fragment");
  if (scheme === "http" && options.allowHttp !== true && !isLoopback(url.hostname)) return refuse("http");
  url.pathname = url.pathname.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  return { ok: true, url };
}

function refuse(reason: BaseUrlReason): BaseUrlResult {
  return { ok: false, reason };
}

/** True for localhost, names below it, 127.0.0.0/8 and ::1, as `URL.hostname` writes them. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    /^127(?:\.\d+){3}$/.test(name) ||
    name === "[::1]" ||
    name === "::1"
  );
}

/** `blank`; `dots`: would be read as a step in the path; `characters`: control characters or half a surrogate pair. */
export type SegmentReason = "blank" | "dots" | "characters";

export type SegmentResult =
  | { readonly ok: true; readonly segment: string }
  | { readonly ok: false; readonly reason: SegmentReason };

/** Escapes an ID as one segment of a path: everything but letters, digits and `-._~!$&'()*+,;=:@`. */
export function pathSegment(id: string): SegmentResult {
  if (id.trim() === "") return { ok: false, reason: "blank" };
  if (id === "." || id === "..") return { ok: false, reason: "dots" };
  if (/[\p{Cc}\p{Cs}]/u.test(id)) return { ok: false, reason: "characters" };
  const segment = encodeURIComponent(id).replace(/%(?:24|26|2B|2C|3B|3D|3A|40)/g, decodeURIComponent);
  return { ok: true, segment };
}

/** The request target: the base's path, then segments already escaped, then the base's query and more. */
export function requestTarget(
  base: URL,
  segments: readonly string[],
  query: Iterable<readonly [string, string]>,
): string {
  const path = `${base.pathname === "/" ? "" : base.pathname}/${segments.join("/")}`;
  const added = new URLSearchParams(
    Array.from(query, ([name, value]): [string, string] => [name, value]),
  ).toString();
  const search = [base.search.slice(1), added].filter((part) => part !== "").join("&");
  return search === "" ? path : `${path}?${search}`;
}
