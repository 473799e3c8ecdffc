import type { KeyPlane } from "./admin.ts";
import type { ErrorName } from "./known-errors.ts";
import type { Seed } from "./seed.ts";

/**
 * Which API the server plays. `azure` is Azure OpenAI's v1 path, `azure_legacy` the older one,
 * which wants `?api-version=` and creates below `/openai/deployments/NAME`.
 */
export type Mode = "openai" | "azure" | "azure_legacy";

/** How an error's message is wrapped: `{error:{…}}`, Azure's short form, `{error:"…"}` or `{detail:"…"}`. */
export type Envelope = "openai" | "azure" | "string" | "fastapi";

/** What is known of an API key; a key sees the completions of its own organization and project only. */
export interface KeyOptions {
  readonly organization?: string;
  readonly project?: string;
  /** Unset means `admin` for a key that begins with `sk-admin-`, and `project` for all others. */
  readonly plane?: KeyPlane;
  /** Of an admin key that has not all, such as `api.management.read`. */
  readonly scopes?: readonly string[];
  /** Every request of this key gets this error, such as `missing_scopes` or `region`. */
  readonly refuse?: ErrorName;
}

/** What may be changed while the server runs. Times are milliseconds of the server's clock. */
export interface Settings {
  /** From creation until a completion can be read, updated or deleted. The real API takes 1000 to 6000. */
  visibleAfterMs: number;
  /** From creation until the status of an object that is worked on has gone forward. */
  readyAfterMs: number;
  /** From deletion until a completion can no longer be read. */
  goneAfterMs: number;
  /** From a write to an object of the Administration API until reads and lists show it. */
  lagMs: number;
  /** The status of a creation by the Administration API, which has answered with either. */
  createdStatus: 200 | 201;
  /** From `created` until a completion has expired. */
  expiresAfterMs: number;
  /** `store: true` is taken for false, as in organizations with zero data retention. */
  zeroDataRetention: boolean;
  /** Whether an update's metadata replaces the old or is merged into it. Nobody published which it is. */
  metadataUpdate: "replace" | "merge";
  /** The order of a list request that asks for none. The documentation says asc, the real API does desc. */
  listOrder: "asc" | "desc";
  envelope: Envelope;
  /** A gateway's own headers: a request without them, or with other values, gets 401 from the gateway. */
  requiredHeaders: Readonly<Record<string, string>>;
}

export interface ServerOptions extends Partial<Settings> {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** PEM texts; with them the server speaks https. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly mode?: Mode;
  /** The path before `/chat/completions`; unset means `/v1`, on Azure `/openai/v1` or `/openai`. */
  readonly basePath?: string;
  /** The keys that are accepted; unset means any, each with a project of its own. */
  readonly keys?: Readonly<Record<string, KeyOptions>>;
  /** What is stored at the start; unset means all of completions.ts. */
  readonly completions?: readonly Seed[];
  /** Models beside those of models.ts: alias to the name that answers carry. */
  readonly models?: Readonly<Record<string, string>>;
  /** Gets one line a request; unset means silence. */
  readonly log?: (line: string) => void;
}

/** OpenAI's documentation: a stored completion is kept for 30 days. */
export const RETENTION_MS = 30 * 24 * 60 * 60 * 1000;

/** The settings of a fresh server with these options. */
export function initialSettings(options: ServerOptions): Settings {
  return {
    visibleAfterMs: options.visibleAfterMs ?? 0,
    readyAfterMs: options.readyAfterMs ?? 0,
    goneAfterMs: options.goneAfterMs ?? 0,
    lagMs: options.lagMs ?? 0,
    createdStatus: options.createdStatus ?? 200,
    expiresAfterMs: options.expiresAfterMs ?? RETENTION_MS,
    zeroDataRetention: options.zeroDataRetention ?? false,
    metadataUpdate: options.metadataUpdate ?? "replace",
    listOrder: options.listOrder ?? "desc",
    envelope: options.envelope ?? ((options.mode ?? "openai") === "openai" ? "openai" : "azure"),
    requiredHeaders: options.requiredHeaders ?? {},
  };
}
