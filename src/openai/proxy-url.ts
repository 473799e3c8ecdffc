/** Bytes, since percent-encoding can name any. */
export interface ProxyCredentials {
  readonly user: Buffer;
  readonly password: Buffer;
}

export interface ProxyServer {
  readonly protocol: "http:" | "https:" | "socks5:";
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly credentials: ProxyCredentials | undefined;
  /** Fit to be shown: without credentials. */
  readonly origin: string;
}

/** What may be written before the host, the protocol it stands for, and its port. */
const schemes: Readonly<Record<string, readonly [ProxyServer["protocol"], number]>> = {
  http: ["http:", 80],
  https: ["https:", 443],
  socks5: ["socks5:", 1080],
  socks5h: ["socks5:", 1080],
};

/** For texts: what {@link parseProxy} takes. */
export const acceptedProxies =
  "accepted are http://, https://, socks5:// and socks5h://, each with user:password@ where the proxy asks for it, and " +
  "with characters such as / ? # in them percent-encoded";

/**
 * Reads a proxy's URL as curl does: without a scheme it is http; user and password end at the last `@` and may hold
 * anything but `/`, `?` and `#`; a percent sign that begins no encoding stands for itself; a path or query is ignored.
 * Undefined where it names no proxy, or where an `@` after the host shows that a password was cut.
 */
export function parseProxy(text: string): ProxyServer | undefined {
  const [, scheme = "http", authority = "", rest = ""] =
    /^(?:([^:/?#@]*):\/\/)?([^/?#]*)(.*)$/s.exec(text.trim()) ?? [];
  const known = Object.hasOwn(schemes, scheme.toLowerCase()) ? schemes[scheme.toLowerCase()] : undefined;
  const at = authority.lastIndexOf("@");
  const place = authority.slice(at + 1);
  if (known === undefined || rest.includes("@") || /[\s\\\p{Cc}]/u.test(place)) return undefined;
  if (!URL.canParse(`http://${place}/`)) return undefined;
  const { hostname } = new URL(`http://${place}/`);
  const [protocol, defaultPort] = known;
  // URL drops a port that is the scheme's own.
  const port = Number(/:(\d+)$/.exec(place)?.[1] ?? defaultPort);
  if (hostname === "" || port === 0) return undefined;
  return {
    protocol,
    host: hostname.replace(/^\[|\]$/g, ""),
    port,
    credentials: at < 1 ? undefined : credentials(authority.slice(0, at)),
    origin: `${scheme.toLowerCase()}://${hostname}${port === defaultPort ? "" : `:${port}`}`,
  };
}

/** The Proxy-Authorization of an HTTP proxy. */
export function basicAuthorization({ credentials }: ProxyServer): string | undefined {
  if (credentials === undefined) return undefined;
  const { user, password } = credentials;
  return `Basic ${Buffer.concat([user, Buffer.from(":"), password]).toString("base64")}`;
}

function credentials(userinfo: string): ProxyCredentials {
  const colon = userinfo.indexOf(":");
  return colon < 0
    ? { user: decoded(userinfo), password: Buffer.alloc(0) }
    : { user: decoded(userinfo.slice(0, colon)), password: decoded(userinfo.slice(colon + 1)) };
}

function decoded(text: string): Buffer {
  const bytes = Buffer.from(text).toString("latin1");
  return Buffer.from(
    bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}
