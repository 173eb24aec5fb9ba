import type { EventLine } from '../../../domain/events/api.ts';
import { showMoment } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';
import type { AgendaItem } from '../../../domain/events/agenda.ts';

/** The text of an invitation, to paste into a mail or a chat: what is known, and nothing that is not. */
export function invitationText(
  event: Pick<EventLine, 'title' | 'startsAt' | 'minutes' | 'mode' | 'place' | 'link' | 'hosts'> & {
    readonly agenda: readonly AgendaItem[];
  },
  { t, locale, community }: { readonly t: Translate; readonly locale: string; readonly community: string },
): string {
  const { title, startsAt, minutes, mode, place, link, hosts, agenda } = event;
  return [
    t('invitation.first', { title, community }),
    '',
    t('invitation.when', { when: showMoment(startsAt, locale), count: minutes }),
    t('invitation.where', { where: place === '' ? t(`mode.${mode}`) : place }),
    ...(link === null ? [] : [link]),
    ...(agenda.length === 0 ? [] : ['', t('invitation.agenda'), ...agenda.map(line => `– ${line.title}`)]),
    ...(hosts.length === 0 ? [] : ['', t('invitation.hosts', { names: hosts.map(({ name }) => name).join(', ') })]),
  ].join('\n');
}
