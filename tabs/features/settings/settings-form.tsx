import { Suspense, lazy, useState, type FormEvent } from 'react';
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  Subtitle1,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { api, type SettingsView } from '../../../domain/api.ts';
import {
  DigestRhythm,
  Settings,
  TimeOfDay,
  mostInOneRole,
  type Destination,
  type Weekday,
} from '../../../domain/community.ts';
import { rhythmsOf } from '../../../domain/digest.ts';
import { surveysPerMonth } from '../../../domain/survey.ts';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { PeopleField } from '../../components/people-field.tsx';
import { weekdayName } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { saveVersion } from '../../lib/save-version.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { changedFields, takeField, type FieldName } from './changes.ts';
import { settingsDraft } from './draft.ts';
import { versionedSettings } from './saving.ts';
import { showField } from './show-field.ts';
import { useSettingsText } from './text.ts';
import { TimeZoneField } from './time-zone-field.tsx';

// Computing with time zones brings a library along, so it comes after the form.
const NextCard = lazy(() => import('./next-card.tsx'));

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  group: {
    ...panelStyle,
    rowGap: tokens.spacingVerticalL,
    margin: 0,
    minWidth: 0,
  },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  pair: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  bar: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} 0`,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const surveyPaces: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** The settings, to change and save together. */
export function SettingsForm({ view }: { readonly view: SettingsView }) {
  const { texts, communityId, announce } = useSession();
  const community = useCommunity();
  const t = useSettingsText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const [notice, setNotice] = useState<string | null>(null);
  const [zoneKnown, setZoneKnown] = useState(true);

  const first = view.settings === null;
  const versioned = versionedSettings({
    put: (body, etag) => call(api.saveSettings, { body, ifMatch: etag }),
    read: () => call(api.settings),
  });
  const edit = useVersionedEdit<Settings, SettingsView, FieldName>({
    ...settingsDraft(view),
    async save(wanted) {
      const saved = await saveVersion(versioned, wanted);
      if (saved.kind === 'saved') {
        await queries.cancelQueries({ queryKey: keys.settings(communityId) });
        queries.setQueryData(keys.settings(communityId), saved.view);
        // Who may do what depends on the coordinators.
        void queries.invalidateQueries({ queryKey: keys.community(communityId) });
      }
      return saved;
    },
    onSaved({ theirs }, { base }) {
      const names = new Intl.ListFormat(texts.locale).format(theirs.map(field => t(`fields.${field}`)));
      const sentence = names !== '' ? t('savedWith', { fields: names }) : t(base === null ? 'savedFirst' : 'saved');
      setNotice(sentence);
      announce(sentence);
    },
    onClash: () => announce(t('clash.title')),
  });
  const { value: settings, changed, saving, clash } = edit;
  const now = new Date(view.now);
  const { facilitation } = settings;
  const timeKnown = TimeOfDay.safeParse(facilitation.time).success;
  const rhythms = rhythmsOf(settings);

  function change(next: Settings): void {
    setNotice(null);
    edit.change(next);
  }

  function changeFacilitation(part: Partial<Settings['facilitation']>): void {
    change({ ...settings, facilitation: { ...facilitation, ...part } });
  }

  const maySave = (changed || first) && timeKnown && zoneKnown && !saving;
  function submit(event?: FormEvent): void {
    event?.preventDefault();
    if (maySave) edit.submit();
  }

  function cancel(): void {
    edit.reset();
    setZoneKnown(true);
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <DraftNotice draft={edit} discard={cancel} />
      {first && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('first.title', { community: community.name })}</MessageBarTitle>
            <div>{t('first.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      )}

      <section className={styles.group} aria-labelledby="settings-basics">
        <Subtitle1 as="h2" id="settings-basics" className={styles.title}>
          {t('basics')}
        </Subtitle1>
        <TimeZoneField
          zone={settings.timeZone}
          now={now}
          change={timeZone => change({ ...settings, timeZone })}
          known={zoneKnown}
          setKnown={setZoneKnown}
        />
        <PeopleField
          label={t('fields.coordinators')}
          hint={t('coordinators.hint')}
          warning={settings.coordinators.length === 0 ? t('coordinators.nobody') : null}
          people={settings.coordinators}
          most={mostInOneRole}
          change={coordinators => change({ ...settings, coordinators })}
        />
      </section>

      <section className={styles.group} aria-labelledby="settings-week">
        <Subtitle1 as="h2" id="settings-week" className={styles.title}>
          {t('week')}
        </Subtitle1>
        <Text className={styles.quiet}>{t('weekHint')}</Text>
        <div className={styles.pair}>
          <Field label={t('fields.day')}>
            <Select
              value={String(facilitation.day)}
              onChange={(_, data) => changeFacilitation({ day: Number(data.value) as Weekday })}
            >
              {weekdays.map(day => (
                <option key={day} value={day}>
                  {weekdayName(day, texts.locale)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('fields.time')} {...(timeKnown ? {} : { validationMessage: t('time.missing') })}>
            <Input
              type="time"
              value={facilitation.time}
              onChange={(_, data) => changeFacilitation({ time: data.value })}
            />
          </Field>
        </div>
        <PeopleField
          label={t('fields.facilitators')}
          hint={t('facilitators.hint')}
          warning={
            facilitation.facilitators.length === 0 && facilitation.destination === 'chats'
              ? t('facilitators.nobody')
              : null
          }
          people={facilitation.facilitators}
          most={mostInOneRole}
          change={facilitators => changeFacilitation({ facilitators })}
        />
        <Field label={t('fields.destination')}>
          <RadioGroup
            value={facilitation.destination}
            onChange={(_, data) => changeFacilitation({ destination: data.value as Destination })}
          >
            <Radio value="chats" label={t('destination.chats')} />
            <Radio value="channel" label={t('destination.channel')} />
          </RadioGroup>
        </Field>
        {timeKnown && zoneKnown && (
          <Suspense fallback={<Text>{`${weekdayName(facilitation.day, texts.locale)}, ${facilitation.time}`}</Text>}>
            <NextCard settings={settings} now={now} />
          </Suspense>
        )}
      </section>

      <section className={styles.group} aria-labelledby="settings-digest">
        <Subtitle1 as="h2" id="settings-digest" className={styles.title}>
          {t('digest')}
        </Subtitle1>
        <Text className={styles.quiet}>{t('digestHint')}</Text>
        <div className={styles.pair}>
          <Field label={t('fields.sponsorDigest')}>
            <Select
              value={rhythms.sponsor}
              onChange={(_, data) =>
                change({ ...settings, digest: { ...rhythms, sponsor: data.value as DigestRhythm['sponsor'] } })
              }
            >
              {DigestRhythm.shape.sponsor.options.map(rhythm => (
                <option key={rhythm} value={rhythm}>
                  {t(`rhythm.${rhythm}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('fields.memberDigest')}>
            <Select
              value={rhythms.members}
              onChange={(_, data) =>
                change({ ...settings, digest: { ...rhythms, members: data.value as DigestRhythm['members'] } })
              }
            >
              {DigestRhythm.shape.members.options.map(rhythm => (
                <option key={rhythm} value={rhythm}>
                  {t(`rhythm.${rhythm}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </section>

      <section className={styles.group} aria-labelledby="settings-surveys">
        <Subtitle1 as="h2" id="settings-surveys" className={styles.title}>
          {t('surveys')}
        </Subtitle1>
        <Text className={styles.quiet}>{t('surveysHint')}</Text>
        <div className={styles.pair}>
          <Field label={t('fields.perMonth')}>
            <Select
              value={String(surveysPerMonth(settings))}
              onChange={(_, data) => change({ ...settings, surveys: { perMonth: Number(data.value) } })}
            >
              {surveyPaces.map(perMonth => (
                <option key={perMonth} value={perMonth}>
                  {t('perMonth', { count: perMonth })}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </section>

      {clash && (
        <ClashChooser
          title={t('clash.title')}
          clash={clash}
          label={field => t('clash.field', { field: t(`fields.${field}`) })}
          show={(field, from) => showField(field, from, { t, locale: texts.locale })}
          chosen={field => (changedFields(settings, clash.theirs).includes(field) ? 'mine' : 'theirs')}
          take={(field, from) => change(takeField(field, settings, from))}
        />
      )}
      {edit.error && <FailureNotice error={edit.error} again={() => submit()} />}
      {notice !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{notice}</MessageBarBody>
        </MessageBar>
      )}

      <div className={styles.bar}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={!maySave}
          {...(saving ? { icon: <Spinner size="tiny" /> } : {})}
        >
          {t(saving ? 'saving' : 'save')}
        </Button>
        {changed && (
          <Button onClick={cancel} disabledFocusable={saving}>
            {t('cancel')}
          </Button>
        )}
        {changed && <Text className={styles.quiet}>{t('changed')}</Text>}
      </div>
    </form>
  );
}
