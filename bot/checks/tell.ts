import type { Translate } from '../text.ts';
import type { Finding, Found } from './check.ts';

/** What a check found, in words. The last three are there where something is to be done. */
export interface Told {
  readonly check: Found['check'];
  readonly state: Finding['state'];
  /** What is looked at. */
  readonly title: string;
  readonly happened?: string;
  /** Who can mend it. */
  readonly who?: string;
  /** A command or a way to click. */
  readonly todo?: string;
}

export function tell({ check, finding }: Found, t: Translate): Told {
  const told = { check, state: finding.state, title: t(`check.${check}`) };
  switch (finding.state) {
    case 'good':
      return told;
    case 'unknown':
      return { ...told, happened: t(`unknown.${finding.unknown}`, finding.values) };
    case 'hint':
      return { ...told, happened: t(`hint.${finding.hint}`, finding.values) };
    case 'gap': {
      const sentence = (part: string): string => t(`gap.${finding.gap}.${part}`, finding.values);
      return { ...told, happened: sentence('happened'), who: sentence('who'), todo: sentence('todo') };
    }
  }
}
