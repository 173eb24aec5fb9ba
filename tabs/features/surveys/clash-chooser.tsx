import {
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  makeStyles,
} from '@fluentui/react-components';
import type { DraftField, SurveyDraft } from '../../../domain/survey.ts';
import { showDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import type { Translate } from '../../lib/text.ts';
import { useSurveysText } from './text.ts';

/** Fields that two people changed at once, and both versions of the survey. */
export interface Clash {
  readonly fields: readonly DraftField[];
  readonly mine: SurveyDraft;
  readonly theirs: SurveyDraft;
}

const useStyles = makeStyles({
  value: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '12rem', overflowY: 'auto' },
});

/** Both versions of each field that two people changed, to choose from. */
export function ClashChooser({
  clash,
  chosen,
  take,
}: {
  readonly clash: Clash;
  /** Whose version of a field the form shows. */
  readonly chosen: (field: DraftField) => 'mine' | 'theirs';
  readonly take: (field: DraftField, from: SurveyDraft) => void;
}) {
  const { texts } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const show = (field: DraftField, from: SurveyDraft): string =>
    showField(field, from, t, texts.locale) || t('clash.nothing');

  return (
    <div role="alert">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('clash.title')}</MessageBarTitle>
          <div>{t('clash.hint')}</div>
          {clash.fields.map(field => (
            <Field key={field} label={t(`fields.${field}`)}>
              <RadioGroup
                value={chosen(field)}
                onChange={(_, { value }) => take(field, value === 'mine' ? clash.mine : clash.theirs)}
              >
                <Radio
                  value="mine"
                  label={{ className: styles.value, children: t('clash.mine', { value: show(field, clash.mine) }) }}
                />
                <Radio
                  value="theirs"
                  label={{ className: styles.value, children: t('clash.theirs', { value: show(field, clash.theirs) }) }}
                />
              </RadioGroup>
            </Field>
          ))}
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}

function showField(field: DraftField, draft: SurveyDraft, t: Translate, locale: string): string {
  switch (field) {
    case 'title':
      return draft.title;
    case 'intro':
      return draft.intro;
    case 'questions':
      return draft.questions
        .map(
          ({ kind, text, options }, place) =>
            `${place + 1}. ${text} (${[t(`plan.kinds.${kind}`), ...options].join(' · ')})`,
        )
        .join('\n');
    case 'anonymous':
      return t(`badge.${draft.anonymous ? 'anonymous' : 'named'}`);
    case 'audience':
      return t(`plan.${draft.audience}`);
    case 'opensOn':
    case 'closesOn':
      return showDay(draft[field], locale);
  }
}
