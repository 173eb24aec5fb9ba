import type { Logger } from 'pino';
import { noticeAnswer, type InvokeBody, type TeamsActivity } from './activity.ts';
import { errorText } from '../shared/error-text.ts';

/** Teams shows an error to whoever presses a button and gets no answer within a few seconds. */
const answerWithin = 2500;
/** How long the answer to a press is remembered, in milliseconds, because Teams may send the press again. */
const rememberedFor = 60_000;

/** Answers presses in time, each once. */
export interface Patience {
  /** The answer, or that it takes a little longer; then {@link PatienceParts.late} gets the answer when it is there. */
  answer(activity: TeamsActivity, stillWorking: string, work: () => Promise<InvokeBody>): Promise<InvokeBody>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

export interface PatienceParts {
  /** Shows what came of a press whose person no longer waits for it. */
  readonly late: (activity: TeamsActivity, answer: InvokeBody) => Promise<void>;
  readonly log: Logger;
  /** Milliseconds. */
  readonly within?: number;
}

export function createPatience({ late, log, within = answerWithin }: PatienceParts): Patience {
  const known = new Map<string, Promise<InvokeBody>>();
  const underWay = new Set<Promise<unknown>>();

  /** The same press is the same work: whoever asks again waits for the first. */
  function once(
    activity: TeamsActivity,
    work: () => Promise<InvokeBody>,
  ): { readonly outcome: Promise<InvokeBody>; readonly first: boolean } {
    if (activity.id === undefined) return { outcome: work(), first: true };
    const key = JSON.stringify([activity.conversation.id, activity.id, activity.from.id, activity.value]);
    const before = known.get(key);
    if (before) return { outcome: before, first: false };
    const outcome = work();
    known.set(key, outcome);
    const forget = () => void setTimeout(() => known.delete(key), rememberedFor).unref();
    outcome.then(forget, () => known.delete(key));
    return { outcome, first: true };
  }

  function follow(work: Promise<unknown>): void {
    const followed = work.catch(() => {}).finally(() => underWay.delete(followed));
    underWay.add(followed);
  }

  return {
    async answer(activity, stillWorking, work) {
      const { outcome, first } = once(activity, work);
      follow(outcome);
      let timer: NodeJS.Timeout | undefined;
      const inTime = await Promise.race([
        outcome,
        new Promise<null>(resolve => void (timer = setTimeout(() => resolve(null), within))),
      ]).finally(() => clearTimeout(timer));
      if (inTime) return inTime;

      const ids = { activity: activity.id, conversation: activity.conversation.id };
      log.warn(ids, 'a pressed button takes long');
      if (first) {
        follow(
          outcome
            .then(answer => late(activity, answer))
            .catch((error: unknown) =>
              log.warn({ ...ids, error: errorText(error) }, 'the late answer to a pressed button could not be shown'),
            ),
        );
      }
      return noticeAnswer(stillWorking);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
