/** Arguments of a block: values are written as HCL literals, `raw` as they are. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An HCL expression, such as a reference. */
export class Expression {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A `data "openai_chat_completion"` block; `provider` is the alias of its provider. */
export function read(name: string, completionId: string | Expression, more: Arguments = {}): string {
  return block(`data "openai_chat_completion" "${name}"`, { completion_id: completionId, ...more });
}

/** A `provider "openai"` block, and with an alias one of several. */
export function provider(values: Arguments, alias?: string): string {
  return block('provider "openai"', { ...(alias === undefined ? {} : { alias }), ...values });
}

/** A provider of that name, and a data source of the same name that reads through it. */
export function through(
  name: string,
  values: Arguments,
  completionId = "chatcmpl-abc123",
  more: Arguments = {},
): string {
  return (
    provider(values, name) + read(name, completionId, { provider: new Expression(`openai.${name}`), ...more })
  );
}

export function block(head: string, values: Arguments): string {
  const lines = Object.entries(values).map(([name, value]) => `  ${name} = ${literal(value)}\n`);
  return `${head} {\n${lines.join("")}}\n`;
}

/** JSON is HCL but for template marks in strings, and for the commas and names of objects, which HCL takes too. */
function literal(value: unknown): string {
  if (value instanceof Expression) return value.text;
  return JSON.stringify(value)
    .replace(/[$%](?=\{)/g, "$&$&")
    .replace(/\\u00(0[0-8bef]|1[0-9a-f])/g, "\\u00$1");
}
