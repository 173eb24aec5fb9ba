import { useState, type FormEvent } from 'react';
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { settingsApi, type SettingsView } from '../../../domain/settings/api.ts';
import { TimeOfDay, type Settings } from '../../../domain/community.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { saveVersion } from '../../lib/save-version.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { changedFields, takeField, type FieldName } from './changes.ts';
import { settingsDraft } from './draft.ts';
import { versionedSettings } from './saving.ts';
import { DaysOffFields, quietKnown } from './days-off-fields.tsx';
import { BasicFields, DigestFields, SurveyFields, WeekFields } from './settings-fields.tsx';
import { showField } from './show-field.ts';
import { useSettingsText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  quiet: { color: tokens.colorNeutralForeground2 },
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
    put: (body, etag) => call(settingsApi.saveSettings, { body, ifMatch: etag }),
    read: () => call(settingsApi.settings),
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
  const timeKnown = TimeOfDay.safeParse(settings.facilitation.time).success;

  function change(next: Settings): void {
    setNotice(null);
    edit.change(next);
  }

  const maySave = (changed || first) && timeKnown && zoneKnown && quietKnown(settings) && !saving;
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

      <BasicFields
        settings={settings}
        change={change}
        now={now}
        zoneKnown={zoneKnown}
        setZoneKnown={setZoneKnown}
        mayChooseCoordinators={first || community.may['roles.manage']}
      />
      <WeekFields
        settings={settings}
        change={change}
        now={now}
        timeKnown={timeKnown}
        showsNext={timeKnown && zoneKnown}
        startsNow={!first && !changed}
      />
      <DigestFields settings={settings} change={change} />
      <SurveyFields settings={settings} change={change} />
      <DaysOffFields settings={settings} change={change} now={now} />

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
          {...(saving ? { icon: <BusySign /> } : {})}
        >
          {t(saving ? 'saving' : 'save')}
        </Button>
        {changed && <CancelWriting changed busy={saving} throwAway={cancel} />}
        {changed && <Text className={styles.quiet}>{t('changed')}</Text>}
      </div>
    </form>
  );
}
