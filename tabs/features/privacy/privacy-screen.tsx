import { useState } from 'react';
import {
  Body1Strong,
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle2,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { privacyApi, type PrivacyView } from '../../../domain/privacy/api.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { showDay, showMoment } from '../../lib/dates.ts';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { keys } from '../../lib/queries.ts';
import { useHandOver } from '../../lib/hand-over.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { ForgetMe } from './forget-me.tsx';
import { groupsOf } from './groups.ts';
import { MessagesToMe } from './messages-to-me.tsx';
import { usePrivacyText } from './text.ts';

type Kind = PrivacyView['held'][number];

/** Longer lists are folded: whoever coordinates is named in many rows. */
const mostShown = 5;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '48rem' },
  head: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  kinds: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  kind: { ...panelStyle, rowGap: tokens.spacingVerticalS },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
  },
  title: { margin: 0 },
  entries: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
  beyond: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.privacy, privacyApi.privacy);

/** Everybody's own page: what is kept about them, as a file, and the way to have it erased. */
export default function PrivacyScreen() {
  const session = useSession();
  const { announce } = session;
  const community = useCommunity();
  const handOver = useHandOver();
  const t = usePrivacyText();
  const styles = useStyles();
  const data = useQuery(read(session));
  const download = useMutation({
    mutationFn: () => handOver(privacyApi.exportPrivacy),
    onSuccess(file) {
      announce(t('downloaded', { name: file.name }));
    },
  });

  const title = <Title2 as="h1">{t('title')}</Title2>;
  if (!data.data) return <Loading title={title} query={data} label={t('loading')} blocks={3} />;
  const { held, beyond } = data.data;

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {title}
        <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
        <Button
          icon={download.isPending ? <BusySign /> : <ArrowDownloadRegular />}
          disabledFocusable={download.isPending}
          onClick={() => {
            if (!download.isPending) download.mutate();
          }}
        >
          {t(download.isPending ? 'preparing' : 'download')}
        </Button>
      </header>
      {download.isError && <FailureNotice error={download.error} again={() => download.mutate()} />}
      <Outdated query={data} />
      <MessagesToMe view={data.data.messages} />
      {held.length === 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('nothing.title')}</MessageBarTitle>
            <div>{t('nothing.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      )}
      {groupsOf(held).map(({ fate, why, kinds }) => (
        <section key={fate} className={styles.group} aria-labelledby={`fate-${fate}`}>
          <div className={styles.line}>
            <Subtitle2 as="h2" id={`fate-${fate}`} className={styles.title}>
              {t(`fate.${fate}`)}
            </Subtitle2>
            {why !== '' && <Text className={styles.quiet}>{why}</Text>}
          </div>
          <ul className={styles.kinds}>
            {kinds.map(kind => (
              <li key={kind.kind} className={styles.kind}>
                <Held kind={kind} why={kind.why === why ? '' : kind.why} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section className={styles.kind} aria-label={t('beyond')}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('beyond')}
        </Subtitle2>
        <ul className={styles.beyond}>
          {beyond.map(sentence => (
            <li key={sentence}>
              <Text>{sentence}</Text>
            </li>
          ))}
        </ul>
      </section>
      <ForgetMe view={data.data} />
    </div>
  );
}

/** Days and moments as people write them; the file that machines read keeps them as they are. */
function inWords(value: string, locale: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return showDay(value, locale);
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? showMoment(value, locale) : value;
}

function Held({ kind: { title, entries }, why }: { readonly kind: Kind; readonly why: string }) {
  const t = usePrivacyText();
  const styles = useStyles();
  const { locale } = useSession().texts;
  const [all, setAll] = useState(false);
  const shown = entries.filter(facts => facts.length > 0).slice(0, all ? entries.length : mostShown);
  const hidden = entries.filter(facts => facts.length > 0).length - shown.length;
  return (
    <>
      <div className={styles.line}>
        <Body1Strong as="h3" className={styles.title}>
          {title}
        </Body1Strong>
        <Text size={200} className={styles.quiet}>
          {t('entries', { count: entries.length })}
        </Text>
      </div>
      {shown.length > 0 && (
        <ul className={styles.entries}>
          {shown.map((facts, index) => (
            <li key={index}>
              <Text>{facts.map(({ name, value }) => `${name}: ${inWords(value, locale)}`).join(' · ')}</Text>
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <div>
          <Button size="small" onClick={() => setAll(true)}>
            {t('more', { count: hidden })}
          </Button>
        </div>
      )}
      {why !== '' && (
        <Text size={200} className={styles.quiet}>
          {why}
        </Text>
      )}
    </>
  );
}
