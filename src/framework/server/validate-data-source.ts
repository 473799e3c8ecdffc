import type { ObjectValue } from "../../cty/index.ts";
import type { DataSource } from "../data-source.ts";
import { Diagnostics } from "../diagnostic.ts";
import { configOf } from "./config.ts";
import { validateConfig } from "./validate-config.ts";

/** Checks a data block: each argument's validators first, then the data source's own check. */
export function validateDataSource<P>(source: DataSource<P>, config: ObjectValue): Diagnostics {
  const diagnostics = new Diagnostics();
  validateConfig(config, source.schema, diagnostics);
  if (!diagnostics.hasError) {
    source.validate({ config: configOf(config, source.schema.attributes), diagnostics });
  }
  return diagnostics;
}
