import type { BundlePart, Bundles } from '../../bot/features/digest/bundles.ts';

/** Digest bundles in memory. */
export function createInMemoryBundles(): Bundles {
  const carriers = new Map<string, { readonly part: BundlePart; carrier: string | null }>();

  async function expect(part: BundlePart): Promise<void> {
    const key = `${part.month} ${part.person} ${part.community}`;
    if (!carriers.has(key)) carriers.set(key, { part, carrier: null });
  }

  function same({ month, person }: BundlePart) {
    return [...carriers.values()].filter(({ part }) => part.month === month && part.person === person);
  }
  async function carriedBy(part: BundlePart): Promise<readonly string[]> {
    return same(part)
      .filter(({ carrier }) => carrier === part.community)
      .map(entry => entry.part.community)
      .toSorted();
  }

  return {
    expect,
    carriedBy,
    async claim(part, alone = false) {
      const before = await carriedBy(part);
      if (before.length > 0) return before;
      await expect(part);
      if (same(part).some(entry => entry.part.community === part.community && entry.carrier !== null)) return [];
      for (const entry of same(part)) {
        if (entry.carrier === null && (!alone || entry.part.community === part.community))
          entry.carrier = part.community;
      }
      return carriedBy(part);
    },
    async release({ month, person, community }) {
      const entry = carriers.get(`${month} ${person} ${community}`);
      if (entry) entry.carrier = null;
    },
  };
}
