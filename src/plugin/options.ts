import type { PluginIdentity } from "./identity.ts";
import type { Log } from "./log.ts";
import type { Redact } from "./panic.ts";
import type { PluginServer } from "./server.ts";

/** What a plugin's main program hands to `serve`. */
export interface ServeOptions extends PluginIdentity {
  /**
   * For each version of the application protocol (Terraform's is 5 or 6), what puts its services on
   * the server. Called once, for the negotiated version, after the handshake line is out: the place
   * to load everything heavy. Connections wait meanwhile.
   */
  readonly protocolVersions: Readonly<Record<number, (server: PluginServer) => void | Promise<void>>>;
  /** The arguments after the program's name: `process.argv.slice(2)`. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Called once, right before the process ends by Shutdown, by a signal or as an orphan. */
  readonly onStop?: () => void;
  /** Where messages and whatever code prints with `console` go; to stderr as they are by default. */
  readonly log?: Log;
  /**
   * Takes secrets out of the text of a panic, which people paste into bug reports. May load what it needs first; where it
   * fails, nothing of the text is shown.
   */
  readonly redact?: Redact;
}

/** The versions in the options, as numbers. */
export function ownVersions(options: ServeOptions): number[] {
  return Object.keys(options.protocolVersions).map(Number);
}
