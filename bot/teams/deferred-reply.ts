import type { Logger } from 'pino';
import { noticeAnswer, type InvokeBody, type TeamsActivity } from './activity.ts';
import { errorText } from '../shared/error-text.ts';

/** Teams shows an error to a person who presses a button and gets no answer within a few seconds. */
const answerWithin = 2500;
/** How long the answer to a press is remembered, in milliseconds, because Teams may send the press again. */
const rememberedFor = 60_000;

/** Answers presses in time, each once. */
export interface DeferredReplies {
  /**
   * The answer, or that it takes a little longer; then {@link DeferredReplyParts.followUp} gets the answer when it is
   * there.
   */
  answer(press: DeferrablePress, work: () => Promise<InvokeBody>): Promise<InvokeBody>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

export interface DeferrablePress {
  readonly activity: TeamsActivity;
  /** Teams refreshed the card by itself: no person waits, and a follow-up would bring the next refresh, without end. */
  readonly isAutomatic: boolean;
  /** What the person reads when it takes longer. */
  readonly stillWorking: string;
}

export interface DeferredReplyParts {
  /** Shows what came of a press whose person no longer waits for it. */
  readonly followUp: (activity: TeamsActivity, answer: InvokeBody) => Promise<void>;
  readonly log: Logger;
  /** Milliseconds. */
  readonly within?: number;
}

export function createDeferredReplies({ followUp, log, within = answerWithin }: DeferredReplyParts): DeferredReplies {
  const known = new Map<string, Promise<InvokeBody>>();
  const underWay = new Set<Promise<unknown>>();

  /** The same press is the same work: when Teams sends it again, that waits for the first. */
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

  function track(work: Promise<unknown>): void {
    // The caller that began the work gets its error; here only its end counts.
    const tracked = work.catch(() => {}).finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  return {
    async answer({ activity, isAutomatic, stillWorking }, work) {
      const { outcome, first } = once(activity, work);
      track(outcome);
      let timer: NodeJS.Timeout | undefined;
      const inTime = await Promise.race([
        outcome,
        new Promise<null>(resolve => void (timer = setTimeout(() => resolve(null), within))),
      ]).finally(() => clearTimeout(timer));
      if (inTime) return inTime;

      const ids = { activity: activity.id, conversation: activity.conversation.id };
      log.warn(ids, 'a pressed button takes long');
      if (first && !isAutomatic) {
        track(
          outcome
            .then(answer => followUp(activity, answer))
            .catch((error: unknown) =>
              log.warn({ ...ids, error: errorText(error) }, 'the follow-up to a pressed button could not be shown'),
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
