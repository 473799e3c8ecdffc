import type { Dice } from "./dice.ts";

/** Bytes near the given ones: some changed, put in, left out, repeated or cut off. */
export function mutated(bytes: Uint8Array, dice: Dice): Buffer {
  let result: Buffer = Buffer.from(bytes);
  for (let times = 1 + dice.below(3); times > 0; times -= 1) result = mutatedOnce(result, dice);
  return result;
}

function mutatedOnce(bytes: Buffer, dice: Dice): Buffer {
  // Mostly near the start, where the headers are that decide about the rest.
  const at = dice.below(1 + dice.below(bytes.length + 1));
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (dice.below(7)) {
    case 0:
      return Buffer.concat([before, Buffer.from([dice.below(256)]), after]);
    case 1:
      return Buffer.concat([before, after.subarray(1)]);
    case 2:
      return Buffer.from(before);
    case 3:
      return Buffer.concat([before, after.subarray(0, dice.below(8)), after]);
    case 4:
      return Buffer.concat([
        before,
        Buffer.from([(after[0] ?? 0) ^ (1 << dice.below(8))]),
        after.subarray(1),
      ]);
    default:
      return Buffer.concat([before, Buffer.from([dice.below(256)]), after.subarray(1)]);
  }
}
