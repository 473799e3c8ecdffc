import { BlockList, isIP } from "node:net";
import { type ProxyServer, parseProxy } from "./proxy-url.ts";
import { isLoopback } from "./url.ts";

/** Environment variables, injected. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an origin by HTTPS_PROXY or HTTP_PROXY, else ALL_PROXY, and NO_PROXY (upper case first), with the rules
 * of Go's golang.org/x/net/http/httpproxy, and curl's for ALL_PROXY; undefined for a direct connection. `invalid`: the
 * variable holds no URL that can be used (its value may hold a password and is not returned).
 */
export type ProxyChoice = { readonly proxy: ProxyServer } | { readonly invalid: string } | undefined;

export function proxyFor(origin: URL, env: Environment): ProxyChoice {
  const own = origin.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const name = [own, own.toLowerCase(), "ALL_PROXY", "all_proxy"].find((variable) => env[variable]);
  if (name === undefined) return undefined;
  if (isLoopback(origin.hostname) || bypasses(origin, env.NO_PROXY || env.no_proxy || "")) return undefined;
  const proxy = parseProxy(env[name] ?? "");
  return proxy === undefined ? { invalid: name } : { proxy };
}

/** True if NO_PROXY names the origin: `*`, a domain and those below it, `.domain`, an address, a CIDR, each with `:port`. */
function bypasses(origin: URL, list: string): boolean {
  const host = origin.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const port = origin.port || (origin.protocol === "https:" ? "443" : "80");
  return list
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== "" && (entry === "*" || matches(entry, host, port)));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry.includes("/")) return inRange(entry, host);
  const withPort = isIP(entry) === 0 ? /^(.*):(\d+)$/.exec(entry) : null;
  if (withPort !== null && withPort[2] !== port) return false;
  const name = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, "").replace(/^\*(?=\.)/, "");
  if (isIP(name) !== 0 || isIP(host) !== 0) return inRange(`${name}/${isIP(name) === 6 ? 128 : 32}`, host);
  return name.startsWith(".") ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function inRange(cidr: string, host: string): boolean {
  const [address = "", bits = ""] = cidr.split("/");
  const family = isIP(address);
  if (
    family === 0 ||
    isIP(host) !== family ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > (family === 4 ? 32 : 128)
  )
    return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const range = new BlockList();
  range.addSubnet(address, Number(bits), type);
  return range.check(host, type);
}
