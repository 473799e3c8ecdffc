import { appendFileSync } from "node:fs";

/**
 * Marks of a process's life, for the benchmarks. Off unless TF_OPENAI_TIMELINE names a file; at exit
 * one line of JSON is then appended to it: `{pid, origin, marks}`, where `origin` is the process's
 * start in milliseconds since the epoch and `marks` maps names to milliseconds after it.
 */
const file = process.env.TF_OPENAI_TIMELINE;

export const timelineEnabled = file !== undefined && file !== "";

const marks = new Map<string, number>();

/** Notes the moment under a name; a name used twice keeps the later moment. */
export const mark: (name: string) => void = timelineEnabled
  ? (name) => void marks.set(name, performance.now())
  : () => {};

/** Notes the moment only the first time a name is used. */
export const markFirst: (name: string) => void = timelineEnabled
  ? (name) => void (marks.has(name) || mark(name))
  : () => {};

if (timelineEnabled) process.on("exit", () => write(file ?? ""));

function write(path: string): void {
  mark("exit");
  const ready: [string, number] = ["runtime ready", performance.nodeTiming.bootstrapComplete];
  const line = {
    pid: process.pid,
    origin: performance.timeOrigin,
    marks: Object.fromEntries([ready, ...marks]),
  };
  try {
    appendFileSync(path, `${JSON.stringify(line)}\n`);
  } catch {
    // A benchmark's aid must never be what fails a run.
  }
}
