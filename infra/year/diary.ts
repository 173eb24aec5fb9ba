import { dayAt, daysBetween } from './days.ts';
import { actors } from './cast.ts';
import { buttonsOf, linesOf, type Button } from './card-text.ts';
import { readFacts, type Facts } from './facts.ts';
import type { World } from './world.ts';
import type { Message } from '../local/connector/index.ts';
import { sampleZone } from '../local/sample-people.ts';

/** When something came: by itself in the morning or at another hour, or after somebody had done something. */
type Cause = 'morning' | 'odd hour' | 'act';

/** What somebody got to read. */
export interface Received {
  /** Teams' id of the message. */
  readonly id: string;
  /** A person's id, or `channel`. */
  readonly to: string;
  readonly at: Date;
  readonly day: string;
  /** From 1. */
  readonly week: number;
  readonly cause: Cause;
  /** Whose act it came after. */
  readonly by: string | null;
  /** The kind and period by which the product knows it; `answer` for what answers typed words. */
  readonly kind: string;
  readonly period: string;
  /** True when a message that was there changed; people are not told of that. */
  readonly edit: boolean;
  readonly lines: readonly string[];
  readonly buttons: readonly Button[];
  readonly facts: Facts;
}

/** What somebody did. */
export interface Act {
  readonly at: Date;
  readonly day: string;
  readonly week: number;
  readonly person: string;
  readonly what: string;
  /** What they were shown for it in place of the card, if that is not a message. */
  readonly shown: readonly string[];
}

/** Everything that was received and done, in order. */
export interface Diary {
  readonly begins: string;
  readonly received: readonly Received[];
  readonly acts: readonly Act[];
  /** What was so each day, before anybody did anything. */
  readonly days: ReadonlyMap<string, Facts>;
}

/** The week of the year that this day is in, from 1. */
export function weekOfYear(begins: string, day: string): number {
  return Math.floor(daysBetween(begins, day) / 7) + 1;
}

/** Writes down what people receive and do. */
export interface DiaryKeeper extends Diary {
  /** Whatever came or changed since it was last asked; what is `new` of it. */
  collect(cause: Cause, by?: string): Promise<readonly Received[]>;
  /** @param at when it was begun; now when left out */
  note(person: string, what: string, shown?: readonly string[], at?: Date): void;
  /** Keeps what is so on this day. */
  look(day: string): Promise<void>;
}

export function keepDiary({ microsoft365, db }: World, begins: string): DiaryKeeper {
  const { connector, clock } = microsoft365;
  const received: Received[] = [];
  const acts: Act[] = [];
  const days = new Map<string, Facts>();
  const seen = new Map<string, string>();
  const dirty = new Set<string>();
  let all = true;
  connector.onEvent(event => {
    if (event.kind !== 'changed') return;
    if (event.conversationId === null) all = true;
    else dirty.add(event.conversationId);
  });

  function conversations(): ReadonlyMap<string, string> {
    const owners = new Map<string, string>();
    for (const { id } of actors)
      for (const { conversation } of connector.conversationsOf(id))
        if (all || dirty.has(conversation.id))
          owners.set(conversation.id, conversation.kind === 'personal' ? conversation.userId : 'channel');
    return owners;
  }

  function fresh(): { readonly to: string; readonly message: Message; readonly edit: boolean }[] {
    const found = [];
    for (const [conversation, to] of conversations())
      for (const message of connector.messages(conversation)) {
        if (message.from !== null || message.deleted) continue;
        const before = seen.get(message.id);
        const now = message.editedAt ?? '';
        if (before === now) continue;
        seen.set(message.id, now);
        found.push({ to, message, edit: before !== undefined });
      }
    all = false;
    dirty.clear();
    return found;
  }

  return {
    begins,
    received,
    acts,
    days,
    async look(day) {
      days.set(day, await readFacts(microsoft365, db));
    },
    async collect(cause, by) {
      const found = fresh();
      if (found.length === 0) return [];
      const facts = await readFacts(microsoft365, db);
      const known = await db
        .selectFrom('messages')
        .select(['activity_id', 'kind', 'period'])
        .where(
          'activity_id',
          'in',
          found.map(({ message }) => message.id),
        )
        .execute();
      const kinds = new Map(known.map(one => [one.activity_id, one]));
      const day = dayAt(clock.now().toISOString(), sampleZone);
      const entries = found.map(
        ({ to, message, edit }): Received => ({
          id: message.id,
          to,
          at: new Date(message.editedAt ?? message.sentAt),
          day,
          week: weekOfYear(begins, day),
          cause,
          by: by ?? null,
          kind: kinds.get(message.id)?.kind ?? 'answer',
          period: kinds.get(message.id)?.period ?? '',
          edit,
          lines: [...(message.text === '' ? [] : [message.text]), ...message.cards.flatMap(linesOf)],
          buttons: message.cards.flatMap(buttonsOf),
          facts,
        }),
      );
      received.push(...entries);
      return entries.filter(({ edit }) => !edit);
    },
    note(person, what, shown = [], at = clock.now()) {
      const day = dayAt(at.toISOString(), sampleZone);
      acts.push({ at, day, week: weekOfYear(begins, day), person, what, shown });
    },
  };
}
