import { z } from 'zod';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { longestResourceTitle, longestWhen, ResourceAddress } from '../../../domain/library/resource.ts';
import { titleFrom } from '../../../domain/plan/message-title.ts';
import { cleanLine, cleanProse, prose, shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { messageAction, type MessageAction, type MessageRequest } from '../../feature.ts';
import { addressesIn } from './addresses.ts';
import addedTemplate from './cards/added.card.json' with { type: 'json' };
import formTemplate from './cards/add.card.json' with { type: 'json' };
import type { LibraryParts } from './parts.ts';
import { addResource, reading } from './store.ts';

/** What the form brings back: taken as it comes, so that all that was typed can be shown again. */
const AddForm = z.object({
  /** The addresses that were found in the message, one a line. */
  urls: prose(30_000),
  suggested: prose(5000).default(''),
  url: prose(5000).optional(),
  title: prose(5000).optional(),
  when: prose(5000).optional(),
});
type AddForm = z.infer<typeof AddForm>;

const longestName = 60;
/** Of an address in a list to choose from, in characters. */
const longestShown = 80;

/**
 * "Put into the library", in the menu of a message: the address and a title come from the message, and one question is
 * asked: when does it help? Every member may.
 */
export function addFromMessage(parts: LibraryParts): MessageAction {
  return messageAction(reading, {
    title: 'message.title',
    data: AddForm,

    async open(request) {
      const { message, again, t } = request;
      // A message without an address may be worth finding again itself.
      const own = ResourceAddress.safeParse(message.link).data;
      const inIt = addressesIn(message.text);
      const urls = inIt.length > 0 ? inIt : own === undefined ? [] : [own];
      if (!again && urls.length === 0) return { notice: t('message.noAddress') };
      const typed = again?.typed ?? { urls: urls.join('\n'), suggested: titleOf(message.text) };
      return { card: formCard(request, typed, again?.problem ?? '') };
    },

    async submit(request) {
      const { community, who, message, data, t } = request;
      const url = ResourceAddress.safeParse(data.url ?? data.urls.split('\n')[0]).data;
      if (url === undefined) return { notice: t('message.noAddress') };
      const title = cleanLine(data.title ?? '');
      const when = cleanProse(data.when ?? '').trim();
      const problem = problemWith(title, when, t);
      if (problem !== '') return { card: formCard(request, data, problem), outcome: 'nothing' };
      const { resource, added } = await addResource(
        parts,
        community,
        who,
        { url, title, when, topics: [] },
        // A dialog brings no token to act on the person's behalf.
        { link: message.link, onBehalfOf: null },
      );
      return {
        card: renderCard(addedTemplate, {
          heading: added ? t('message.added') : t('message.known'),
          title: plain(resource.title),
          when: plain(resource.when),
          open: t('open'),
          link: parts.links.tab(community.id, `library/${resource.id}`),
        }),
      };
    },
  });
}

function problemWith(title: string, when: string, t: MessageRequest['t']): string {
  if (title === '') return t('message.titleMissing');
  if (title.length > longestResourceTitle) return t('message.titleTooLong', { most: longestResourceTitle });
  if (when === '') return t('message.whenMissing');
  return when.length > longestWhen ? t('message.whenTooLong', { most: longestWhen }) : '';
}

/** What the message says besides its addresses. */
function titleOf(text: string): string {
  return shortened(titleFrom(text.replace(/https?:\/\/\S+/gi, ' ')), longestResourceTitle);
}

function formCard({ community, message, t }: MessageRequest<ReadyCommunity>, typed: AddForm, problem: string): Card {
  const urls = typed.urls.split('\n').filter(url => url !== '');
  return renderCard(formTemplate, {
    problem,
    intro: t('message.into', { community: plain(shortened(community.name, longestName)) }),
    addressLabel: t('message.address'),
    url: typed.url ?? urls[0] ?? '',
    addresses: urls.map(url => ({ title: shortened(url.replace(/^https:\/\//i, ''), longestShown), value: url })),
    titleLabel: t('message.what'),
    title: typed.title ?? typed.suggested,
    titleMissing: t('message.titleMissing'),
    whenLabel: t('message.when'),
    when: typed.when ?? '',
    whenPlaceholder: t('message.whenPlaceholder'),
    whenMissing: t('message.whenMissing'),
    add: t('message.add'),
    // Its words have become the title by now.
    data: {
      community: community.id,
      message: { ...message, text: '' },
      urls: typed.urls,
      suggested: typed.suggested,
    },
  });
}
