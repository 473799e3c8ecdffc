/** The version of go-plugin's own protocol, first field of the handshake line (go-plugin/server.go, CoreProtocolVersion). */
export const CORE_PROTOCOL_VERSION = 1;

export interface Negotiation {
  readonly version: number;
  /** Items of the host's list that are no numbers, to be reported and otherwise passed over. */
  readonly invalid: readonly string[];
}

/**
 * Picks the highest of the plugin's versions that the host speaks too. Where there is none, or the
 * host said nothing, the answer is the plugin's lowest: the host then reports the mismatch in words
 * of its own (go-plugin/server.go, protocolVersion).
 *
 * @param offered PLUGIN_PROTOCOL_VERSIONS, numbers between commas in any order
 */
export function negotiateVersion(offered: string | undefined, own: readonly number[]): Negotiation {
  const lowest = Math.min(...own);
  if (!Number.isFinite(lowest)) throw new Error("a plugin has at least one protocol version");
  if (offered === undefined || offered === "") return { version: lowest, invalid: [] };
  const items = offered.split(",");
  // strconv.Atoi takes a sign and leading zeroes, but no blanks.
  const isNumber = (item: string) => /^[+-]?\d+$/.test(item);
  const theirs = new Set(items.filter(isNumber).map(Number));
  const shared = own.filter((version) => theirs.has(version));
  return {
    version: shared.length > 0 ? Math.max(...shared) : lowest,
    invalid: items.filter((item) => !isNumber(item)),
  };
}
