import { Suspense, useState } from 'react';
import { Button, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { digestApi, type DigestReplyView, type SentDigestView } from '../../../domain/digest/api.ts';
import { Badge } from '../../components/badge.tsx';
import { Loading } from '../../components/loading.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { Waiting } from '../../components/waiting.tsx';
import { dayOf, showDay, showMoment } from '../../lib/dates.ts';
import { later, usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useDigestText } from './text.ts';

// A digest is shown as it was when somebody asks for it.
const CardView = later(() => import('../../components/card-view.tsx'));
const AsText = later(() => import('./as-text.tsx'));

const useStyles = makeStyles({
  panel: panelStyle,
  head: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  replies: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  reply: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXXS,
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    paddingLeft: tokens.spacingHorizontalM,
  },
  words: { whiteSpace: 'pre-wrap' },
  shown: { maxWidth: '36rem', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
});

/** One digest that has gone out: for whom, what came back, and the card as it was. */
export function SentPanel({
  digest,
  outside,
}: {
  readonly digest: SentDigestView /** Sponsors whom the bot cannot write to. */;
  readonly outside: readonly { readonly name: string; readonly mail: string | null }[];
}) {
  const { texts } = useSession();
  const t = useDigestText();
  const styles = useStyles();
  const writes = useCommunity().may['digest.edit'];
  const [open, setOpen] = useState(digest.byHand);
  usePrepared(true, CardView, ...(writes ? [AsText] : []));
  const { audience, period, sentAt, sentTo, byHand, unlooked, replies } = digest;
  const id = `sent-${audience}-${period.key}`;
  const [from, to] = [
    dayOf(new Date(period.from)),
    dayOf(new Date(Math.max(Date.parse(period.from), Date.parse(period.to) - 1))),
  ].map(day => showDay(day, texts.locale));
  const days = from === to ? (to ?? '') : t('sent.period', { from, to });
  const moment = showMoment(sentAt, texts.locale);
  const where = byHand
    ? t('sent.byHand', { moment })
    : audience === 'members'
      ? t('sent.toChannel', { moment })
      : t('sent.to', { moment, names: new Intl.ListFormat(texts.locale).format(sentTo.map(({ name }) => name)) });

  return (
    <article className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <Subtitle2 as="h3" id={id}>
          {days}
        </Subtitle2>
        <div className={styles.line}>
          <Badge appearance="outline" color={audience === 'sponsor' ? 'brand' : 'informative'}>
            {t(`sent.${audience}`)}
          </Badge>
          {unlooked && (
            <Badge appearance="outline" color="informative">
              {t('sent.unlooked')}
            </Badge>
          )}
          <Text size={200} className={styles.quiet}>
            {where}
          </Text>
        </div>
      </header>
      {replies.length > 0 && (
        <ul className={styles.replies}>
          {replies.map(reply => (
            <li key={reply.person.id}>
              <Reply reply={reply} />
            </li>
          ))}
        </ul>
      )}
      {audience === 'sponsor' && writes && replies.length === 0 && !byHand && (
        <Text className={styles.quiet}>{t('sent.noReply')}</Text>
      )}
      <div>
        <Button size="small" aria-expanded={open} aria-describedby={id} onClick={() => setOpen(!open)}>
          {t(open ? 'sent.hide' : 'sent.show')}
        </Button>
      </div>
      {open && (
        <Shown
          digest={digest}
          name={t('sent.card', { period: days })}
          mailTo={audience === 'sponsor' && writes ? outside : []}
        />
      )}
    </article>
  );
}

function Reply({ reply: { person, choice, text, times, at } }: { readonly reply: DigestReplyView }) {
  const { texts } = useSession();
  const t = useDigestText();
  const styles = useStyles();
  return (
    <div className={styles.reply}>
      <Text size={200} className={styles.quiet}>
        {t('reply.line', { name: person.name, moment: showMoment(at, texts.locale) })}
      </Text>
      <Text weight="semibold">{t(`reply.choices.${choice}`)}</Text>
      {times.length > 0 && <Text>{t('reply.times', { times: times.join('; ') })}</Text>}
      {text !== '' && (
        <Text className={styles.words} dir="auto">
          {text}
        </Text>
      )}
    </div>
  );
}

function Shown({
  digest: { audience, period },
  name,
  mailTo,
}: {
  readonly digest: SentDigestView;
  readonly name: string;
  readonly mailTo: readonly { readonly name: string; readonly mail: string | null }[];
}) {
  const { communityId } = useSession();
  const call = useCall();
  const t = useDigestText();
  const styles = useStyles();
  const writes = useCommunity().may['digest.edit'];
  const shown = useQuery({
    queryKey: keys.sentDigest(communityId, audience, period.key),
    queryFn: ({ signal }) => call(digestApi.sentDigest, { params: { audience, period: period.key }, signal }),
    staleTime: Infinity,
  });

  if (!shown.data) return <Loading query={shown} label={t('loading')} blocks={1} />;
  return (
    <div className={styles.shown}>
      <Suspense fallback={<Waiting label={t('loading')} blocks={1} />}>
        <CardView card={shown.data.card} label={name} />
        {writes && <AsText text={shown.data.text} mailTo={mailTo} />}
      </Suspense>
    </div>
  );
}
