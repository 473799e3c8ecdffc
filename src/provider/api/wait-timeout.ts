import { type Diagnostics, isUnknown, Path, string, type Unknown } from "../../framework/index.ts";
import { duration, inWords, parseDuration } from "../duration.ts";
import { timeoutOf } from "./arguments.ts";

/** The argument of what reads an object that may not be visible yet. */
export function waitTimeout(noun: string) {
  return string({
    optional: true,
    validate: [duration("30s")],
    description:
      `How long to keep asking while the API says that there is no such ${noun}, as a duration (\`"30s"\`) or a ` +
      `number of seconds: a ${noun} can be read some seconds after it was created. Left out means 0: a ${noun} ` +
      "that is not there is an error at once.",
  });
}

/** Milliseconds for which a 404 is not believed yet. */
export function waitOf({ wait_timeout: wait }: { readonly wait_timeout: string | null }): number {
  return parseDuration(wait ?? "0") ?? 0;
}

/** Refuses a `wait_timeout` that is longer than the whole operation may take. */
export function checkWait(
  wait: string | null | Unknown,
  time: string | null | Unknown | undefined,
  operation: "read" | "open",
  diagnostics: Diagnostics,
): void {
  if (wait === null || isUnknown(wait) || isUnknown(time)) return;
  const whole = timeoutOf({ [operation]: time }, operation);
  if ((parseDuration(wait) ?? 0) <= whole) return;
  diagnostics.addAttributeError(
    Path.root.atName("wait_timeout"),
    'Invalid value for "wait_timeout"',
    `The wait of ${JSON.stringify(wait)} is longer than the whole ${operation === "open" ? "opening" : "read"} may take, ` +
      `${inWords(whole)}. Lower wait_timeout, or raise the other: timeouts = { ${operation} = "10m" }.`,
  );
}
