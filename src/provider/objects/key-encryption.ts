import { constants, createPublicKey, publicEncrypt } from "node:crypto";

/* Encryption that Terraform's own rsadecrypt undoes. Loaded only where a key is encrypted. */

const leastBits = 2_048;

/** Why nothing can be encrypted under a public key; undefined where it can. Never quotes it. */
export function publicKeyProblem(pem: string): string | undefined {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey(pem);
    if (type !== "rsa")
      return `The public key is of the type ${type ?? "unknown"}, and rsadecrypt takes RSA alone.`;
    const bits = details?.modulusLength ?? 0;
    return bits < leastBits ? `The public key has ${bits} bits, which is too short.` : undefined;
  } catch {
    return "The value has the frame of a public key in PEM format, but cannot be read as one.";
  }
}

/** A value under a public key: PKCS#1 v1.5 in Base64. Undefined where it cannot be encrypted: it is too long, for one. */
export function encrypted(pem: string, value: string): string | undefined {
  try {
    const key = { key: pem, padding: constants.RSA_PKCS1_PADDING };
    return publicEncrypt(key, Buffer.from(value)).toString("base64");
  } catch {
    return undefined;
  }
}
