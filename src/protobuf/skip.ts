import type { Reader } from "./reader.ts";
import { MAX_DEPTH, WireError, WireType } from "./wire.ts";

/**
 * Steps over the value of a field that the table does not have, groups included. `number` is the
 * field's; `depth` counts the messages and groups around it.
 */
export function skipField(reader: Reader, number: number, wire: number, depth: number): void {
  switch (wire) {
    case WireType.VARINT:
      reader.bool();
      return;
    case WireType.FIXED64:
      reader.fixed(8);
      return;
    case WireType.LENGTH:
      reader.nested();
      return;
    case WireType.FIXED32:
      reader.fixed(4);
      return;
    case WireType.GROUP_START:
      skipGroup(reader, number, depth + 1);
      return;
    default:
      throw new WireError(`field ${number} has wire type ${wire}`);
  }
}

function skipGroup(reader: Reader, group: number, depth: number): void {
  if (depth > MAX_DEPTH) throw new WireError("the input nests too deeply");
  for (;;) {
    const { number, wire } = reader.tag();
    if (wire !== WireType.GROUP_END) skipField(reader, number, wire, depth);
    else if (number === group) return;
    else throw new WireError(`group ${group} ends as ${number}`);
  }
}
