import type { KnownWish, Ledger } from '../../bot/features/morning/ledger.ts';
import type { Sent, WishKey } from '../../domain/attention/mornings.ts';

const unchosen = { againOn: null, chosenOn: null };

/** The ledger of wishes in memory; its contract is kept by tests/bot/features/morning/ledger.test.ts. */
export function createInMemoryLedger(): Ledger {
  const mornings = new Map<string, Sent & { readonly community: string }>();
  const wishes = new Map<string, KnownWish & { readonly community: string }>();
  const keyOf = (community: string, { person, kind, period }: WishKey): string =>
    JSON.stringify([community, person, kind, period]);
  const inCommunity = (community: string): readonly KnownWish[] =>
    [...wishes.values()]
      .filter(wish => wish.community === community)
      .map(({ community: _community, ...wish }) => wish)
      .toSorted((one, other) => (`${one.kind} ${one.period}` < `${other.kind} ${other.period}` ? -1 : 1));

  async function claimed(community: string, day: string): Promise<readonly WishKey[]> {
    return inCommunity(community)
      .filter(wish => wish.day === day)
      .map(({ person, kind, period }) => ({ person, kind, period }));
  }

  return {
    async sentSince(community, first) {
      return [...mornings.values()]
        .filter(one => one.community === community && one.day >= first)
        .map(({ person, day, counted }) => ({ person, day, counted }));
    },
    wishesLike: async (community, like) =>
      inCommunity(community).filter(
        known => like.some(({ person }) => person === known.person) && like.some(({ kind }) => kind === known.kind),
      ),
    reached: async (community, { kind, period }) =>
      new Map(
        inCommunity(community).flatMap(wish =>
          wish.kind === kind && wish.period === period && wish.day !== null ? [[wish.person, wish.day] as const] : [],
        ),
      ),
    waiting: async community => inCommunity(community).filter(({ day }) => day === null),
    async claim(community, day, cards) {
      for (const card of cards) {
        const { person, counted } = card;
        const morning = JSON.stringify([community, person, day]);
        if (mornings.has(morning)) continue;
        mornings.set(morning, { community, person, day, counted });
        for (const { kind, period, until } of card.wishes)
          wishes.set(keyOf(community, { person, kind, period }), {
            community,
            person,
            kind,
            period,
            until,
            day,
            ...unchosen,
          });
      }
      return claimed(community, day);
    },
    async wait(community, waiting) {
      for (const wish of waiting) {
        const { person, kind, period, until } = wish;
        const before = wishes.get(keyOf(community, wish));
        wishes.set(keyOf(community, wish), {
          ...unchosen,
          ...before,
          community,
          person,
          kind,
          period,
          until,
          day: before?.day ?? null,
        });
      }
    },
    async choose(community, wish, { againOn, on }) {
      const before = wishes.get(keyOf(community, wish));
      if (before) wishes.set(keyOf(community, wish), { ...before, againOn, chosenOn: againOn === null ? null : on });
    },
    async drop(community, dropped) {
      for (const wish of dropped)
        if (wishes.get(keyOf(community, wish))?.day === null) wishes.delete(keyOf(community, wish));
    },
  };
}
