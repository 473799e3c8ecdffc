import { fullBody } from "../support/full-completion.ts";

/** Steps from the body to a member or an element. */
export type Path = readonly (string | number)[];

/** A completion that has every member that a completion may have. */
export function everything(id: string): unknown {
  return { ...fullBody, id };
}

/** The path of every member and element below a value, that of containers too. */
export function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each])
    : Object.entries(value);
  return entries.flatMap(([step, each]) => [[...at, step], ...paths(each, [...at, step])]);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(
    (at: unknown, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    value,
  );
}

const MARK = "the-fixture-of-the-change";

/** JSON text of the value with other text at the path, or nothing there at all. */
export function changed(value: unknown, path: Path, text: string | undefined): string {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (typeof parent !== "object" || parent === null) throw new Error("there is no such fixture");
  if (text !== undefined) Reflect.set(parent, last, MARK);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
  return JSON.stringify(copy).replace(JSON.stringify(MARK), () => text ?? "");
}
