import type { ErrorKind, OpenAIError } from "../../openai/index.ts";
import type { Subject, Texts } from "./explain.ts";

/** Kinds that come from looking up a host and connecting to it. */
const toHost: ReadonlySet<ErrorKind> = new Set(["refused", "name_not_found", "unreachable"]);

/** Texts for what goes wrong below HTTP; undefined for other errors. */
export function connectionTexts(error: OpenAIError, { access }: Subject): Texts | undefined {
  const { origin } = access;
  const code = error.failure.systemCode === undefined ? "" : ` (${error.failure.systemCode})`;
  const proxied = error.failure.proxy === undefined ? "" : ` through the proxy ${error.failure.proxy}`;
  // Behind a proxy it is the proxy that could not be reached.
  const kind = error.failure.proxy !== undefined && toHost.has(error.kind) ? "proxy" : error.kind;
  switch (kind) {
    case "refused":
      return unreachable(
        "Connection refused",
        `${origin} refuses connections${code}: nothing listens there.`,
      );
    case "name_not_found":
      return unreachable("Host not found", `The host name of ${origin} cannot be resolved${code}.`);
    case "unreachable":
      return unreachable(
        "Host not reachable",
        `${origin} cannot be reached${code}: ${error.failure.message}.`,
      );
    case "reset":
    case "connection_failed":
      return unreachable(
        "Connection lost",
        `The connection to ${origin}${proxied} ended before an answer came${code}.`,
      );
    case "proxy":
      return {
        summary: "Proxy failed",
        paragraphs: [
          `The request to ${origin} goes through the proxy ${error.failure.proxy ?? "of the environment"}, and that failed: ` +
            `${error.failure.message}${code}.`,
          "Correct HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or name the host in NO_PROXY.",
        ],
      };
    case "tls_expired":
      return untrusted(`The certificate of ${origin} has expired or is not valid yet${code}.`, [
        "Renew it on the server, or check this machine's clock.",
      ]);
    case "tls_unknown_authority":
      return untrusted(
        `The certificate of ${origin} comes from an authority that is not trusted here${code}.`,
        [
          "If a company's proxy or gateway issues it, name that authority's certificate in SSL_CERT_FILE or " +
            "NODE_EXTRA_CA_CERTS.",
        ],
      );
    case "tls_wrong_name":
      return untrusted(`The certificate of ${origin} is for another host name${code}.`, [
        "Use the name that the certificate is for in base_url.",
      ]);
    case "tls_weak":
      return untrusted(`${noSecureConnection(error, origin)}.`, [
        "The server, or a proxy between that opens TLS, has to use a stronger one: RSA keys of 2048 bits or more or an " +
          "elliptic curve, and signatures with SHA-256 or better, in its whole chain of certificates.",
      ]);
    case "tls_not_spoken":
      return untrusted(
        `No secure connection to ${origin} could be made: what answers there does not speak TLS${code}.`,
        [
          "Are the host and the port those of an https server? For plain http on a trusted network, use http:// with " +
            "allow_http = true.",
        ],
      );
    case "tls_other":
      return untrusted(`${noSecureConnection(error, origin)}.`, [
        "Check the certificate and the TLS versions of the server, and of any proxy between that opens TLS.",
      ]);
    default:
      return undefined;
  }
}

function noSecureConnection({ failure }: OpenAIError, origin: string): string {
  // Node's word for what it has no code for says nothing.
  const { message, systemCode = "UNSPECIFIED" } = failure;
  const code = systemCode === "UNSPECIFIED" ? "" : ` (${systemCode})`;
  return `No secure connection to ${origin} could be made: ${message}${code}`;
}

function unreachable(summary: string, what: string): Texts {
  return {
    summary,
    paragraphs: [
      what,
      "Check base_url, the network and, where there is one, the proxy (HTTPS_PROXY, NO_PROXY).",
    ],
  };
}

function untrusted(what: string, remedy: readonly string[]): Texts {
  return { summary: "TLS failure", paragraphs: [what, ...remedy] };
}
