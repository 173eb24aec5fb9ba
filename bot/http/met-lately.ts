/** For how long it need not be noted again that somebody was met, in milliseconds: another server may have let go of it. */
const notedFor = 60_000;
/** How many people who were met are remembered. */
const mostNoted = 10_000;

/** Notes whom the app meets in a community; a person who looks at one screen after the other is noted once a minute. */
export function createMetLately(
  note: (community: string, person: string) => Promise<void>,
  now: () => number = Date.now,
): (community: string, person: string) => Promise<void> {
  const noted = new Map<string, number>();
  return async (community, person) => {
    const name = `${community} ${person}`;
    const at = noted.get(name);
    if (at !== undefined && Math.abs(now() - at) < notedFor) return;
    await note(community, person);
    if (noted.size >= mostNoted) noted.clear();
    noted.set(name, now());
  };
}
