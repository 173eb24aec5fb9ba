import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsBySchema } from './schema.ts';

/** A file `language.<tag>.json`: what Teams shows of the package in another language. */
export interface Language {
  readonly file: string;
  readonly tag: string;
  readonly text: string;
}

export function languagesIn(folder: string): readonly Language[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap(file => {
      const tag = /^language\.(?<tag>[\w-]+)\.json$/.exec(file)?.groups?.['tag'];
      return tag === undefined ? [] : [{ file, tag, text: readFileSync(join(folder, file), 'utf8') }];
    });
}

/** What Teams would refuse of a language, or leave in English there. */
export function languageFaults(
  { file, text }: Language,
  manifest: Readonly<Record<string, unknown>>,
): readonly string[] {
  let strings: unknown;
  try {
    strings = JSON.parse(text);
  } catch {
    return [`${file} is not JSON`];
  }
  const version = String(manifest['manifestVersion']);
  const faults = faultsBySchema(strings, version, 'MicrosoftTeams.Localization.schema.json') ?? [];
  if (faults.length > 0) return faults.map(fault => `${file}${fault}`);
  const keys = Object.keys(strings as object).filter(key => key !== '$schema');
  const strange = keys.filter(key => typeof valueAt(manifest, key) !== 'string');
  const missing = textsOf(manifest).filter(key => !keys.includes(key));
  return [
    ...strange.map(key => `${file} translates ${key}, which manifest.json does not have`),
    ...missing.map(key => `${file} does not translate ${key}`),
  ];
}

/** The value at a path such as bots[0].commandLists[0].commands[1].title. */
function valueAt(from: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(step => step !== '')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], from);
}

/** Where the manifest has words that people read. */
function textsOf(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown, path: string) => {
    if (Array.isArray(value)) value.forEach((each, index) => look(each, `${path}[${index}]`));
    else if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) look(each, path === '' ? key : `${path}.${key}`);
    else if (/^(name|description)\.(short|full)$|^staticTabs.+\.name$|commands.+\.(title|description)$/.test(path))
      found.push(path);
  };
  look(manifest, '');
  return found;
}
