import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { longestQuestion, QuestionId } from '../../../domain/agenda/question.ts';
import { questionIn } from '../../../domain/agenda/question-in.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { cleanLine, prose, shortened } from '../../../domain/text.ts';
import { plain, renderCard } from '../../cards.ts';
import { messageAction, type CardReply, type MessageAction, type MessageRequest } from '../../feature.ts';
import { leadOf } from './command.ts';
import formTemplate from './cards/keep.card.json' with { type: 'json' };
import keptTemplate from './cards/kept.card.json' with { type: 'json' };
import type { AgendaParts } from './parts.ts';
import { keepQuestion, reading } from './store.ts';

/** What the form brings back: taken as it comes, so that all that was typed can be shown again. */
const KeepForm = z.object({
  /** Chosen when the dialog opens: who presses twice keeps one question. */
  question: QuestionId,
  /** What it was at first: an input that did not come back shows it again. */
  suggested: prose(5000).default(''),
  title: prose(5000).optional(),
});
type KeepForm = z.infer<typeof KeepForm>;

const longestName = 60;

/** "Keep the question", in the menu of a message. Every member may. */
export function keepFromMessage(parts: AgendaParts): MessageAction {
  return messageAction(reading, {
    title: 'message.title',
    data: KeepForm,

    async open(request) {
      const { message, again } = request;
      return formReply(
        request,
        again?.typed ?? { question: randomUUID(), suggested: questionIn(message.text) },
        again?.problem ?? '',
      );
    },

    async submit(request) {
      const { community, who, message, data, t } = request;
      const title = cleanLine(data.title ?? '');
      const problem =
        title === ''
          ? t('message.missing')
          : title.length > longestQuestion
            ? t('notice.questionTooLong', { count: title.length, most: longestQuestion })
            : '';
      if (problem !== '') return { ...formReply(request, data, problem), outcome: 'nothing' };
      const { heard, known } = await keepQuestion(parts, community, who, {
        question: {
          title,
          // Who keeps it asks it from now on; who wrote it stands beside it.
          details: message.author === null ? '' : t('message.from', { author: cleanLine(message.author) }),
          topics: [],
        },
        id: data.question,
        link: message.link,
      });
      return {
        card: renderCard(keptTemplate, {
          heading: leadOf(heard, { known, who, place: 'chat' }, t),
          title: plain(heard.question.title),
          open: t('open'),
          link: parts.links.tab(community.id, `agenda/${heard.question.id}`),
        }),
      };
    },
  });
}

function formReply(
  { community, message, t }: MessageRequest<ReadyCommunity>,
  { question, suggested, title }: KeepForm,
  problem: string,
): CardReply & { readonly card: object } {
  return {
    card: renderCard(formTemplate, {
      problem,
      intro: t('message.into', { community: plain(shortened(community.name, longestName)) }),
      label: t('message.what'),
      title: title ?? suggested,
      missing: t('message.missing'),
      keeps:
        message.author === null
          ? t('message.keepsLink')
          : t('message.keepsAuthor', { author: plain(shortened(message.author, longestName)) }),
      keep: t('message.keep'),
      // Its words have become the question by now.
      data: { community: community.id, message: { ...message, text: '' }, question, suggested },
    }),
  };
}
