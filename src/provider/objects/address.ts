import { check, type Validator } from "../../framework/index.ts";

/** An email address, as far as one can be told from its form. */
export function emailAddress(): Validator<string> {
  return check("must be an email address", isAddress, "ada@example.com");
}

/** A blank one is another validator's business. */
export function isAddress(value: string): boolean {
  return value.trim() === "" || /^[^\s@]+@[^\s@]+$/.test(value);
}

/** Whether two email addresses are the same: the API keeps them in lower case. */
export function sameAddress(written: unknown, stored: unknown): boolean {
  return (
    typeof written === "string" &&
    typeof stored === "string" &&
    written.toLowerCase() === stored.toLowerCase()
  );
}
