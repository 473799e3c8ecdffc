/*
 * Responses that the compiler must refuse; misspelt.test.ts has this file compiled. protobufjs would
 * leave such fields out in silence.
 */
import type { Input } from "../../../src/protobuf/input.ts";
import type { ReadDataSource_Request, ReadDataSource_Response } from "../../../src/tfplugin6/messages.gen.ts";
import type { Rpc } from "../../../src/tfplugin6/rpc.ts";

type ReadDataSource = Rpc<ReadDataSource_Request, ReadDataSource_Response>;

export const right: ReadDataSource = {
  handle: (request): Input<ReadDataSource_Response> => ({ diagnostics: [{ summary: request.type_name }] }),
  failed: (): Input<ReadDataSource_Response> => ({}),
};

export const misspeltInHandle: ReadDataSource = {
  // @ts-expect-error the field is `diagnostics`
  handle: (): Input<ReadDataSource_Response> => ({ diagnostic: [] }),
  failed: (): Input<ReadDataSource_Response> => ({}),
};

export const misspeltInside: ReadDataSource = {
  // @ts-expect-error the field is `summary`
  handle: (): Input<ReadDataSource_Response> => ({ diagnostics: [{ sumary: "x" }] }),
  failed: (): Input<ReadDataSource_Response> => ({}),
};

export const misspeltInFailed: ReadDataSource = {
  handle: (): Input<ReadDataSource_Response> => ({}),
  // @ts-expect-error the field is `diagnostics`
  failed: (): Input<ReadDataSource_Response> => ({ error: "x" }),
};

export const misspeltRequest: ReadDataSource = {
  // @ts-expect-error the field is `type_name`
  handle: (request): Input<ReadDataSource_Response> => ({ diagnostics: [{ summary: request.typeName }] }),
  failed: (): Input<ReadDataSource_Response> => ({}),
};
