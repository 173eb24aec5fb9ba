import { digest } from '../../../../bot/features/digest/index.ts';
import type { DigestRow } from '../../../../bot/lists/model.ts';
import type { Bundles } from '../../../../bot/features/digest/bundles.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { api } from '../../../../domain/api.ts';
import type { DigestView } from '../../../../domain/digest/api.ts';
import type { Member, ReadyCommunity } from '../../../../domain/community.ts';
import { noWords, type DigestAudience, type DigestWords } from '../../../../domain/digest/digest.ts';
import {
  clockAt,
  communitiesOf,
  community,
  member,
  recordingMessenger,
  rosterOf,
  settings,
  textsOf,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { createInMemoryBundles } from '../../../support/bundles.ts';
import { createInMemoryLists, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';
import { createInMemorySetAside } from '../../../support/set-aside.ts';
import { grantWishes } from '../../../support/wishes.ts';
import { createRestDays } from '../../../../bot/shared/rest-days.ts';

export const priya = member('Priya Raman');
export const helen = member('Helen Osei');
export const ann = member('Ann Okafor');
/** Monthly to the sponsor and to the channel. */
export const here = community({ settings: settings({ digest: { sponsor: 'monthly', members: 'monthly' } }) });
export const there = community({ id: 'another-team', name: 'Chart Doctors', settings: here.settings });
export const words: DigestWords = {
  intro: 'A good month.',
  ask: 'Open our meeting?',
  story: 'A ward redrew its report.',
  questions: [],
  times: ['Tuesday, 14:00', 'Friday, 11:00'],
  sendOn: null,
};

/** The feature and everything it stands on, on a Tuesday in November with a sponsor. */
export interface Scene {
  readonly lists: InMemoryLists;
  readonly messenger: RecordingMessenger;
  readonly bundles: Bundles;
  readonly clock: TestClock;
  readonly feature: Feature;
  readonly logged: readonly string[];
  /** Gives the role of sponsor; with a mail address to somebody outside the team. */
  sponsoredBy(
    who: { readonly id: string; readonly name: string; readonly mail?: string },
    where?: ReadyCommunity,
  ): Promise<void>;
  /** Something has a day, so that there is something to tell. */
  plans(title: string, due: string): Promise<void>;
  writes(change?: Partial<DigestWords>, audience?: DigestAudience, where?: ReadyCommunity): Promise<void>;
  sends(audience?: DigestAudience, who?: Member): Promise<DigestView>;
  /** A morning with room for everything, at this moment: the daily check, and what is wished after it. */
  checks(moment: string, where?: ReadyCommunity): Promise<void>;
  rows(where?: ReadyCommunity): Promise<readonly DigestRow[]>;
  /** What was posted of a kind: to whom, and of which period. */
  posted(kind: string): readonly (readonly [to: string, period: string])[];
}

export function scene({ members = [priya, helen, ann] }: { readonly members?: readonly Member[] } = {}): Scene {
  const clock = clockAt('2026-11-10T09:00:00Z');
  const lists = createInMemoryLists(clock.now);
  const bundles = createInMemoryBundles();
  const messenger = recordingMessenger(() => textsOf(feature));
  const logged: string[] = [];
  const log = (_ids: object, sentence: string): void => void logged.push(sentence);
  const feature = digest({
    lists,
    messenger,
    roster: rosterOf(...members),
    communities: communitiesOf(here, there),
    restDays: createRestDays(),
    bundles,
    links: { tab: (team, page) => `https://example.org/${team}/${page}` },
    clock: clock.now,
    log: { info: log, warn: log },
    setAside: createInMemorySetAside(),
  });

  return {
    lists,
    messenger,
    bundles,
    clock,
    feature,
    logged,
    async sponsoredBy({ id, name, mail = undefined }, where = here) {
      await lists.of(where.id).roles.create({
        key: `sponsor/${id}/2026-01-01`,
        role: 'sponsor',
        person: { id, name, mail: mail ?? null },
        since: '2026-01-01',
        until: null,
        note: '',
        state: 'accepted',
        changedBy: { id: priya.id, name: priya.name },
        changedAt: '2026-01-01T09:00:00Z',
      });
    },
    async plans(title, due) {
      await lists.of(here.id).plan.create({
        key: title,
        title,
        owners: [],
        due,
        state: 'to-do',
        steps: [],
        links: [],
        weight: 'baseline',
        aim: null,
        notes: '',
        addedBy: { id: priya.id, name: priya.name },
        addedAt: '2026-11-01T09:00:00Z',
        doneAt: null,
        changedBy: { id: priya.id, name: priya.name },
        changedAt: '2026-11-01T09:00:00Z',
      });
    },
    async writes(change = {}, audience = 'sponsor', where = here) {
      const draft = await lists.of(where.id).digests.find(`${audience}/draft`);
      await request(feature, api.saveDigest, {
        who: priya,
        community: where,
        params: { audience },
        body: { ...words, ...(audience === 'members' ? { ask: '', times: [] } : {}), ...change },
        ifMatch: draft?.etag ?? null,
      });
    },
    async sends(audience = 'sponsor', who = priya) {
      return (await request(feature, api.sendDigest, { who, community: here, params: { audience } }))
        .body as DigestView;
    },
    async checks(moment, where = here) {
      clock.moveTo(moment);
      await feature.jobs![0]!.run({ community: where, due: clock.now(), since: clock.now(), now: clock.now() });
      await grantWishes(feature, messenger, { community: where, now: clock.now(), members });
    },
    rows: async (where = here) => (await lists.of(where.id).digests.all()).map(({ value }) => value),
    posted: kind => messenger.posted.filter(copy => copy.kind === kind).map(({ to, period }) => [to, period] as const),
  };
}

export { noWords };
