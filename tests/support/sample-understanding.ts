import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { added as addedEvent } from '../../domain/events/event.ts';
import { added } from '../../domain/plan/plan.ts';
import { addDays } from '../../domain/schedule.ts';
import type { SectionId } from '../../domain/charter/charter.ts';
import { createFeatures, type FeatureParts } from '../../bot/features/index.ts';
import type { Feature } from '../../bot/feature.ts';
import { rowOf as rowOfEvent } from '../../bot/features/events/store.ts';
import { rowOf } from '../../bot/features/plan/store.ts';
import { botFeature } from '../../bot/teams/bot-feature.ts';
import { commandTyped } from '../../bot/teams/typed.ts';
import { createUnderstanding, type Reading } from '../../bot/understanding/understanding.ts';
import { sampleCharter, sampleMeeting, sampleOwnRole, samplePlan, sampleRoles } from '../../infra/local/sample.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { clockAt, community, quietLog, rosterOf, settings, textsOf } from './feature-parts.ts';
import { createInMemoryLists } from './in-memory-lists.ts';

const now = '2026-11-22T10:00:00Z';
const today = '2026-11-22';

/** A line of tests/corpus/sentences. */
export interface CorpusLine {
  readonly who: string;
  readonly place: string;
  /** What is right: what could be typed, nothing that is known, or none of some. */
  readonly means: string;
  readonly text: string;
}

export function corpusLines(file: string): readonly CorpusLine[] {
  return readFileSync(join(import.meta.dirname, '../corpus/sentences', file), 'utf8')
    .trim()
    .split('\n')
    .map(line => {
      const [who = '', place = '', means = '', text = ''] = line.split('\t');
      return { who, place, means, text };
    });
}

/** What a reading comes to: what is typed instead, `?` for nothing, `…` for a question back. */
export function typedBy(reading: Reading): string {
  if (reading.kind === 'sure') return `${reading.name} ${reading.rest}`.trim();
  return reading.kind === 'unknown' ? '?' : '…';
}

export function isRight({ means }: Pick<CorpusLine, 'means'>, typed: string): boolean {
  if (means === '?') return typed === '?' || typed === '…';
  const begins = (one: string) => `${typed} `.toLowerCase().startsWith(`${one.toLowerCase()} `);
  return means.startsWith('!') ? !means.slice(1).split('|').some(begins) : means.split('|').some(begins);
}

/** Whether what is right is one of those that are offered in a question back. */
export function isOffered(line: Pick<CorpusLine, 'means'>, reading: Reading): boolean {
  return reading.kind === 'guesses' && reading.guesses.some(({ typed }) => isRight(line, typed));
}

/** Reads sentences as they are read in the sample community, without a server. */
export interface SampleUnderstanding {
  readonly features: readonly Feature[];
  /** As somebody in Britain says it, or somebody with this locale. */
  read(text: string, locale?: string): Promise<Reading>;
}

export async function sampleUnderstanding(): Promise<SampleUnderstanding> {
  const clock = clockAt(now);
  const members = samplePeople
    .filter(({ role }) => role !== 'newcomer')
    .map(({ id, displayName }, index) => ({ id, name: displayName, owner: index === 0 }));
  const named = (name: string) => members.find(one => one.name === name)!;
  const coordinators = [named('Priya Raman'), named('Tomasz Nowak')].map(({ id, name }) => ({ id, name }));
  const where = community({ settings: settings({ coordinators }) });
  const lists = createInMemoryLists(clock.now);
  const rows = lists.of(where.id);
  const by = { id: named('Priya Raman').id, name: 'Priya Raman' };

  for (const [key, text] of Object.entries(sampleCharter))
    await rows.charter.create({ key, section: key as SectionId, text, reviewOn: null, changedBy: by, changedAt: now });
  for (const [index, { title, who, due, state, weight = 'baseline', notes = '' }] of samplePlan.entries()) {
    const action = {
      title,
      owners: who.map(named),
      due: due === null ? null : addDays(today, due),
      state,
      weight,
      aim: null,
      notes,
    };
    await rows.plan.create(rowOf(`sample-${index}`, added(action, { by, now: clock.now() })));
  }
  const meeting = addedEvent(sampleMeeting, { startsAt: '2026-11-26T15:00:00.000Z' }, { by, now: clock.now() });
  await rows.events.create(rowOfEvent('sample-surgery-2', { ...meeting, state: 'announced' }));
  await rows.ownRoles.create({ key: 'own-chart-doctor', ...sampleOwnRole, addedBy: by });
  for (const { role, who, since, until, note } of sampleRoles)
    await rows.roles.create({
      key: `${role}/${who}`,
      role,
      person: { id: named(who).id, name: who, mail: null },
      since: addDays(today, since),
      until: until === null ? null : addDays(today, until),
      note,
      state: 'accepted',
      changedBy: by,
      changedAt: now,
    });
  for (const [key, title, closedOn] of [
    ['pulse', 'How are we doing?', today],
    ['event', 'How was it for you?', null],
  ] as const)
    await rows.surveys.create({
      key,
      title,
      intro: '',
      questions: [
        { id: 'wish', kind: 'text', text: 'What do you wish for?', options: [], low: '', high: '', required: false },
      ],
      anonymous: true,
      audience: 'channel',
      opensOn: today,
      closesOn: addDays(today, 6),
      closedOn,
      plannedBy: by,
      answered: null,
      sent: null,
      event: null,
      tellsResults: false,
      everyQuarter: false,
      repeats: null,
    });

  const roster = rosterOf(...members);
  const features = createFeatures({
    lists,
    roster,
    clock: clock.now,
    log: quietLog,
    switches: {},
  } as unknown as FeatureParts);
  const all = [...features, botFeature(features)];
  const names = all.flatMap(({ commands = [] }) => commands.map(({ name }) => name));
  const understanding = createUnderstanding({
    features: all,
    roster,
    texts: textsOf(...all),
    clock: clock.now,
    log: quietLog,
  });
  return {
    features: all,
    read(text, locale = 'en-GB') {
      return understanding.read({ text, exact: commandTyped(text, names), community: where, locale });
    },
  };
}
