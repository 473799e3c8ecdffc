/** Whether two email addresses are the same: the API keeps them in lower case. */
export function sameAddress(written: unknown, stored: unknown): boolean {
  return (
    typeof written === "string" &&
    typeof stored === "string" &&
    written.toLowerCase() === stored.toLowerCase()
  );
}
