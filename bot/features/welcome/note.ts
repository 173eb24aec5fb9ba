import type { Community } from '../../../domain/community.ts';
import { summaryOf } from '../../../domain/welcome/welcome.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { whenThere } from '../../lists/list.ts';
import type { Lists } from '../../lists/model.ts';
import type { Clock } from '../../ports.ts';
import type { Translate } from '../../text.ts';

const days = 7;
const mostNames = 3;
const mostChoices = 3;
const longestName = 30;

/**
 * Lines for the facilitation card: who joined in the last seven days and, for those who may read it, what brings them;
 * none when nobody did.
 * The feature that shows them brings the language; the sentences are this feature's.
 * For a card, unless `asText` says how names become text elsewhere.
 */
export function newcomersNote({
  lists,
  clock,
}: {
  readonly lists: Lists;
  readonly clock: Clock;
}): (
  community: Community,
) => Promise<(t: Translate, mayReadNewcomers: boolean, asText?: (written: string) => string) => readonly string[]> {
  return async community => {
    const since = new Date(clock().getTime() - days * 24 * 60 * 60 * 1000);
    const { joined, reasons: why, contributions: offers } = summaryOf(await rowsOf(lists, community), since);
    return (t, mayReadNewcomers, asText = plain) => {
      if (joined.length === 0) return [];
      const names = joined
        .slice(0, mostNames)
        .map(({ name }) => asText(shortened(name, longestName)) || t('welcome:note.somebody'));
      const more = joined.length - names.length;
      const lines = [
        t(more > 0 ? 'welcome:note.joinedMore' : 'welcome:note.joined', {
          count: joined.length,
          names: names.join(', '),
          more,
        }),
      ];
      // Who joined is in the team's roster for everybody; what they answered was promised to few.
      if (!mayReadNewcomers) return lines;
      if (why.length > 0)
        lines.push(t('welcome:note.reasons', { list: listed(why, id => t(`welcome:method.reason.${id}.short`)) }));
      if (offers.length > 0)
        lines.push(
          t('welcome:note.offers', { list: listed(offers, id => t(`welcome:method.contribution.${id}.short`)) }),
        );
      return lines;
    };
  };
}

async function rowsOf(lists: Lists, community: Community) {
  return (await whenThere(() => lists.of(community.id).newcomers.all())).map(({ value }) => value);
}

function listed<Id extends string>(
  counts: readonly { readonly id: Id; readonly count: number }[],
  shortOf: (id: Id) => string,
): string {
  return counts
    .slice(0, mostChoices)
    .map(({ id, count }) => `${shortOf(id)} (${count})`)
    .join(', ');
}
