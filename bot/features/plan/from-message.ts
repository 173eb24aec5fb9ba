import { randomUUID } from 'node:crypto';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { titleFrom } from '../../../domain/plan/message-title.ts';
import { Action, longestTitle } from '../../../domain/plan/plan.ts';
import {
  messageAction,
  type CardReply,
  type MessageAction,
  type MessageRequest,
  type SharedMessage,
} from '../../feature.ts';
import type { Translate } from '../../text.ts';
import { addedFromMessageCard, formCard, FromMessage, nobody } from './from-message-cards.ts';
import type { PlanParts } from './parts.ts';
import { addAction, reading } from './store.ts';

/** "Add to plan", in the menu of a message. Every member may, as in the tab. */
export function addFromMessage(parts: PlanParts): MessageAction {
  async function form(
    { community, who, message, t }: MessageRequest<ReadyCommunity>,
    typed: FromMessage,
    problem: string,
  ): Promise<CardReply> {
    const members = await parts.roster.members(community.id);
    return { card: formCard({ community, who, members, message, typed, problem }, t) };
  }

  return messageAction(reading, {
    title: 'message.title',
    data: FromMessage,

    async open(request) {
      const { message, again } = request;
      return form(
        request,
        again?.typed ?? { action: randomUUID(), suggested: titleFrom(message.text), due: '' },
        again?.problem ?? '',
      );
    },

    async submit(request) {
      const { community, who, message, data, t } = request;
      const title = (data.title ?? '').replace(/\s+/g, ' ').trim();
      const { owner = nobody } = data;
      const members = await parts.roster.members(community.id);
      const problem = problemWith(
        { title, owner, due: data.due },
        members.some(({ id }) => id === owner),
        t,
      );
      if (problem !== '') return { ...(await form(request, data, problem)), outcome: 'nothing' };

      const action = await addAction(
        parts,
        community,
        who,
        {
          title,
          owners: owner === nobody ? [] : [{ id: owner }],
          due: data.due === '' ? null : data.due,
          notes: notesFrom(message, who, t),
        },
        // A dialog brings no token to act on the person's behalf.
        { id: data.action, onBehalfOf: null },
      );
      return { card: addedFromMessageCard({ community, action, links: parts.links }, t) };
    },
  });
}

interface Entered {
  readonly title: string;
  readonly owner: string;
  readonly due: string;
}

function problemWith({ title, owner, due }: Entered, inTeam: boolean, t: Translate): string {
  if (title === '') return t('message.what-missing');
  if (title.length > longestTitle) return t('message.what-too-long', { most: longestTitle });
  if (owner !== nobody && !inTeam) return t('message.owner-gone');
  if (due !== '' && !Action.shape.due.safeParse(due).success) return t('message.due-odd');
  return '';
}

/**
 * Who added it, who wrote it and where it stands: the dialog was in the hands of whoever added it, who answers for what
 * it says. Not what it says: the title is what somebody chose to show to everybody.
 */
function notesFrom({ author, link }: SharedMessage, { name: who }: Pick<Member, 'name'>, t: Translate): string {
  if (author === null && link === null) return '';
  return [
    author === null ? t('message.notes-nobody') : t('message.notes-author', { author }),
    link ?? '',
    t('message.notes-added', { who }),
  ]
    .filter(part => part !== '')
    .join('\n');
}
