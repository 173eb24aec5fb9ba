import { surveys } from '../../../../bot/features/surveys/index.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { api } from '../../../../domain/api.ts';
import type { Member, ReadyCommunity } from '../../../../domain/community.ts';
import { templates } from '../../../support/method-text.ts';
import type { SurveyDraft } from '../../../../domain/surveys/survey.ts';
import { type InMemoryBallotBox } from '../../../support/ballot-box.ts';
import { community, member, type RecordingMessenger, type TestClock } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { request } from '../../../support/requests.ts';
import { grantWishes } from '../../../support/wishes.ts';
import type { SetAside } from '../../../../bot/ports.ts';

export const priya = member('Priya Raman');
export const people = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal'].map(name => member(name));
export const here = community();
export const id = 'pulse-2026-11';

/** The feature and everything it stands on, on Monday morning. */
export interface Scene {
  readonly setAside: SetAside;
  readonly lists: InMemoryLists;
  readonly box: InMemoryBallotBox;
  readonly messenger: RecordingMessenger;
  readonly clock: TestClock;
  readonly feature: Feature;
  plan(change?: Partial<SurveyDraft>, survey?: string): Promise<void>;
  /** Gives somebody of the team a role. */
  holds(who: Member, role: string): Promise<void>;
  /** Answers from the tab; returns the token. */
  answers(who: Member, sheet: object, token?: string | null): Promise<string | null>;
  /** A morning with room for everything, at this moment: the daily check, and what is wished after it. */
  checks(moment: string, where?: ReadyCommunity): Promise<void>;
}

export function scene(members: readonly Member[] = [priya, ...people]): Scene {
  const links = { tab: (team: string, page: string): string => `https://example.org/${team}/${page}` };
  const { feature, lists, box, messenger, clock, setAside } = sceneOf(parts => surveys({ ...parts, links }), {
    members,
    at: '2026-11-23T09:00:00Z',
  });
  const { title, intro, questions, anonymous } = templates.find(template => template.id === 'pulse')!;
  const draft: SurveyDraft = {
    title,
    intro,
    questions: [...questions],
    anonymous,
    audience: 'members',
    event: null,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
    opensOn: '2026-11-23',
    closesOn: '2026-11-29',
  };

  return {
    lists,
    box,
    setAside,
    messenger,
    clock,
    feature,
    async plan(change = {}, survey = id) {
      await request(feature, api.planSurvey, {
        who: priya,
        community: here,
        params: { survey },
        body: { ...draft, ...change },
      });
    },
    async holds({ id: holder, name }, role) {
      await lists.of(here.id).roles.create({
        key: `${role}/${holder}/2026-01-01`,
        role,
        person: { id: holder, name, mail: null },
        since: '2026-01-01',
        until: null,
        note: '',
        state: 'accepted',
        changedBy: { id: priya.id, name: priya.name },
        changedAt: '2026-01-01T09:00:00Z',
      });
    },
    async answers(who, sheet, token = null) {
      const { body } = await request(feature, api.answerSurvey, {
        who,
        community: here,
        params: { survey: id },
        body: { sheet, token },
      });
      return (body as { token: string | null }).token;
    },
    async checks(moment, where = here) {
      clock.moveTo(moment);
      await feature.jobs![0]!.run({ community: where, due: clock.now(), since: clock.now(), now: clock.now() });
      await grantWishes(feature, messenger, { community: where, now: clock.now(), members });
    },
  };
}
