import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The recorded answers whose files have these names, as JSON text. */
export function recordedBodies(folder: string, names: RegExp): string[] {
  const place = join(folder, "data/openai/recorded");
  const files = readdirSync(place).filter((name) => names.test(name));
  if (files.length === 0) throw new Error(`no recorded answer is named ${names}`);
  return files.map((name) => {
    const recorded: { readonly response: { readonly body: unknown } } = JSON.parse(
      readFileSync(join(place, name), "utf8"),
    );
    return JSON.stringify(endOf(recorded.response.body));
  });
}

/** What a stream of events ends with; anything else is itself. */
function endOf(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  const data = body.filter((line) => String(line).startsWith("data: {")).at(-1);
  return JSON.parse(String(data).replace("data: ", "")).response;
}
