import { inPieces, type Pieces } from "../../framework/index.ts";
import { type ApiResponse, tooLarge, unexpectedShape } from "../../openai/index.ts";
import { ShapeError, TooManyValues } from "./shape-error.ts";

/**
 * What `map` makes of an answer; a body of another shape is an error of the answer like any other.
 *
 * @throws {OpenAIError}
 */
export function mapped<T>(response: ApiResponse, map: () => T): T {
  try {
    return map();
  } catch (thrown) {
    if (thrown instanceof TooManyValues) throw tooLarge(response, `it has more than ${thrown.most} values`);
    if (!(thrown instanceof ShapeError)) throw thrown;
    throw unexpectedShape(response, thrown.message);
  }
}

/**
 * {@link mapped} of work in pieces. Between pieces others have their turn, and the operation ends with its ordinary
 * error where it is cancelled or its time is over.
 */
export async function mappedInPieces<T>(response: ApiResponse, work: Pieces<T>): Promise<T> {
  try {
    return await inPieces(work, response.throwIfStopped);
  } catch (thrown) {
    return mapped(response, () => {
      throw thrown;
    });
  }
}
