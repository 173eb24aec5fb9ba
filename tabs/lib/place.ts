import { SectionId } from '../../domain/charter/charter.ts';
import { firstScreen, screenNames, type ScreenName } from '../../domain/tab/screens.ts';

/** Which page of ours was opened: a tab, or one of the small pages Teams asks for. */
type Frame = 'tab' | 'personal' | 'config' | 'remove' | 'consent' | 'consent-end';

const frames: readonly Frame[] = ['personal', 'config', 'remove', 'consent', 'consent-end'];

export interface Place {
  readonly frame: Frame;
  /** The group id in the address, or null when the address does not say. */
  readonly community: string | null;
  /** What the tab opens on when no link says more: what was chosen when it was added. */
  readonly opensOn: ScreenName | null;
  /** The version of the app's package that Teams has, of the personal tab; null where it does not say. */
  readonly packageVersion: string | null;
}

/** Where a deep link leads: `charter`, `settings`, `charter/purpose`, `plan/<id of an action>`. */
export interface Target {
  readonly screen: ScreenName;
  readonly section: SectionId | null;
  /** What the screen opens, such as an action. */
  readonly item?: string;
}

/** Reads the address of the page. An unknown frame is the tab: an old link must still open something. */
export function readPlace(search: string): Place {
  const parameters = new URLSearchParams(search);
  const frame = parameters.get('frame');
  const community = parameters.get('community');
  return {
    frame: frames.find(known => known === frame) ?? 'tab',
    // Some hosts leave `{groupId}` as it is; then the host's context says which team it is.
    community: community && !community.startsWith('{') ? community : null,
    opensOn: screenNames.find(name => name === parameters.get('screen')) ?? null,
    packageVersion: /^\d+\.\d+\.\d+$/.exec(parameters.get('package') ?? '')?.[0] ?? null,
  };
}

/** Reads the `subPageId` of a deep link. What it does not know leads home, or to what the tab opens on. */
export function readTarget(subPageId: string | undefined, opensOn: ScreenName = firstScreen): Target {
  const [name, rest] = (subPageId ?? '').split('/');
  const screen = screenNames.find(known => known === name) ?? opensOn;
  const section = SectionId.safeParse(rest);
  return {
    screen,
    section: screen === 'charter' && section.success ? section.data : null,
    ...(screen === 'plan' && rest ? { item: rest } : {}),
  };
}

/** The `subPageId` that {@link readTarget} reads back. */
export function writeTarget(target: Target): string {
  const rest = target.section ?? target.item;
  return rest === undefined ? target.screen : `${target.screen}/${rest}`;
}

/** The parts of the page of those who look after the app; also the last part of a deep link to it. */
export const administrationParts = ['overview', 'communities', 'messages', 'audit'] as const;
export type AdministrationPart = (typeof administrationParts)[number];

/** Reads what follows `administration/` in a deep link. What it does not know leads to the overview. */
export function readAdministrationPart(subPage: string): AdministrationPart {
  return administrationParts.find(part => part === subPage) ?? 'overview';
}
