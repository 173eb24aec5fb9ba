/** A moment, by this server's clock, at which one call may leave; the next slot stands `spacing` milliseconds later. */
export interface Slot {
  readonly moment: number;
  readonly spacing: number;
}

/** How long after its moment a slot may still be used, in milliseconds: 1.012 seconds hold at most 49 slots. */
export const slotTolerance = 12;

/** The longest time in advance that is planned for a reservation or a preparation, in milliseconds. */
const longestLead = 200;

/** This server's clock minus the database's, and how long the question took that told it: half of that is doubt. */
export interface ClockOffset {
  readonly milliseconds: number;
  readonly roundTrip: number;
}

export const unknownOffset: ClockOffset = { milliseconds: 0, roundTrip: Infinity };

/** One question for the database's clock: when this server asked and was answered, and what the database said. */
export interface ClockReading {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly databaseClock: number;
}

/** The quickest answer tells the offset best. It is forgotten slowly, because clocks drift. */
export function closerOffset(known: ClockOffset, { askedAt, answeredAt, databaseClock }: ClockReading): ClockOffset {
  const roundTrip = answeredAt - askedAt;
  return roundTrip <= known.roundTrip
    ? { milliseconds: (askedAt + answeredAt) / 2 - databaseClock, roundTrip }
    : { ...known, roundTrip: known.roundTrip + 0.1 };
}

/** How long in advance to begin what took so long just now: half as long again, and sinking slowly when it gets quicker. */
export function leadFor(duration: number, knownLead: number): number {
  return Math.min(longestLead, Math.max(0.95 * knownLead, 1.5 * duration));
}

/** A slot was missed: the next reservation looks further ahead. */
export function leadAfterMiss(lateBy: number, knownLead: number): number {
  return Math.min(longestLead, knownLead + lateBy / 4);
}

/** The slots between the end of the line as it was and as it is, first to last. */
export function slotsBefore(lineEnd: number, count: number, spacing: number): readonly Slot[] {
  return Array.from({ length: count }, (_, index) => ({ moment: lineEnd - (count - index) * spacing, spacing }));
}

/** What a server's own calls stand behind: where its last reservation ended, its last call, and its callers. */
export interface Queue {
  /** How long before its slot a call is reserved and prepared. */
  readonly lead: number;
  readonly lineEnd: number;
  readonly nextOwnCall: number;
  readonly callers: number;
  readonly interval: number;
}

/** How many milliseconds one more call waits at least. */
export function shortestWait({ lead, lineEnd, nextOwnCall, callers, interval }: Queue, now: number): number {
  return Math.max(0, Math.max(lineEnd - lead, nextOwnCall) - now) + callers * interval;
}
