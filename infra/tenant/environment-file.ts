import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What a file of variables says; nothing where there is none. */
export function readVariables(file: string): Readonly<Record<string, string>> {
  return existsSync(file) ? (parseEnv(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

/** Which variables a change adds, and of which it replaces what is there. */
export interface Change {
  readonly added: readonly string[];
  readonly replaced: readonly string[];
}

export function changeOf(present: Readonly<Record<string, string>>, values: Readonly<Record<string, string>>): Change {
  const names = Object.keys(values).filter(name => present[name] !== values[name]);
  return {
    added: names.filter(name => !present[name]),
    replaced: names.filter(name => Boolean(present[name])),
  };
}

/**
 * Sets variables in a file that only its owner may read: lines of others, and comments, stay as they are. A file that
 * says all of it is left alone.
 */
export function writeVariables(file: string, values: Readonly<Record<string, string>>): Change {
  const change = changeOf(readVariables(file), values);
  const names = [...change.added, ...change.replaced];
  if (names.length === 0) {
    if (existsSync(file)) chmodSync(file, 0o600);
    return change;
  }
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const kept = text.split('\n').filter(line => !names.some(name => line.trimStart().startsWith(`${name}=`)));
  while (kept.at(-1)?.trim() === '') kept.pop();
  const lines = [...kept, ...names.map(name => `${name}=${quoted(values[name] ?? '')}`), ''];
  // Beside its place, so that a full disk leaves the file that was there; and never readable by others in between.
  writeFileSync(`${file}.new`, lines.join('\n'), { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return change;
}

/** Plain where every reader of such files agrees: Node, systemd and Docker. */
function quoted(value: string): string {
  return /^[^\s#"'`][^#"'`\n]*$/.test(value) && value === value.trim() ? value : JSON.stringify(value);
}
