import {
  type Diagnostics,
  isUnknown,
  nested,
  notBlank,
  object,
  Path,
  string,
  type Unknown,
} from "../../framework/index.ts";
import { duration, inWords, parseDuration, positiveDuration } from "../duration.ts";
import { headerValue, pathSegmentValidator } from "../validators.ts";

/* The arguments that data sources and ephemeral resources share. */

/** How long a read may take with all its attempts, where `timeouts` leaves it out: 5 minutes. */
const defaultReadTimeout = 300_000;

export const completionIdArgument = string({
  required: true,
  validate: [notBlank(), pathSegmentValidator()],
  description:
    "The ID of the chat completion to read. OpenAI's begin with `chatcmpl-`; those of gateways may have another form.",
});

export const waitTimeoutArgument = string({
  optional: true,
  validate: [duration("30s")],
  description:
    'How long to keep asking while the API says that there is no such completion, as a duration (`"30s"`) or a ' +
    "number of seconds: a completion can be read some seconds after it was created. Left out means 0: a completion " +
    "that is not there is an error at once.",
});

/** `api_key`, of the object that is named in its description. */
export function apiKeyArgument(of: "data source" | "ephemeral resource") {
  return string({
    optional: true,
    sensitive: true,
    validate: [notBlank(), headerValue()],
    description: `The API key for this ${of}. Left out, the provider's key is used; \`none\` sends none.`,
  });
}

const time = string({
  optional: true,
  validate: [positiveDuration("5m")],
  description: "The time for the whole read with all its attempts. Left out means `5m`.",
});

const timeouts = { optional: true, description: "How long operations may take." } as const;

export const readTimeouts = object(nested({ read: time }), timeouts);

export const openTimeouts = object(nested({ open: time }), timeouts);

/** A time of `timeouts` in milliseconds, the default for null. */
export function timeoutOf(value: string | null | undefined): number {
  return (value == null ? undefined : parseDuration(value)) ?? defaultReadTimeout;
}

/** Refuses a `wait_timeout` that is longer than the whole read may take. */
export function checkWait(
  wait: string | null | Unknown,
  read: string | null | Unknown | undefined,
  { operation, diagnostics }: { operation: "read" | "open"; diagnostics: Diagnostics },
): void {
  if (wait === null || isUnknown(wait) || isUnknown(read)) return;
  const whole = timeoutOf(read);
  if ((parseDuration(wait) ?? 0) <= whole) return;
  diagnostics.addAttributeError(
    Path.root.atName("wait_timeout"),
    'Invalid value for "wait_timeout"',
    `The wait of ${JSON.stringify(wait)} is longer than the whole ${operation === "open" ? "opening" : "read"} may take, ` +
      `${inWords(whole)}. Lower wait_timeout, or raise the other: timeouts = { ${operation} = "10m" }.`,
  );
}
