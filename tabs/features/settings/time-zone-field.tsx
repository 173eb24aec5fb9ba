import { useState } from 'react';
import { Combobox, Field, Option } from '@fluentui/react-components';
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
      <Combobox
        value={typed ?? showZone(zone)}
        selectedOptions={[zone]}
        onChange={event => setTyped(event.target.value)}
        onBlur={leave}
        onOptionSelect={(_, { optionValue }) => {
          if (!optionValue) return;
          setTyped(null);
          setKnown(true);
          change(optionValue);
        }}
        freeform
      >
        {found.map(candidate => (
          <Option
            key={candidate}
            value={candidate}
            text={showZone(candidate)}
          >{`${showZone(candidate)} · ${timeIn(candidate, now, texts.locale)}`}</Option>
        ))}
        {found.length === 0 && (
          <Option value="" disabled text={typed ?? ''}>
            {t('timeZone.none')}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
