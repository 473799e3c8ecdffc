/** A part of a form. */
export interface FormPart {
  readonly name: string;
  readonly filename: string | undefined;
  readonly content: Buffer;
}

/** The parts of a multipart/form-data body, binary-safe. Undefined for a body that is none. */
export function formParts(contentType: string, body: Buffer): FormPart[] | undefined {
  const boundary = /^multipart\/form-data\b.*\bboundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  for (let at = body.indexOf(delimiter); at >= 0; ) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString() === "--") return parts;
    const end = body.indexOf(delimiter, start);
    const blank = body.indexOf("\r\n\r\n", start);
    if (end < 0 || blank < 0 || blank > end) return undefined;
    const head = body.subarray(start, blank).toString();
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    if (name === undefined) return undefined;
    const filename = /\bfilename="([^"]*)"/.exec(head)?.[1];
    // The line break before a delimiter belongs to the delimiter.
    parts.push({ name, filename, content: body.subarray(blank + 4, end - 2) });
    at = end;
  }
  return undefined;
}
