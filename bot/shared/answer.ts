import type { Community } from '../../domain/community.ts';
import { renderCard, type Card } from '../cards.ts';
import template from './cards/answer.card.json' with { type: 'json' };

/** A button of an {@link answerCard}. */
export interface AnswerButton {
  readonly title: string;
  readonly verb: string;
  readonly data?: object;
}

/** What somebody reads after a sentence of theirs: one thing that was done, is asked, or waits for their press. */
export interface Answer {
  readonly community: Pick<Community, 'id'>;
  /** In Markdown: names and titles in it go through `plain` first. */
  readonly title: string;
  readonly text?: string;
  readonly facts?: readonly { readonly title: string; readonly value: string }[];
  /** The one thing that this card is there for; none when it only tells. */
  readonly primary?: AnswerButton;
  /** Ways out, and choices of equal weight. */
  readonly others?: readonly AnswerButton[];
  readonly page?: { readonly open: string; readonly link: string };
}

/** A host that keeps to the renderer's default shows five, one of which leads to the page. */
export const mostAnswerButtons = 4;

/** `cards/answer.sample.json` is an example. */
export function answerCard(answer: Answer): Card {
  const { community, title, text = '', facts = [], primary, others = [], page } = answer;
  const button = (one: AnswerButton, style: 'positive' | 'default') => ({
    ...one,
    style,
    data: { community: community.id, ...one.data },
  });
  return renderCard(template, {
    fallback: text === '' ? title : `${title} ${text}`,
    title,
    text,
    facts,
    buttons: [...(primary ? [button(primary, 'positive')] : []), ...others.map(one => button(one, 'default'))],
    open: page?.open ?? '',
    link: page?.link ?? '',
  });
}

/** Lines of an answer, each with what it is about in bold. Both are Markdown already. */
export function answerLines(lines: readonly { readonly title: string; readonly value: string }[]): string {
  return lines.map(({ title, value }) => `- **${title}** ${value}`).join('\n');
}
