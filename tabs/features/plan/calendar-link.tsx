import { useEffect, useState } from 'react';
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { calendarApi, type CalendarView } from '../../../domain/calendar/api.ts';
import type { CalendarScope } from '../../../domain/plan/calendar.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useCalendarText } from './calendar-text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  grow: { flex: '1 1 12rem', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  how: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
});

/** One calendar: whether it has a link, and what can be done about it. */
export function CalendarLink({
  scope,
  link,
  may,
}: {
  readonly scope: CalendarScope;
  readonly link: CalendarView[CalendarScope];
  readonly may: boolean;
}) {
  const { texts, communityId, announce } = useSession();
  const community = useCommunity();
  const call = useCall();
  const queries = useQueryClient();
  const t = useCalendarText();
  const styles = useStyles();
  const [asks, setAsks] = useState<'renew' | 'revoke' | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const { ref: sureButton, focus: focusSure } = useFocusTarget();
  const { ref: linkField, focus: focusLink } = useFocusTarget();
  const { ref: makeButton, focus: focusMake } = useFocusTarget();
  const show = (links: CalendarView) => queries.setQueryData<CalendarView>(keys.calendar(communityId), links);

  const make = useMutation({
    mutationFn: () => call(calendarApi.makeCalendarLink, { params: { scope } }),
    onSuccess(made) {
      show(made.links);
      setUrl(made.url);
      setAsks(null);
      announce(t('made'));
    },
  });
  const revoke = useMutation({
    mutationFn: () => call(calendarApi.revokeCalendarLink, { params: { scope } }),
    onSuccess(links) {
      show(links);
      setUrl(null);
      setAsks(null);
      announce(t('revoked'));
      setTimeout(focusMake);
    },
  });
  const busy = make.isPending || revoke.isPending;

  useEffect(() => {
    if (asks !== null) focusSure();
  }, [asks, focusSure]);
  useEffect(() => {
    if (url !== null) focusLink();
  }, [url, focusLink]);

  const heading = `calendar-${scope}`;
  const sure = asks === 'renew' ? make : revoke;
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <Subtitle2 as="h3" id={heading}>
        {t(`${scope}.title`, { community: community.name })}
      </Subtitle2>
      <Text className={styles.quiet}>{t(`${scope}.about`)}</Text>
      {url === null && <Text>{stateOf()}</Text>}
      {url !== null && <NewLink url={url} label={t(scope === 'mine' ? 'link' : 'linkCommunity')} field={linkField} />}
      {make.isError && <FailureNotice error={make.error} again={() => make.mutate()} />}
      {revoke.isError && <FailureNotice error={revoke.error} again={() => revoke.mutate()} />}
      {asks !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t(`${asks}Sure`)}</MessageBarBody>
          <MessageBarActions>
            <Button
              disabledFocusable={busy}
              onClick={() => {
                if (!busy) sure.mutate();
              }}
            >
              {t(busy ? 'busy' : `${asks}Yes`)}
            </Button>
            <Button
              ref={sureButton}
              appearance="primary"
              disabledFocusable={busy}
              onClick={() => {
                setAsks(null);
                setTimeout(focusMake);
              }}
            >
              {t('no')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {may && asks === null && (
        <div className={styles.row}>
          {link === null ? (
            <Button
              ref={makeButton}
              appearance="primary"
              disabledFocusable={busy}
              onClick={() => {
                if (!busy) make.mutate();
              }}
            >
              {t(make.isPending ? 'making' : 'make')}
            </Button>
          ) : (
            <>
              <Button ref={makeButton} onClick={() => setAsks('renew')}>
                {t('renew')}
              </Button>
              <Button onClick={() => setAsks('revoke')}>{t('revoke')}</Button>
            </>
          )}
        </div>
      )}
    </section>
  );

  function stateOf(): string {
    if (link === null) return t(may ? 'none' : 'noneRead');
    return t(scope === 'mine' ? 'thereMine' : may ? 'there' : 'thereRead', {
      name: link.madeBy.name,
      when: showMoment(link.madeAt, texts.locale),
    });
  }
}

/** The link, the one time that it is shown, and what to do with it. */
function NewLink({
  url,
  label,
  field,
}: {
  readonly url: string;
  readonly label: string;
  readonly field: (element: HTMLInputElement | null) => void;
}) {
  const { announce } = useSession();
  const t = useCalendarText();
  const styles = useStyles();
  const [said, setSaid] = useState<string | null>(null);

  async function copy(): Promise<void> {
    let sentence = t('copied');
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      // Some hosts keep the clipboard to themselves: then the keyboard reaches it.
      const input = document.getElementById(`calendar-url-${url}`);
      if (input instanceof HTMLInputElement) input.select();
      sentence = t('notCopied');
    }
    setSaid(sentence);
    announce(sentence);
  }

  return (
    <>
      <Field label={label} hint={t('now')}>
        <div className={styles.row}>
          <Input
            id={`calendar-url-${url}`}
            className={styles.grow}
            aria-label={label}
            readOnly
            value={url}
            input={{ ref: field, dir: 'ltr', onFocus: event => event.currentTarget.select() }}
          />
          <Button appearance="primary" icon={<CopyRegular />} onClick={() => void copy()}>
            {t('copy')}
          </Button>
        </div>
      </Field>
      {said !== null && <Text size={200}>{said}</Text>}
      <Text weight="semibold">{t('how')}</Text>
      <ul className={styles.how}>
        {(['outlook', 'google', 'apple', 'others', 'slow'] as const).map(one => (
          <li key={one}>
            <Text size={200}>{t(one)}</Text>
          </li>
        ))}
      </ul>
    </>
  );
}
