import { byUse, found as foundIn } from '../../../domain/library/resource.ts';
import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import { cleanLine, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command, type Passage } from '../../feature.ts';
import { foundCard, mostFound } from './cards.ts';
import type { LibraryParts } from './parts.ts';
import { readLibrary, reading } from './store.ts';

/** Of what was searched for, when it is said back, in characters. */
const longestSaid = 80;

type Asked = Ask<ReadyCommunity>;

export function libraryCommands(parts: LibraryParts): readonly Command[] {
  return [
    command(reading, { name: 'find', about: 'command.find', run: ask => find(parts, ask) }),
    command(reading, { name: 'library', about: 'command.library', run: ask => show(parts, ask) }),
  ];
}

/** `find spc template`: what has all of these words. */
async function find(parts: LibraryParts, ask: Asked): Promise<CardReply> {
  const { community, found, t } = ask;
  const words = cleanLine(ask.rest.replace(/^[\s:,–-]+/, ''));
  if (words === '') return show(parts, ask);
  const all = await readLibrary(parts, community);
  const named = found?.named.find(({ kind }) => kind === 'resource');
  const having = foundIn(all, words);
  // Whoever asks in a sentence has more words than what is looked for.
  const resources = having.length > 0 ? having : all.filter(({ id }) => id === named?.id);
  const said = plain(shortened(words, longestSaid));
  const more = resources.length - mostFound;
  return {
    card: foundCard(
      {
        community,
        title: t('found.title', { count: resources.length, words: said }),
        text: resources.length === 0 ? t('found.none') : more > 0 ? t('found.more', { count: more }) : '',
        resources: resources.slice(0, mostFound),
        links: parts.links,
      },
      t,
    ),
  };
}

/** What is opened most, and what came last where nobody has opened anything. */
async function show(parts: LibraryParts, { community, t }: Asked): Promise<CardReply> {
  const all = await readLibrary(parts, community);
  const resources = all.filter(({ state }) => state !== 'outdated').toSorted(byUse);
  return {
    card: foundCard(
      {
        community,
        title: t('list.title', { count: all.length }),
        text: all.length === 0 ? t('list.how') : t('list.most'),
        resources: resources.slice(0, mostFound),
        links: parts.links,
      },
      t,
    ),
  };
}

/** What is in the library, by its title: a question that it answers is answered with it. */
export function libraryPassages(parts: Pick<LibraryParts, 'lists' | 'clock'>) {
  return async ({ community }: { readonly community: Community }): Promise<readonly Passage[]> =>
    (await readLibrary(parts, community))
      .filter(({ state }) => state !== 'outdated')
      .map(({ id, title, when, topics }) => ({
        kind: 'resource',
        id,
        title,
        text: [when, ...topics].join('\n'),
        typed: `find ${title}`,
      }));
}
