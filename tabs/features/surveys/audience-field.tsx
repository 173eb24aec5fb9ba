import {
  Button,
  Field,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import type { SurveysView } from '../../../domain/surveys/api.ts';
import { Audience, offeredAudiences } from '../../../domain/surveys/survey.ts';
import { showDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { nextMonth, reachOf, type DraftInput } from './draft.ts';
import { useSurveysText } from './text.ts';

/** Who is asked, and what that comes to: a survey that would reach nobody is said here, before it is saved. */
export function AudienceField({
  draft,
  today,
  perMonth,
  reach,
  choose,
  openOn,
}: {
  readonly draft: DraftInput;
  readonly today: string;
  readonly perMonth: number;
  readonly reach: SurveysView['reach'];
  readonly choose: (audience: Audience) => void;
  readonly openOn: (day: string) => void;
}) {
  const { texts } = useSession();
  const t = useSurveysText();
  const { kind, people, free } = reachOf(draft, today, reach);
  const later = nextMonth(today);
  const hint =
    kind === 'some'
      ? t('plan.reach.some', { free, people })
      : draft.audience === 'channel'
        ? ''
        : t('plan.membersHint', { count: perMonth });
  return (
    <>
      <Field label={t('plan.audience')} {...(hint === '' ? {} : { hint })}>
        <RadioGroup value={draft.audience} onChange={(_, { value }) => choose(Audience.parse(value))}>
          {(draft.audience === 'attended' ? Audience.options : offeredAudiences).map(audience => (
            <Radio key={audience} value={audience} label={t(`plan.${audience}`)} />
          ))}
        </RadioGroup>
      </Field>
      {(kind === 'empty' || kind === 'full') && (
        <div role="status">
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t(`plan.reach.${kind}`, { count: perMonth })}</MessageBarBody>
            {kind === 'full' && (
              <MessageBarActions>
                <Button size="small" onClick={() => openOn(later)}>
                  {t('plan.reach.later', { day: showDay(later, texts.locale) })}
                </Button>
              </MessageBarActions>
            )}
          </MessageBar>
        </div>
      )}
    </>
  );
}
