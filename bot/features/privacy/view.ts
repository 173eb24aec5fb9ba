import type { PrivacyView } from '../../../domain/privacy/api.ts';
import { isReady, type Community, type Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { mentionedIn, textOf, Words } from '../../../domain/plan/comments.ts';
import { isCoordinator } from '../../../domain/permissions.ts';
import type { HeldKind, PersonalData } from '../../ports.ts';
import type { Translate } from '../../text.ts';

/** What the app cannot find or change. */
const beyond = ['versions', 'sent', 'anonymous', 'typed', 'here', 'browser'] as const;

/** What is kept of a person; which messages they get is asked beside it. */
export type HeldView = Omit<PrivacyView, 'messages'>;

/** Everything that is kept about this person in this community, in words. */
export async function viewOf(
  personalData: Pick<PersonalData, 'held'>,
  community: Community,
  who: Person,
  t: Translate,
): Promise<HeldView> {
  const held = await personalData.held(community.id, { id: who.id, name: who.name });
  return {
    held: held.map(kind => shownKind(kind, t)),
    beyond: beyond.map(one => t(`beyond.${one}`)),
    first: coordinates(who, community) ? t('first.coordinator', { community: community.name }) : null,
  };
}

/** Who coordinates hands that over first: a community must not find itself without anybody. */
export function mustNotCoordinate(who: Person, community: Community): void {
  if (coordinates(who, community))
    throw new CommunityError(
      'hand-over-first',
      `community ${community.id} is coordinated by this person: another coordinator takes them out of the settings first`,
    );
}

function coordinates(who: Person, community: Community): boolean {
  return isReady(community) && isCoordinator(who, community);
}

/**
 * By kind and field: where the words of a code stand, among the sentences of the feature whose code it is; `…` is the
 * code, and left out it comes last.
 */
const codes: Readonly<Record<string, string>> = {
  'messages.message': 'delivery:kind',
  'messages.state': 'delivery:state',
  'audit.act': 'audit:act',
  'audit.outcome': 'audit:outcome',
  'plan.state': 'plan:state',
  'replies.choice': 'digest:reply.choices',
  'digests.audience': 'code.audience',
  'digests.period': 'code.period',
  // What a community calls a role of its own is no code.
  'roles.role': 'roles:method.….title',
  'offers.role': 'roles:method.….title',
  'roles.state': 'code.holding',
  'offers.state': 'code.holding',
  'calendar_links.calendar': 'code.calendar',
  'topic_opt_outs.topic': 'topic',
};

function shownKind({ kind, fate, entries }: HeldKind, t: Translate): PrivacyView['held'][number] {
  return {
    kind,
    title: t(`kind.${kind}.${fate === 'loses-name' && has(t, `kind.${kind}.named`) ? 'named' : 'title'}`),
    fate,
    why: has(t, `kind.${kind}.why`) && fate !== 'loses-name' ? t(`kind.${kind}.why`) : t(`fate.${fate}`),
    entries: entries.map(entry =>
      Object.entries(entry)
        // By anything but a day the app merely knows that it has sent this already.
        .filter(([name, value]) => kind !== 'messages' || name !== 'period' || isDay(value))
        .map(([name, value]) => ({
          name: has(t, `field.${name}`) ? t(`field.${name}`) : name,
          value: coded(`${kind}.${name}`, value, t) ?? words(value),
        })),
    ),
  };
}

function has(t: Translate, key: string): boolean {
  return t(key) !== key;
}

/** A code in words; one that another version wrote has none here. */
function coded(field: string, value: unknown, t: Translate): string | undefined {
  const place = codes[field];
  if (place === undefined || typeof value !== 'string') return undefined;
  // A key without words comes back without the feature's name.
  const key = place.includes('…') ? place.replace('…', () => value) : `${place}.${value}`;
  const [, ofFeature] = key.split(':');
  const found = t(key);
  return found === (ofFeature ?? key) ? undefined : found;
}

function isDay(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** A value as people read it; what is more than a list of words is JSON. */
function words(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value;
  const comment = Words.safeParse(value);
  if (comment.success && mentionedIn(comment.data).length > 0) return textOf(comment.data);
  if (Array.isArray(value) && value.every(one => typeof one === 'string' || typeof one === 'number'))
    return value.join(', ');
  return JSON.stringify(value) ?? '';
}
