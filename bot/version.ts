import packageJson from '../package.json' with { type: 'json' };

/** The version of this program, as package.json says it. */
export function readVersion(): string {
  return packageJson.version;
}
