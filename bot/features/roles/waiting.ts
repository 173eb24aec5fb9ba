import { namedIn } from '../../../domain/attention/naming.ts';
import { peopleInCharge, timeZoneOf, type ReadyCommunity } from '../../../domain/community.ts';
import { promptsFor, termPeriod, termsIn, titleOf, vacanciesIn, type BoardRole } from '../../../domain/roles/roles.ts';
import { addMonths, localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { weekIn, type OpenQuestion, type ReadComing, type ReadWaiting } from '../../shared/waiting.ts';
import type { Translate } from '../../text.ts';
import { readBoard, type Board } from './board.ts';
import { offerKind } from './messages.ts';
import type { RolesParts } from './parts.ts';
import { offersIn, termKind, vacantKind } from './wishes.ts';

/** In characters: three of them are one line of a card. */
const longestName = 24;
const longestRole = 30;

/** Something that waits, as it is named in a line; `details` stand in brackets after it. */
interface Named extends Omit<OpenQuestion, 'to'> {
  readonly name: (t: Translate) => string;
  readonly details: (t: Translate) => readonly string[];
}

/**
 * What those who decide about roles have not decided, by name: whose offer has no answer, which key roles nobody holds,
 * and whose term is over or ends soon; but for what they get a card about in this week. The feature that shows it brings
 * the language; the sentences are this feature's.
 */
export function rolesWaiting(
  parts: Pick<RolesParts, 'lists' | 'roster' | 'clock'> & { readonly coming: ReadComing },
): ReadWaiting {
  return async community => {
    const board = await readBoard(parts, community);
    const week = weekIn(parts, community);
    const to = peopleInCharge(community, board.members).map(({ id }) => id);
    const addressed = (named: readonly Named[]) => named.map(one => ({ ...one, to }));
    const kinds = {
      offers: addressed(offersOf(board)),
      vacancies: addressed(vacanciesOf(board, community)),
      terms: addressed(termsOf(board)),
    };
    const coming = await parts.coming(community, week, Object.values(kinds).flat());
    return t =>
      (['offers', 'vacancies', 'terms'] as const).flatMap(kind => {
        const open = kinds[kind].filter(one => !coming.has(one));
        const { shown, more } = namedIn(week, open, ({ cameUp }) => cameUp);
        if (shown.length === 0) return [];
        const names = shown.map(({ item, last }) => {
          const details = [...item.details(t), ...(last ? [t('roles:waiting.last')] : [])];
          return details.length === 0
            ? item.name(t)
            : t('roles:waiting.detailed', { name: item.name(t), details: details.join(', ') });
        });
        return [{ text: t(`roles:waiting.${kind}`, { names }), more }];
      });
  };
}

function offersOf(board: Board): readonly Named[] {
  return offersIn(board).map(({ role, holding: { key, person, since } }) => ({
    kind: offerKind,
    period: key,
    cameUp: since,
    // Those who decide heard of it when it was made.
    since,
    name: () => nameOf(person.name),
    details: t => [shortTitle(role, t)],
  }));
}

/**
 * A key role that nobody ever held waits from the day of installation on; of an earlier version that is not known, and
 * it is let go. The role of somebody who left the team is told of with those who left.
 */
function vacanciesOf({ roles, holdings }: Board, community: ReadyCommunity): readonly Named[] {
  const prompts = promptsFor(roles, holdings).filter(prompt => prompt.kind === 'vacant');
  return vacanciesIn(roles, holdings).flatMap(({ role, last }) => {
    if (last?.state === 'accepted') return [];
    const since = last?.changedAt ?? community.installedAt;
    const prompt = prompts.find(one => one.roles.includes(role));
    if (since === undefined || prompt === undefined) return [];
    return [
      {
        kind: vacantKind,
        period: prompt.period,
        cameUp: localDay(new Date(since), timeZoneOf(community)),
        since: null,
        name: (t: Translate) => shortTitle(role, t),
        details: () => [],
      },
    ];
  });
}

function termsOf({ roles }: Board): readonly Named[] {
  return termsIn(roles).map(({ role, holding: { person, until } }) => ({
    kind: termKind,
    period: termPeriod(role.id, { person, until }),
    // It is asked about from a month before.
    cameUp: addMonths(until, -1),
    since: null,
    name: () => nameOf(person.name),
    details: t => [shortTitle(role, t), t('roles:waiting.until', onDay(until, nearDay))],
  }));
}

function nameOf(name: string): string {
  return plain(shortened(name, longestName));
}

function shortTitle(role: BoardRole, t: Translate): string {
  return plain(shortened(titleOf(role, t), longestRole));
}
