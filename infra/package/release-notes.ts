// `node infra/package/release-notes.ts v1.2.3`: prints what the changelog says of a version, for its release.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The changelog's section of a version.
 * @param options.tag such as v1.2.3
 * @param options.version what package.json says
 * @throws Error when the three do not name the same version, or there is nothing to say
 */
export function releaseNotes({
  tag,
  version,
  changelog,
}: {
  readonly tag: string;
  readonly version: string;
  readonly changelog: string;
}): string {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag} and package.json says ${version}: make them one.`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find(each => /^(?<version>\S+)/.exec(each)?.groups?.['version'] === version);
  if (section === undefined)
    throw new Error(`CHANGELOG.md has no section "## ${version}": give _Pending_ that name, and the day.`);
  const notes = section.slice(section.indexOf('\n')).trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${notes}\n`;
}

if (import.meta.main) {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  try {
    process.stdout.write(releaseNotes({ tag: process.argv[2] ?? '', version, changelog: read('CHANGELOG.md') }));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
