import { tenant, type Team, type User } from '../directory.ts';
import type { CardJson, Message } from './memory.ts';

/** What Teams shows after somebody chose a command from a message's menu, or sent its dialog. */
export type DialogResult =
  | { readonly outcome: 'dialog'; readonly title: string; readonly card: CardJson }
  /** A box without a word in it. */
  | { readonly outcome: 'empty'; readonly detail: string }
  | { readonly outcome: 'closed' }
  | { readonly outcome: 'error'; readonly shown: string; readonly detail: string };

/** Teams gives a bot five seconds to answer for a message's menu and its dialogs. */
export const dialogPatience = 5_000;

/** A message as Teams hands it to the bot with a command of its menu: Teams, "Create and send dialogs". */
export function messagePayload(
  message: Message,
  { author, team }: { readonly author: User | null; readonly team: Team | undefined },
): object {
  const place = encodeURIComponent(message.conversationId);
  const query = team ? `?tenantId=${tenant.id}&groupId=${team.id}&parentMessageId=${message.thread ?? message.id}` : '';
  const attachments = message.cards.map((card, index) => ({
    id: `${message.id}-${index}`,
    contentType: 'application/vnd.microsoft.card.adaptive',
    contentUrl: null,
    content: JSON.stringify(card),
    name: null,
    thumbnailUrl: null,
  }));
  return {
    linkToMessage: `https://teams.microsoft.com/l/message/${place}/${message.id}${query}`,
    id: message.id,
    replyToId: message.thread,
    createdDateTime: message.sentAt,
    lastModifiedDateTime: message.editedAt,
    deleted: false,
    subject: null,
    summary: message.summary,
    importance: 'normal',
    locale: author?.locale.toLowerCase() ?? 'en-us',
    body: {
      contentType: 'html',
      content: inHtml(message.text) + attachments.map(({ id }) => `<attachment id="${id}"></attachment>`).join(''),
    },
    from: {
      device: null,
      conversation: null,
      user: author && { userIdentityType: 'aadUser', id: author.id, displayName: author.displayName },
      application: author ? null : { applicationIdentityType: 'bot', id: tenant.appId, displayName: tenant.appName },
    },
    reactions: [],
    mentions: [],
    attachments,
  };
}

function inHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const mentioned = escaped.replace(`@${tenant.appName}`, `<at id="0">${tenant.appName}</at>`);
  return `<div>${mentioned
    .split('\n')
    .map(line => `<p>${line || '&nbsp;'}</p>`)
    .join('\n')}</div>`;
}

/**
 * A dialog with a card, an empty one, or nothing, which closes it; all else is an error to whoever asked.
 */
export function asDialog(status: number, body: unknown): DialogResult {
  const { task } = (typeof body === 'object' && body !== null ? body : {}) as {
    task?: { type?: unknown; value?: unknown };
  };
  if (status === 200 && task === undefined) return { outcome: 'closed' };
  if (status === 200 && task?.type === 'message')
    return { outcome: 'empty', detail: 'Teams shows an empty box for a task of the type "message" here.' };
  const value = (task?.value ?? {}) as { title?: unknown; card?: { contentType?: unknown; content?: unknown } };
  if (
    status === 200 &&
    task?.type === 'continue' &&
    value.card?.contentType === 'application/vnd.microsoft.card.adaptive' &&
    typeof value.card.content === 'object' &&
    value.card.content !== null
  ) {
    return {
      outcome: 'dialog',
      title: typeof value.title === 'string' ? value.title : tenant.appName,
      card: value.card.content as CardJson,
    };
  }
  const detail = status === 0 ? String(body) : `HTTP ${status}: ${JSON.stringify(body)?.slice(0, 500) ?? 'no body'}`;
  return { outcome: 'error', shown: 'Unable to reach app. Please try again.', detail };
}
