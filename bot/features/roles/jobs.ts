import type { ReadyCommunity } from '../../../domain/community.ts';
import { workingDays } from '../../../domain/facilitation/facilitation.ts';
import { promptsFor, titleOf, type Prompt } from '../../../domain/roles/roles.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import { definitions } from '../../lists/model.ts';
import { eachRow } from '../../shared/each-row.ts';
import type { Job } from '../../feature.ts';
import type { OutgoingMessage } from '../../ports.ts';
import { openKey } from './changes.ts';
import { readBoard, type Board } from './board.ts';
import { termCard, vacantCard } from './cards.ts';
import type { RolesParts } from './parts.ts';
import { decidersOf } from './messages.ts';

const vacantKind = 'roles.vacant';
export const termKind = 'roles.term';

/**
 * Once a week, on its third working day, because the first belongs to the facilitation card, looks for key roles
 * without anybody and terms that end within a month. What was asked before is not asked again: the outbox knows each
 * vacancy and each term by its period. Never too late.
 */
export function promptJob(parts: RolesParts): Job {
  return {
    name: 'roles.prompt',
    rests: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextOnDays({ days: workingDays(day).slice(2, 3), time, timeZone }, after);
    },
    async run({ community }) {
      const board = await readBoard(parts, community);
      const prompts = promptsFor(board.roles, board.holdings);
      if (prompts.length === 0) return;
      const to = await decidersOf(parts, community);
      if (to.length === 0)
        return parts.log.warn({ community: community.id }, 'roles not asked about: the community has nobody to ask');
      await eachRow(
        parts,
        { community: community.id, list: definitions.roles.title },
        prompts,
        prompt => ({ key: prompt.period, what: prompt.kind === 'term' ? prompt.holding.person.name : prompt.period }),
        prompt =>
          parts.messenger.post({
            community: community.id,
            period: prompt.period,
            to,
            ...messageOf(parts, community, board, prompt),
          }),
      );
    },
  };
}

function messageOf(
  { links }: RolesParts,
  community: ReadyCommunity,
  board: Board,
  prompt: Prompt,
): Pick<OutgoingMessage, 'kind' | 'card' | 'summary'> {
  const { today } = board;
  if (prompt.kind === 'vacant') {
    const { roles } = prompt;
    return {
      kind: vacantKind,
      card: t => vacantCard({ community, roles, today, links }, t),
      summary: t =>
        t('vacant.summary', {
          count: roles.length,
          role: roles[0] ? titleOf(roles[0], t) : '',
          community: community.name,
        }),
    };
  }
  const {
    role,
    holding: { person, until },
  } = prompt;
  const key = openKey(board, role.id, person.id);
  const now = board.holdings.find(holding => holding.key === key);
  return {
    kind: termKind,
    card: t => termCard({ community, role, person, until, now, today, links }, t),
    summary: t => t('term.summary', { name: person.name, role: titleOf(role, t) }),
  };
}
