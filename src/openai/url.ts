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

/**
 * True for localhost, 127.0.0.0/8 and ::1, as `URL.hostname` writes them. Not for names below localhost, nor for
 * `localhost.`: whether those are this machine is for DNS to say.
 */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === "localhost" || /^127(?:\.\d+){3}$/.test(name) || name === "[::1]" || name === "::1";
}

/** Parts of a base URL's path that say which API it is and can be no token. */
const knownParts =
  /^(?:v\d{1,2}|(?:v\d{1,2})?(?:alpha|beta)\d?|ai|api|chat|compat|deployments|engines|gateway|inference|llm|models|openai|proxy)?$/i;

/** The path of a base URL as it may be shown: a part that may be a token of a gateway's is left out. */
export function shownPath(base: URL): string {
  if (base.pathname === "/") return "";
  return base.pathname
    .split("/")
    .map((part) => (knownParts.test(part) ? part : "…"))
    .join("/");
}

/** A request target as it may be shown: without its query, and of the base's path what may be shown. */
export function shownTarget(base: URL, target: string): string {
  const from = base.pathname === "/" ? 0 : base.pathname.length;
  return shownPath(base) + target.replace(/\?.*$/s, "").slice(from);
}

/** The parts of a base URL's path that `shownPath` leaves out. */
export function hiddenParts(base: URL): string[] {
  return base.pathname.split("/").filter((part) => !knownParts.test(part));
}

/**
 * `blank`; `dots`: would be read as a step in the path, or as no part of it; `slash`: some server would take it for two
 * parts; `characters`: control characters or half a surrogate pair.
 */
export type SegmentReason = "blank" | "dots" | "slash" | "characters";

export type SegmentResult =
  | { readonly ok: true; readonly segment: string }
  | { readonly ok: false; readonly reason: SegmentReason };

/** Layers of percent-encoding that servers behind one another may undo. */
const mostLayers = 3;

/**
 * Escapes an ID as one segment of a path: everything but letters, digits and `-._~!$&'()*+,;=:@`. Refuses what a proxy or
 * server may take for more than one, escaped or not: some decode a path before they split it, and some twice.
 */
export function pathSegment(id: string): SegmentResult {
  // As nearly all IDs are: nothing to escape, and nothing that anybody takes for something else.
  if (/^[\w-]+$/.test(id)) return { ok: true, segment: id };
  if (id.trim() === "") return { ok: false, reason: "blank" };
  let decoded = id;
  for (let layers = 0; layers <= mostLayers; layers += 1) {
    if (/[\p{Cc}\p{Cs}]/u.test(decoded)) return { ok: false, reason: "characters" };
    if (/[/\\]/.test(decoded)) return { ok: false, reason: "slash" };
    // Servers of Java's leave out what follows a semicolon, before they look at the dots.
    if (/^\.{0,2}(?:;|$)/.test(decoded)) return { ok: false, reason: "dots" };
    decoded = decoded.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
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
