import { useState } from 'react';
import { Field } from '@fluentui/react-components';
import { Choice } from '../../components/choice.tsx';
import { timeIn } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { useSettingsText } from './text.ts';
import { allZones, matchZones, showZone } from './zones.ts';

/** As many as one can look through; typing finds the others. */
const most = 60;

/** Finds a time zone by typing a city, and says what time it is there. */
export function TimeZoneField({
  zone,
  now,
  change,
  known,
  setKnown,
}: {
  readonly zone: string;
  readonly now: Date;
  readonly change: (zone: string) => void;
  /** False while the field holds something that is no time zone. */
  readonly known: boolean;
  readonly setKnown: (known: boolean) => void;
}) {
  const { texts } = useSession();
  const t = useSettingsText();
  const [typed, setTyped] = useState<string | null>(null);
  const zones = allZones(Intl.supportedValuesOf('timeZone'), zone);
  // With nothing typed the list starts at the chosen zone's neighbours.
  const found = matchZones(zones, typed ?? zone.split('/')[0] ?? '', most);

  function leave(): void {
    const exact =
      typed === null
        ? zone
        : zones.find(
            candidate =>
              showZone(candidate).toLowerCase() === typed.trim().toLowerCase() ||
              candidate.toLowerCase() === typed.trim().toLowerCase(),
          );
    if (exact === undefined) return setKnown(false);
    setTyped(null);
    setKnown(true);
    if (exact !== zone) change(exact);
  }

  return (
    <Field
      label={t('fields.timeZone')}
      hint={known ? t('timeZone.hint', { time: timeIn(zone, now, texts.locale) }) : null}
      {...(known ? {} : { validationMessage: t('timeZone.unknown') })}
    >
      <Choice
        value={typed ?? showZone(zone)}
        chosen={[zone]}
        freeform
        type={setTyped}
        leave={leave}
        choose={optionValue => {
          if (!optionValue) return;
          setTyped(null);
          setKnown(true);
          change(optionValue);
        }}
        options={[
          ...found.map(candidate => ({
            value: candidate,
            text: showZone(candidate),
            shown: `${showZone(candidate)} · ${timeIn(candidate, now, texts.locale)}`,
          })),
          ...(found.length === 0 ? [{ value: '', text: typed ?? '', shown: t('timeZone.none'), disabled: true }] : []),
        ]}
      />
    </Field>
  );
}
