import { writeSync } from "node:fs";

/** Levels of hclog, least severe first. */
const levels = ["trace", "debug", "info", "warn", "error", "off"] as const;
export type LogLevel = (typeof levels)[number];

export type LogFields = { readonly [key: string]: string | number | boolean | undefined };

/**
 * A structured logger; `with` gives one that adds fields to every line. Fields given as a function are made only for a
 * line that is written.
 */
export interface Logger {
  log(level: Exclude<LogLevel, "off">, message: string, fields?: LogFields | (() => LogFields)): void;
  with(fields: LogFields | (() => LogFields)): Logger;
}

/**
 * The level below which nothing is written. Terraform filters what a provider writes by itself, so
 * this only saves the cost of lines that are dropped: the provider's own variable wins, as in
 * terraform-plugin-log; else Terraform's; with none set, Terraform drops everything.
 */
export function logLevel(env: NodeJS.ProcessEnv, provider: string): LogLevel {
  for (const name of [`TF_LOG_PROVIDER_${provider.toUpperCase()}`, "TF_LOG_PROVIDER", "TF_LOG"]) {
    const value = env[name]?.trim().toLowerCase();
    if (value === undefined || value === "") continue;
    const level = levels.find((candidate) => candidate === value);
    // JSON is TRACE in another form, and Terraform takes an unknown word for TRACE
    // (terraform/internal/logging/logging.go).
    return level ?? "trace";
  }
  return "off";
}

/**
 * Writes hclog's JSON lines, which Terraform decodes (go-plugin's log_entry.go). `@message` is
 * always a string, since Terraform crashes on anything else, and `@timestamp` has exactly six
 * fractional digits, without which the line counts as plain text.
 */
export function createLogger(level: LogLevel, write: (line: string) => void = toStderr): Logger {
  const least = levels.indexOf(level);
  const enabled = (candidate: LogLevel) => levels.indexOf(candidate) >= least;
  const bind = (bound: () => LogFields): Logger => ({
    log(at, message, fields) {
      if (enabled(at)) write(hclogLine(at, message, { ...bound(), ...made(fields) }, new Date()));
    },
    with(fields) {
      let all: LogFields | undefined;
      return bind(() => {
        all ??= { ...bound(), ...made(fields) };
        return all;
      });
    },
  });
  const silent: Logger = { log() {}, with: () => silent };
  return level === "off" ? silent : bind(() => ({}));
}

function made(fields: LogFields | (() => LogFields) | undefined): LogFields | undefined {
  return typeof fields === "function" ? fields() : fields;
}

/** One hclog line (hclog/intlogger.go, logJSON), without the newline. */
export function hclogLine(level: LogLevel, message: string, fields: LogFields, at: Date): string {
  return JSON.stringify({
    ...fields,
    "@level": level,
    "@message": message,
    "@module": "provider",
    "@timestamp": at.toISOString().replace("Z", "000Z"),
  });
}

function toStderr(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // Nobody reads stderr any more, or not yet (EAGAIN): a log line is not worth dying for.
  }
}
