import type { holdingStates } from '../../../domain/roles/roles.ts';
import type { Facts } from '../facts.ts';

// Rows as they are stored, read with the year's own eyes.

interface PersonRow {
  readonly id: string;
  readonly name: string;
}

export interface PlanRow {
  readonly aim: string | null;
  readonly title: string;
  readonly owners: readonly PersonRow[];
  readonly due: string | null;
  readonly state: 'to-do' | 'doing' | 'stuck' | 'done';
  readonly doneAt: string | null;
}

interface HoldingRow {
  readonly role: string;
  readonly person: PersonRow;
  readonly since: string;
  readonly until: string | null;
  readonly state: (typeof holdingStates)[number];
}

interface SurveyRow {
  readonly key: string;
  readonly title: string;
  readonly anonymous: boolean;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly closedOn: string | null;
  readonly repeats: string | null;
}

interface NewcomerRow {
  readonly person: PersonRow;
  readonly joinedAt: string;
  readonly answeredAt: string | null;
  readonly noMessages?: boolean;
}

interface AttendanceRow {
  readonly event: string;
  readonly person: PersonRow | null;
  readonly says: string;
}

interface SettingsRow {
  readonly coordinators: readonly PersonRow[];
  readonly facilitation: { readonly facilitators: readonly PersonRow[] };
}

interface SectionRow {
  readonly section: string;
  readonly text: string;
  readonly reviewOn: string | null;
}

export const planOf = (facts: Facts): readonly PlanRow[] =>
  facts.rows('CoP Plan').map(row => ({ due: null, doneAt: null, aim: null, ...row })) as unknown as PlanRow[];
export const rolesOf = (facts: Facts): readonly HoldingRow[] =>
  facts.rows('CoP Roles').map(row => ({ until: null, ...row })) as unknown as HoldingRow[];
export const offersOf = (facts: Facts): readonly HoldingRow[] => facts.rows('offers') as unknown as HoldingRow[];
export const surveysOf = (facts: Facts): readonly SurveyRow[] => facts.rows('surveys') as unknown as SurveyRow[];
export const newcomersOf = (facts: Facts): readonly NewcomerRow[] =>
  facts.rows('newcomers') as unknown as NewcomerRow[];
export const sectionsOf = (facts: Facts): readonly SectionRow[] =>
  facts.rows('CoP Charter').map(row => ({ reviewOn: null, ...row })) as unknown as SectionRow[];
export const attendanceOf = (facts: Facts): readonly AttendanceRow[] =>
  facts.rows('attendance') as unknown as AttendanceRow[];

export function isMemberIn({ members }: Facts, id: string): boolean {
  return members.some(member => member.id === id);
}

export function ticksOf(facts: Facts, week: string): readonly string[] {
  return facts
    .rows('CoP Facilitation')
    .filter(row => row['week'] === week)
    .map(row => String(row['task']));
}

/** From the copy in SharePoint, which the product keeps like the settings. */
export function settingsOf(facts: Facts): SettingsRow | undefined {
  return facts.rows('CoP Settings')[0]?.['settings'] as SettingsRow | undefined;
}

export function isOverdue({ state, due }: PlanRow, day: string): boolean {
  return state !== 'done' && due !== null && due < day;
}

/** Who decides: the coordinators who are there, else the team's owners. */
export function inCharge(facts: Facts): readonly string[] {
  const coordinators = (settingsOf(facts)?.coordinators ?? []).filter(({ id }) => isMemberIn(facts, id));
  return coordinators.length > 0
    ? coordinators.map(({ id }) => id)
    : facts.members.filter(({ owner }) => owner).map(({ id }) => id);
}
