import { z } from 'zod';
import { nextOpenDay } from '../../../domain/attention/open-days.ts';
import { peopleInCharge, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { checked, dueForCheck, ResourceId, verdicts, type KeptResource } from '../../../domain/library/resource.ts';
import { addDays } from '../../../domain/schedule.ts';
import { plain } from '../../cards.ts';
import { cardAction, type CardReply, type Morning, type Press, type Wish } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { quietActions } from '../../shared/quiet.ts';
import { checkCard } from './cards.ts';
import type { LibraryParts } from './parts.ts';
import { byOf, changeResource, changing, findResource, readLibrary, type ShelvedResource } from './store.ts';

const checkKind = 'library.check';
/** How many are looked at in one go: five take a few minutes. */
const mostAtOnce = 5;
/** For how many days after the first open day of a month. */
const askedFor = 14;

const CheckData = z.object({
  resource: ResourceId,
  still: z.enum(verdicts),
  month: z.string().regex(/^\d{4}-\d\d$/),
});

/** What is to be looked at now. What somebody wrote into SharePoint by hand makes the app write to nobody. */
async function dueNow(
  parts: Pick<LibraryParts, 'lists' | 'clock'>,
  community: ReadyCommunity,
): Promise<readonly ShelvedResource[]> {
  const all = (await readLibrary(parts, community)).filter(({ byHand }) => !byHand);
  return dueForCheck(all, todayIn(parts, community)).slice(0, mostAtOnce);
}

/** From the first open day of a month: to those who look after the library, else to those who coordinate. */
export function libraryWishes(parts: LibraryParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async ({ community, today, rest }) => {
    const month = today.slice(0, 7);
    const until = addDays(nextOpenDay(`${month}-01`, rest), askedFor);
    if (today > until) return [];
    const resources = await dueNow(parts, community);
    if (resources.length === 0) return [];
    const message = {
      kind: checkKind,
      period: month,
      urgency: 'sometime',
      until,
      card: t => checkCard({ community, resources, month, links: parts.links }, t),
      summary: t => t('check.title', { count: resources.length }),
      line: t => t('library:check.line', { count: resources.length }),
    } satisfies Omit<Wish, 'to'>;
    return (await lookAfter(parts, community)).map(
      ({ id, name }): Wish => ({ ...message, to: { person: { id, name } } }),
    );
  };
}

async function lookAfter(
  { roster }: Pick<LibraryParts, 'roster'>,
  community: ReadyCommunity,
): Promise<readonly Person[]> {
  const members = await roster.members(community.id);
  const holders = members.filter(({ id }) =>
    (community.acceptances ?? []).some(({ role, person }) => role === 'information-resources' && person === id),
  );
  return holders.length > 0 ? holders : peopleInCharge(community, members);
}

/** What is right, or out of date, leaves the card, and every copy of it. */
async function onCheck(
  parts: LibraryParts,
  { data, who, community, t }: Press<z.infer<typeof CheckData>, ReadyCommunity>,
): Promise<CardReply> {
  const by = byOf(parts, community, who);
  const { title } = await findResource(parts, community, data.resource);
  await changeResource(parts, community, who, data.resource, {
    onBehalfOf: null,
    decide: current => checked<KeptResource>(current, data.still, by),
  });
  const resources = await dueNow(parts, community);
  const card = (reader: typeof t) =>
    checkCard(
      {
        community,
        resources,
        month: data.month,
        notice: reader(`check.noted.${data.still}`, { title: plain(title) }),
        links: parts.links,
      },
      reader,
    );
  await parts.messenger.refresh({ community: community.id, kind: checkKind, period: data.month, card });
  return { card: card(t) };
}

export function libraryActions(parts: LibraryParts) {
  return {
    check: cardAction(changing, { data: CheckData, run: press => onCheck(parts, press) }),
    ...quietActions(parts, ({ id }, t) => ({
      verb: 'library.resume',
      still: t('stopped.still'),
      page: { open: t('open'), link: parts.links.tab(id, 'library') },
    })),
  };
}
