import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  Subtitle1,
  Text,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useEffect } from 'react';
import { useMutation } from '@tanstack/react-query';
import { settingsApi, type ProvisionView } from '../../../domain/settings/api.ts';
import { Badge } from '../../components/badge.tsx';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettingsText } from './text.ts';

const useStyles = makeStyles({
  group: { ...panelStyle, alignItems: 'stretch' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  button: { alignSelf: 'flex-start' },
  lists: { listStyleType: 'none', margin: 0, padding: 0 },
  list: { padding: `${tokens.spacingVerticalS} 0`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
  },
  forIt: { width: '100%' },
  problem: { display: 'block', marginTop: tokens.spacingVerticalXS, overflowWrap: 'anywhere' },
});

const colours = { ready: 'success', created: 'success', repaired: 'success', failed: 'danger' } as const;

/** How often it is looked whether IT has granted what is needed, in milliseconds. */
const lookAgain = 60_000;

/** Creates and repairs the SharePoint lists, and says how each one is. */
export default function ListsHealth() {
  const { announce } = useSession();
  const call = useCall();
  const t = useSettingsText();
  const styles = useStyles();
  const check = useMutation({
    mutationFn: (_how: 'pressed' | 'again') => call(settingsApi.provision),
    onSuccess: (answer, how) => {
      if (how === 'pressed' || answer.forIt === undefined) announce(summaryOf(answer));
    },
  });

  function summaryOf({ lists }: ProvisionView): string {
    const failed = lists.filter(list => list.state === 'failed').length;
    return failed === 0 ? t('lists.good') : t('lists.bad', { count: failed });
  }

  // Whoever waits for IT need not come back and press: it is looked again while the page is open.
  const waits = check.data?.forIt !== undefined;
  const { mutate } = check;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => mutate('again'), lookAgain);
    return () => clearInterval(timer);
  }, [waits, mutate]);

  const failed = check.data?.lists.some(list => list.state === 'failed') ?? false;
  return (
    <section className={styles.group} aria-labelledby="settings-lists">
      <Subtitle1 as="h2" id="settings-lists" className={styles.title}>
        {t('lists.title')}
      </Subtitle1>
      <Text className={styles.quiet}>{t('lists.hint')}</Text>
      <Button
        className={styles.button}
        onClick={() => check.mutate('pressed')}
        disabledFocusable={check.isPending}
        {...(check.isPending ? { icon: <BusySign /> } : {})}
      >
        {t(check.isPending ? 'lists.checking' : 'lists.check')}
      </Button>
      {check.isError && <FailureNotice error={check.error} again={() => check.mutate('pressed')} />}
      {check.data && (
        <>
          <MessageBar intent={failed ? 'warning' : 'success'} layout="multiline">
            <MessageBarBody>
              {summaryOf(check.data)} {failed && t('lists.again')}
            </MessageBarBody>
          </MessageBar>
          {check.data.forIt !== undefined && <TextForIt text={check.data.forIt} />}
          <ul className={styles.lists}>
            {check.data.lists.map(list => (
              <li key={list.name} className={styles.list}>
                <div className={styles.line}>
                  <Text>{list.name}</Text>
                  <Badge appearance="tint" color={colours[list.state]}>
                    {t(`lists.state.${list.state}`)}
                  </Badge>
                </div>
                {[list.problem, list.note].map(
                  sentence =>
                    sentence !== undefined && (
                      <Text key={sentence} size={200} className={styles.problem}>
                        {sentence}
                      </Text>
                    ),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What to send to IT, ready to be copied. */
function TextForIt({ text }: { readonly text: string }) {
  const t = useSettingsText();
  const styles = useStyles();
  return (
    <Field label={t('lists.forIt.label')} hint={t('lists.forIt.hint')}>
      <Textarea readOnly value={text} rows={6} className={styles.forIt} onFocus={({ target }) => target.select()} />
    </Field>
  );
}
