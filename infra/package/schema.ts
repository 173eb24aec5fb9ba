import type { ErrorObject } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Microsoft's schemas for what is in an app package. */
export type SchemaName = 'MicrosoftTeams.schema.json' | 'MicrosoftTeams.Localization.schema.json';

/**
 * What Microsoft's schema of a manifest version has against a value, a line each that begins where it is.
 * @returns undefined when there is no schema of that version
 */
export function faultsBySchema(value: unknown, version: string, name: SchemaName): readonly string[] | undefined {
  let schema: object;
  try {
    const path = createRequire(import.meta.url).resolve(
      `@microsoft/app-manifest/build/json-schemas/teams/v${version}/${name}`,
    );
    schema = JSON.parse(readFileSync(path, 'utf8')) as object;
  } catch {
    return undefined;
  }
  // Some of Microsoft's patterns are none where Unicode is asked for.
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []).map(saidOf);
}

function saidOf({ instancePath, message = '', params }: ErrorObject): string {
  const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
  return `${instancePath.replaceAll('/', ' › ')} ${message}${extra}`;
}
