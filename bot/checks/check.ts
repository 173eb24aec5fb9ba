import type { CheckName, GapName, HintName, UnknownName } from './text.ts';

/** What the sentences of a finding are filled with. Never a secret. */
export type Values = Readonly<Record<string, string | number>>;

/** What was found, by the name of its sentences in `text.en.json`. */
export type Finding =
  | { readonly state: 'good' }
  /** Something does not work, or will not soon. */
  | { readonly state: 'gap'; readonly gap: GapName; readonly values?: Values }
  /** It works, and could be better. */
  | { readonly state: 'hint'; readonly hint: HintName; readonly values?: Values }
  /** It could not be looked at. */
  | { readonly state: 'unknown'; readonly unknown: UnknownName; readonly values?: Values };

/** One thing that must be so for the app to work, and how it is found out. */
export interface Check {
  readonly name: CheckName;
  look(): Promise<Finding>;
}

/** What a check found. */
export interface Found {
  readonly check: CheckName;
  readonly finding: Finding;
}

export const good: Finding = { state: 'good' };

export function gap(name: GapName, values?: Values): Finding {
  return { state: 'gap', gap: name, ...(values ? { values } : {}) };
}

export function hint(name: HintName, values?: Values): Finding {
  return { state: 'hint', hint: name, ...(values ? { values } : {}) };
}

export function unknown(name: UnknownName, values?: Values): Finding {
  return { state: 'unknown', unknown: name, ...(values ? { values } : {}) };
}

/** How long one check may take, in milliseconds: a service that holds the line must not hold up the others. */
const lookWithin = 20_000;

/** Looks at all of them side by side. A check that breaks or takes too long has seen nothing, and stops no other. */
export function lookAt(checks: readonly Check[], within = lookWithin): Promise<readonly Found[]> {
  return Promise.all(checks.map(async check => ({ check: check.name, finding: await inTime(check, within) })));
}

async function inTime(check: Check, within: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>(resolve => {
    timer = setTimeout(() => resolve(unknown('late', { seconds: Math.round(within / 1000) })), within);
  });
  try {
    return await Promise.race([check.look(), late]);
  } catch (error) {
    return unknown('broke', { said: error instanceof Error ? error.message : String(error) });
  } finally {
    clearTimeout(timer);
  }
}
