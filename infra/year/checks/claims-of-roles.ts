import roleWords from '../../../domain/roles/text.en.json' with { type: 'json' };
import { equal, sameDay, type Claim } from './claims.ts';
import { isMemberIn, offersOf, rolesOf } from './lists.ts';
import { dayFrom, saidDay } from './said-days.ts';

function titleOf(role: string): string | undefined {
  return (roleWords.method as Readonly<Record<string, { readonly title: string }>>)[role]?.title;
}

export const ofRoles: readonly Claim[] = [
  {
    says: new RegExp(`(?:[Ss]et for a term until|^Accepted by .+, until|^Renewed by .+, until) ${saidDay}`),
    but: (match, { facts, day }) => {
      const until = dayFrom(match, day);
      return rolesOf(facts).some(holding => holding.until === until) ? undefined : 'no term ends on that day';
    },
  },
  {
    says: new RegExp(`^(.+): (.+)’s term (ends|ended) on ${saidDay}$`),
    but: ([, title, name, tense, ...said], { facts, day, edit }) => {
      const held = rolesOf(facts).filter(({ person }) => person.name === name);
      const holding = held.find(({ role }) => titleOf(role) === title) ?? held[0];
      const until = dayFrom([undefined, ...said], day);
      if (!edit && (tense === 'ended') !== until < day) return `it ${until < day ? 'ended' : 'ends'} then`;
      return edit ? undefined : sameDay(until, holding?.until);
    },
  },
  {
    says: /^(\d+) key roles in .+ have nobody yet, and no offer$/,
    but: ([, count], { facts }) =>
      equal(
        count,
        ['member-support', 'information-resources', 'teams-administrator', 'sponsor'].filter(
          role =>
            !rolesOf(facts).some(
              holding => holding.role === role && holding.state === 'accepted' && isMemberIn(facts, holding.person.id),
            ) && !offersOf(facts).some(offer => offer.role === role && offer.state === 'volunteered'),
        ).length,
      ),
  },
  {
    says: /^Nobody holds (.+) in .+$/,
    but: ([, title], { facts }) =>
      rolesOf(facts).some(
        ({ role, state, person }) => state === 'accepted' && titleOf(role) === title && isMemberIn(facts, person.id),
      )
        ? 'somebody holds it'
        : undefined,
  },
];
