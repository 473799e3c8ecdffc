import { Path, type Step } from "../cty/index.ts";
import type { Attribute, Attributes, Diagnostic, Kind, Schema } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import {
  type AttributePath,
  type AttributePath_Step,
  Diagnostic_Severity,
  type Diagnostic as DiagnosticMessage,
} from "./messages.gen.ts";

/**
 * A framework diagnostic as tfplugin6 has it.
 *
 * @param schema Of the block that it is about. Terraform prints the line that a diagnostic points at: the line of a
 * sensitive argument may hold the secret, so that it points at what is around it, or at the block as a whole.
 */
export function toDiagnostic(diagnostic: Diagnostic, schema?: BlockSchema): Input<DiagnosticMessage> {
  const { severity, summary, path = Path.root } = diagnostic;
  const steps = stepsToArgument(path).slice(0, stepsBeforeSensitive(path, schema?.attributes ?? {}));
  // What the path cannot say then, the text does.
  const detail =
    steps.length === path.steps.length ? diagnostic.detail : `${diagnostic.detail}\n\nAt: ${path}`;
  return {
    severity: severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary: printable(summary).replaceAll("\n", " "),
    detail: printable(detail),
    // A path without steps makes Terraform leave the source line out: no path says the same better.
    ...(steps.length === 0 ? {} : { attribute: { steps: steps.map(toStep) } }),
  };
}

/**
 * The steps as far as Terraform shows the line of: an argument, and an index or a key in it. Of a path
 * that goes on to a nested attribute, Terraform 1.11 shows the head of the whole block
 * (terraform/internal/tfdiags/contextual.go looks for nested blocks only).
 */
function stepsToArgument({ steps }: Path): readonly Step[] {
  const nested = steps.findIndex((step, index) => index > 0 && step.kind === "name");
  return nested === -1 ? steps.slice(0, 2) : steps.slice(0, Math.min(nested, 2));
}

/** What of a schema says which arguments are sensitive. */
type BlockSchema = Pick<Schema, "attributes">;

/** How many steps lead to what is around the first sensitive attribute; infinitely many where there is none. */
function stepsBeforeSensitive({ steps }: Path, attributes: Attributes): number {
  let kind: Kind | undefined = { kind: "object", attributes };
  for (const [index, step] of steps.entries()) {
    if (step.kind !== "name") kind = "element" in kind ? kind.element : undefined;
    else {
      const attribute: Attribute | undefined =
        kind.kind === "object" && Object.hasOwn(kind.attributes, step.name)
          ? kind.attributes[step.name]
          : undefined;
      // What is computed has no line.
      if (attribute?.sensitive && attribute.mode !== "computed") return index;
      kind = attribute?.kind;
    }
    if (kind === undefined) break;
  }
  return Number.POSITIVE_INFINITY;
}

export function toDiagnostics(
  diagnostics: Iterable<Diagnostic>,
  schema?: BlockSchema,
): Input<DiagnosticMessage>[] {
  return Array.from(diagnostics, (diagnostic) => toDiagnostic(diagnostic, schema));
}

/** A path as tfplugin6 has it: names, string keys and indices, each a step. */
export function toAttributePath(path: Path): Input<AttributePath> {
  return { steps: path.steps.map(toStep) };
}

function toStep(step: Step): Input<AttributePath_Step> {
  switch (step.kind) {
    case "name":
      return { attribute_name: step.name };
    case "index":
      return { element_key_int: step.index };
    case "key":
      return { element_key_string: step.key };
  }
}

/**
 * Terraform prints what it gets, escape sequences and carriage returns included. Text that came from
 * an API must not colour, move or overwrite what a practitioner's terminal shows, nor turn it round.
 */
export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unprintable, "�");
}

/** Control characters but tab and newline, and Unicode's bidirectional controls. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;
