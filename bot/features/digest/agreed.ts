import { added, longestTitle, mostOwners } from '../../../domain/plan/plan.ts';
import { shortened } from '../../../domain/text.ts';
import type { ReplyRow } from '../../lists/model.ts';
import { actionOfReply } from '../../lists/plan.ts';
import type { Translate } from '../../text.ts';
import { peopleDeciding } from './facts.ts';
import { daysOf } from './lines.ts';
import type { DigestParts } from './parts.ts';
import type { Received } from './received.ts';

const longestName = 60;

/**
 * A yes to what was asked becomes an action of the coordinators, once, so that it leads somewhere. Returns its title;
 * of an answer that is no yes any more, the title of the action that is still open; else null.
 */
export async function keepYes(
  parts: Pick<DigestParts, 'lists' | 'roster' | 'clock'>,
  { community, digest }: Received,
  reply: ReplyRow,
  t: Translate,
): Promise<string | null> {
  const { plan } = parts.lists.of(community.id);
  const key = actionOfReply(reply);
  const kept = (await plan.find(key))?.value;
  if (kept) return kept.state === 'done' ? null : kept.title;
  if (reply.choice !== 'yes' || digest.words.ask === '') return null;

  const ask = digest.words.ask.replace(/\s+/g, ' ').trim();
  const { id, name } = reply.person;
  const { isOneDay, ...days } = daysOf(digest.period, community.settings.timeZone);
  const action = {
    title: shortened(t('agreed.title', { name: shortened(name, longestName), ask }), longestTitle),
    owners: (await peopleDeciding(parts, community)).slice(0, mostOwners),
    due: null,
    state: 'to-do',
    weight: 'baseline',
    aim: null,
    notes: [
      t(isOneDay ? 'agreed.notesDay' : 'agreed.notes', { ask, ...days }),
      ...(reply.times.length > 0 ? [t('agreed.times', { times: reply.times.join('; ') })] : []),
      ...(reply.text === '' ? [] : [reply.text]),
    ].join('\n\n'),
  } as const;
  const { row } = await plan.create({
    key,
    ...added({ ...action, owners: [...action.owners] }, { by: { id, name }, now: parts.clock() }),
  });
  return row.value.title;
}
