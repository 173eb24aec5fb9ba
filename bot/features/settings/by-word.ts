import { z } from 'zod';
import { peopleInCharge, type ReadyCommunity, type Settings } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { line, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { cardAction, command, type Ask, type CardReply, type Command, type Press } from '../../feature.ts';
import { answerCard, type Answer } from '../../shared/answer.ts';
import { onDay, todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { changeSettings } from './change.ts';
import { showSettings } from './command.ts';
import type { SettingsParts } from './parts.ts';
import { changeable, changed, countryName, presentValue, wishIn, type Wish } from './wish.ts';

const longestValue = 120;
const Value = line(longestValue);
const SetData = z.object({
  what: z.enum(changeable),
  value: Value,
  /** What was chosen when this was offered: only that is changed. */
  shown: Value,
});
type SetData = z.infer<typeof SetData>;

const mostNames = 4;
const editing = { may: 'settings.edit', ready: true } as const;

export function changeCommand(parts: SettingsParts): Command {
  return command(
    { may: 'community.read', ready: true },
    {
      name: 'change setting',
      changes: true,
      showsFirst: true,
      about: 'command.change',
      offeredTo: 'settings.edit',
      run: ask => onChange(parts, ask),
    },
  );
}

export function setActions(parts: SettingsParts) {
  return { set: cardAction(editing, { data: SetData, run: press => onSet(parts, press) }) };
}

/** "Send the digest monthly": what would change, before it does; whoever may not is told who may. */
async function onChange(parts: SettingsParts, ask: Ask<ReadyCommunity>): Promise<CardReply> {
  const { community, who, rest, locale, t } = ask;
  const today = todayIn(parts, community);
  const wish = wishIn({ sentence: rest, today, locale, countries: await parts.restDays.countries(), t });
  if (wish === 'meeting') return { card: meetingCard(parts, community, t), outcome: 'nothing' };
  if (wish === null) return showSettings(parts, ask);
  if (!can(who, 'settings.edit', community)) {
    const people = peopleInCharge(community, await parts.roster.members(community.id));
    const names = people.slice(0, mostNames).map(({ name }) => plain(shortened(name, longestValue)));
    return { card: tell(parts, community, { title: t('set.mayNot', { names }) }, t), outcome: 'refused' };
  }
  const shown = presentValue(community.settings, wish);
  if (shown === wish.value)
    return {
      card: tell(parts, community, { title: t('set.already', { now: sayOf(wish, locale, t) }) }, t),
      outcome: 'nothing',
    };
  if (changed(community.settings, { ...wish, shown }) === undefined) return showSettings(parts, ask);
  const words = {
    title: t('set.ask'),
    facts: [
      { title: t('set.then'), value: sayOf(wish, locale, t) },
      { title: t('set.now'), value: sayOf({ ...wish, value: shown }, locale, t) },
    ],
    primary: { title: t('set.yes'), verb: 'settings.set', data: { ...wish, shown } satisfies SetData },
  };
  return { card: tell(parts, community, words, t), outcome: 'nothing' };
}

/** Pressed twice it is changed once; what somebody has chosen since stays. */
async function onSet(parts: SettingsParts, { data, community, t }: Press<SetData, ReadyCommunity>): Promise<CardReply> {
  const { value, shown } = data;
  const wished = { what: data.what, value };
  const undone = { ...wished, value: shown };
  let stands = true;
  const after = await changeSettings(parts, { community, onBehalfOf: null }, before => {
    const now = presentValue(before, value === '' ? undone : wished);
    stands = now === shown || now === value;
    return now === shown && now !== value ? wantedOf(before, data) : before;
  });
  if (!stands) return { notice: t('set.changedSince') };
  const words = {
    title: t('set.done', { now: sayOf(wished, null, t) }),
    others: [{ title: t('set.undo'), verb: 'settings.set', data: { ...undone, shown: value } satisfies SetData }],
  };
  return { card: tell(parts, after, words, t) };
}

function wantedOf(before: Settings, data: SetData): Settings {
  return changed(before, data) ?? before;
}

/** When people meet is no setting: it is what the charter says. */
function meetingCard({ links }: SettingsParts, community: ReadyCommunity, t: Translate) {
  return answerCard({
    community,
    title: t('set.meeting'),
    page: { open: t('set.openCharter'), link: links.tab(community.id, 'charter') },
  });
}

function tell(
  { links }: SettingsParts,
  community: ReadyCommunity,
  words: Pick<Answer, 'title' | 'facts' | 'primary' | 'others'>,
  t: Translate,
) {
  const page = { open: t('form.open'), link: links.tab(community.id, 'settings') };
  return answerCard({ community, ...words, page });
}

/** A setting in words: "the sponsor’s digest: monthly". */
function sayOf({ what, value }: Wish, locale: string | null, t: Translate): string {
  if (value === '') return t(`set.what.${what}`, { value: t('set.nothing') });
  const [first = '', last = ''] = value.split('/');
  switch (what) {
    case 'sponsorDigest':
    case 'membersDigest':
      return t(`set.what.${what}`, { value: t(`set.rhythm.${value}`) });
    case 'weekDay':
      return t(`set.what.${what}`, { value: t(`weekday.${value}`) });
    case 'weekSize':
      return t(`set.what.${what}`, { value: t(`set.size.${value}`) });
    case 'pause':
      return t(`set.what.${what}`, { value: t('set.day', onDay(value)) });
    case 'country':
      return t(`set.what.${what}`, { value: countryName(first, locale ?? 'en') });
    case 'quiet':
      return t(`set.what.${what}`, {
        value: t('set.days', { first: t('set.day', onDay(first)), last: t('set.day', onDay(last)) }),
      });
    default:
      return t(`set.what.${what}`, { value: plain(value) });
  }
}
