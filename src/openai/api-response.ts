import type { Account, ApiErrorBody, ErrorContext } from "./errors.ts";
import type { JsonValue } from "./json.ts";

/** A successful answer. */
export interface ApiResponse {
  readonly body: JsonValue;
  /** The body as received, decoded, without a byte order mark. */
  readonly text: string;
  /** An error that the body has beside its result. */
  readonly api: ApiErrorBody | undefined;
  readonly status: number;
  readonly requestId: string | undefined;
  /** The `Date` header in milliseconds since 1970. */
  readonly date: number | undefined;
  readonly account: Account;
  /** Makes text that comes from this answer fit to be shown: without control characters and secrets. */
  readonly display: (text: string) => string;
  readonly context: ErrorContext;
  /**
   * For long work on the answer: throws OpenAIError where the operation is cancelled or its time is over, as while it
   * waited. Does nothing where the request can be made only once: what was paid for is kept.
   */
  readonly throwIfStopped: () => void;
}
