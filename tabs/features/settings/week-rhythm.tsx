import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { WeekSize, type Settings } from '../../../domain/community.ts';
import { mostMinutes, sizeOf } from '../../../domain/facilitation/method.ts';
import { CheckList } from '../../components/check-list.tsx';
import { dayOf } from '../../lib/dates.ts';
import { useSettingsText } from './text.ts';

type Week = Settings['facilitation'];

/** How large the week is, until when it is on a pause, and who wants a line on its other mornings. */
export function WeekRhythm({
  settings,
  change,
  now,
}: {
  readonly settings: Settings;
  readonly change: (part: Partial<Week>) => void;
  readonly now: Date;
}) {
  const t = useSettingsText();
  const { facilitation } = settings;
  const { facilitators, mornings = [], from = '' } = facilitation;
  const today = dayOf(now, settings.timeZone);

  function changeMornings(id: string, wants: boolean): void {
    const others = mornings.filter(person => person.id !== id);
    const chosen = facilitators.filter(person => wants && person.id === id);
    change({ mornings: [...others, ...chosen.map(({ name }) => ({ id, name }))] });
  }

  return (
    <>
      <Field label={t('fields.size')}>
        <RadioGroup value={sizeOf(settings)} onChange={(_, data) => change({ size: data.value as WeekSize })}>
          {WeekSize.options.map(size => (
            <Radio key={size} value={size} label={t(`size.${size}`, { minutes: mostMinutes(size) })} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('fields.from')} hint={t('from.hint')}>
        <Input
          type="date"
          min={today}
          value={from > today ? from : ''}
          onChange={(_, { value }) => change({ from: value === '' ? today : value })}
        />
      </Field>
      {facilitation.destination === 'chats' && facilitators.length > 0 && (
        <Field label={t('fields.mornings')} hint={t('mornings.hint')}>
          <CheckList
            label={t('fields.mornings')}
            items={facilitators.map(person => ({
              key: person.id,
              label: person.name,
              checked: mornings.some(({ id }) => id === person.id),
            }))}
            change={changeMornings}
          />
        </Field>
      )}
    </>
  );
}
