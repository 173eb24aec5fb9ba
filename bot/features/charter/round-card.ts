import type { SectionId } from '../../../domain/charter/charter.ts';
import { longestComment, type RoundProgress } from '../../../domain/charter/voices.ts';
import type { Community } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import type { ConsentRoundRow } from '../../lists/model.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import template from './cards/round.card.json' with { type: 'json' };

const longestName = 80;

export interface AskedRound {
  readonly community: Community;
  readonly round: ConsentRoundRow;
  readonly progress: RoundProgress;
  /** By what one knows what the charter said when this copy was made. */
  readonly version: string;
  /** Those that are written. */
  readonly sections: readonly SectionId[];
  readonly link: string;
}

/** Asks everybody to read the charter, to say what is missing, and to agree; counts along. */
export function roundCard(asked: AskedRound, t: Translate): Card {
  return renderCard(template, roundData(asked, t));
}

/** `round.sample.json` is an example. */
function roundData({ community, round, progress, version, sections, link }: AskedRound, t: Translate) {
  const name = shortened(community.name, longestName);
  const { seen, agreed } = progress;
  return {
    community: community.id,
    round: round.key,
    version,
    fallback: t('round.fallback', { community: name }),
    title: t('round.title', { community: plain(name) }),
    intro: t('round.intro', {
      name: plain(shortened(round.askedBy.name, longestName)),
      ...onDay(round.until, nearDay),
    }),
    progress: [
      t('round.seen', { count: seen.length }),
      ...(agreed.length > 0 ? [t('round.agreed', { count: agreed.length })] : []),
    ].join(' '),
    agree: t('round.agree'),
    open: t('open'),
    link,
    say: t('round.say'),
    section: {
      label: t('round.section'),
      choices: sections.map(id => ({ title: t(`method.${id}.title`), value: id })),
    },
    words: { label: t('round.words'), longest: longestComment },
    send: t('round.send'),
  };
}
