import type { Problem, Validator } from "../../framework/index.ts";

/** Whether two texts in PEM format are the same but for blanks and line breaks. */
export function samePem(written: unknown, stored: unknown): boolean {
  return String(written).replace(/\s+/g, "") === String(stored).replace(/\s+/g, "");
}

/** A certificate in PEM format, and nothing that is secret. */
export function pemCertificate(): Validator<string> {
  return {
    description: "must be a certificate in PEM format, without a private key",
    validate(text): Problem | undefined {
      if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
        return {
          detail:
            "The value has a private key in it, which stays with the clients. Give the certificate alone.",
        };
      if (/-----BEGIN CERTIFICATE-----\s[\s\S]*-----END CERTIFICATE-----/.test(text)) return undefined;
      return {
        detail:
          "The value is no certificate in PEM format, which begins with -----BEGIN CERTIFICATE-----. Is it a path? " +
          'file("…") reads one.',
      };
    },
  };
}
