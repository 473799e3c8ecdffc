// glibc starts threads with the system call clone3, and with the older clone where the kernel says ENOSYS.
// Container runtimes of before 2021 answer calls that they do not know with EPERM, on which Node aborts.
// The glibc that is shipped says ENOSYS by itself, and asks no kernel.
import { Refusal } from "./refusal.mjs";

/** mov $435, %eax; syscall. It becomes mov $-38, %rax, which is -ENOSYS, in as many bytes. */
const AMD64_CALL = Buffer.from("b8b30100000f05", "hex");
const AMD64_ENOSYS = Buffer.from("48c7c0daffffff", "hex");
/** mov x8, #435 and mov w8, #435. */
const ARM64_CALLS = ["683680d2", "68368052"].map((hex) => Buffer.from(hex, "hex"));

/** What licenses/README says of the change, which the LGPL asks for. */
export const clone3Notice =
  "changed on 2026-11-26 at one place (amd64: the bytes b8b30100000f05 became 48c7c0daffffff), so that the system call clone3 counts as missing";

/**
 * @param {Buffer} libc @param {"amd64" | "arm64"} arch
 * @returns {Buffer} the same without the call; on arm64 as it is, where glibc of Debian 12 has none
 * @throws {Refusal} where the code is not the one that this was made for
 */
export function withoutClone3(libc, arch) {
  if (arch === "arm64") {
    if (ARM64_CALLS.some((call) => libc.includes(call)))
      throw new Refusal(
        "The C library for arm64 calls clone3, which scripts/release/clone3.mjs cannot change.",
      );
    return libc;
  }
  const at = libc.indexOf(AMD64_CALL);
  if (at < 0 || libc.includes(AMD64_CALL, at + 1))
    throw new Refusal("The C library for amd64 does not call clone3 at one place, as clone3.mjs expects.");
  const changed = Buffer.from(libc);
  AMD64_ENOSYS.copy(changed, at);
  return changed;
}
