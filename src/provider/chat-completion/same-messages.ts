interface TextPart {
  readonly type?: unknown;
  readonly text?: unknown;
}

/** The text of a content that is one part of text, which says the same as the text itself; else null. */
export function singleText(parts: readonly TextPart[]): string | null {
  const [part] = parts;
  if (parts.length !== 1 || part?.type !== "text") return null;
  return typeof part.text === "string" ? part.text : null;
}

/** Whether messages say the same to the model, in whichever of the two forms a text is written. */
export function sameMessages(written: unknown, stored: unknown): boolean {
  const [one, other] = [normal(written), normal(stored)];
  return covers(one, other) && covers(other, one);
}

/** Whether messages say what an import found, and more only where that is null. */
export function coversImportedMessages(written: unknown, imported: unknown): boolean {
  return written === null || covers(normal(written), normal(imported));
}

function covers(written: unknown, known: unknown): boolean {
  if (known === null) return true;
  if (Array.isArray(written) && Array.isArray(known))
    return written.length === known.length && known.every((each, index) => covers(written[index], each));
  if (Array.isArray(written) || Array.isArray(known) || !isObject(written) || !isObject(known))
    return written === known;
  return Object.keys(known).every((name) => covers(Reflect.get(written, name), Reflect.get(known, name)));
}

/** Messages with each text in its shortest form. */
function normal(messages: unknown): unknown {
  return Array.isArray(messages) ? messages.map(normalMessage) : messages;
}

function normalMessage(message: unknown): unknown {
  if (!isObject(message)) return message;
  const parts: unknown = Reflect.get(message, "content_parts");
  const text = Array.isArray(parts) ? singleText(parts) : null;
  if (text === null) return message;
  return { ...message, content: text, content_parts: null };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
