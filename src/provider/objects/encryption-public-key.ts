import type { Validator } from "../../framework/index.ts";
import {
  type Diagnostics,
  isUnknown,
  type Path,
  type Problem,
  string,
  UNKNOWN,
} from "../../framework/index.ts";
import { text } from "../api/arguments.ts";
import { local } from "../api/wire.ts";
import { samePem } from "./pem.ts";

/* The public key under which state has the value of a key: the argument, what it makes of a plan, and its messages. */

const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const publicKey = /-----BEGIN (?:RSA )?PUBLIC KEY-----\s[\s\S]*-----END (?:RSA )?PUBLIC KEY-----/;

/** A public key in PEM format, by its frame. Messages never quote it: it may be the private one. */
function pemPublicKey(): Validator<string> {
  return {
    description: "must be an RSA public key in PEM format, of 2,048 bits or more",
    validate(value): Problem | undefined {
      if (privateKey.test(value))
        return {
          detail:
            "The value has a private key in it, which must not reach the configuration's state. Give the public key: " +
            "openssl rsa -in private.pem -pubout writes it.",
        };
      if (publicKey.test(value)) return undefined;
      return {
        detail:
          "The value is no public key in PEM format, which begins with -----BEGIN PUBLIC KEY-----. Is it a path? " +
          'file("…") reads one.',
      };
    },
  };
}

/** `encryption_public_key`. */
export function encryptionPublicKey() {
  return string({
    optional: true,
    validate: [pemPublicKey()],
    equivalent: samePem,
    description:
      "An RSA public key in PEM format, of 2,048 bits or more. With it, state has only `encrypted_value`, and never the key. " +
      "It encrypts keys of at most 245 bytes with 2,048 bits, 373 with 3,072, and 501 with 4,096.",
  });
}

/** The attribute that has a key's value, which the API reports once. */
export function valueOnce() {
  return local(
    string({
      computed: true,
      sensitive: true,
      description:
        "The key, which the API reports once. Null with `encryption_public_key`, and after an import, which cannot bring it back.",
    }),
  );
}

/** `encrypted_value`. */
export function encryptedValue() {
  return local(
    text(
      "The key under `encryption_public_key`: PKCS#1 v1.5 in Base64, as Terraform's `rsadecrypt` takes it. Otherwise null.",
    ),
  );
}

/** What a plan knows of a new key's value: which of the two attributes will have it. */
export function plannedValue(pem: unknown) {
  if (isUnknown(pem)) return { value: UNKNOWN, encrypted_value: UNKNOWN };
  return pem === null ? { value: UNKNOWN, encrypted_value: null } : { value: null, encrypted_value: UNKNOWN };
}

/** Before anything is made: whether a key can be encrypted at all. */
export async function checkEncryption(pem: unknown, path: Path, diagnostics: Diagnostics): Promise<void> {
  if (typeof pem !== "string") return;
  const problem = (await import("./key-encryption.ts")).publicKeyProblem(pem);
  if (problem === undefined) return;
  diagnostics.addAttributeError(
    path,
    'Invalid value for "encryption_public_key"',
    `${problem}\n\nNothing was made. Give an RSA public key of 2,048 bits or more: openssl genrsa -out private.pem 3072, and ` +
      "then openssl rsa -in private.pem -pubout.",
  );
}

/**
 * Says that a new key cannot be encrypted.
 *
 * @param key The subject of a sentence.
 * @param fate What became of it.
 */
export function addNotEncrypted(key: string, fate: string, path: Path, diagnostics: Diagnostics): void {
  diagnostics.addAttributeError(
    path,
    "API key not encrypted",
    `${key} could not be encrypted under this public key, most likely because its value is too long: a public key of 2,048 bits ` +
      `takes 245 bytes. ${fate}\n\nGive a longer RSA public key, of 3,072 or 4,096 bits: openssl genrsa -out private.pem 4096, and then ` +
      "openssl rsa -in private.pem -pubout.",
  );
}
