import { Link, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { EventLine } from '../../../domain/events/api.ts';
import { Badge } from '../../components/badge.tsx';
import { useSession } from '../../lib/session.tsx';
import { useMethodText } from './method-text.ts';
import { useEventsText } from './text.ts';
import { showWhen } from './when.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { overflowWrap: 'anywhere', minHeight: '24px', textAlign: 'start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const colours = { draft: 'informative', announced: 'success', held: 'informative', cancelled: 'danger' } as const;

/** One event among the others: when it is, and what is so about it. */
export function EventLineItem({ event, open }: { readonly event: EventLine; readonly open: () => void }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const facts = [
    method(`method.kind.${event.kind}.title`),
    event.place === '' ? t(`mode.${event.mode}`) : event.place,
    ...(event.counts && event.counts.coming > 0 ? [t('coming', { count: event.counts.coming })] : []),
    ...(event.there === null ? [] : [t('there', { count: event.there })]),
    ...(event.mine ? [t(`mine.${event.mine.before ? 'before' : event.mine.says}`)] : []),
  ];

  return (
    <div className={styles.line} id={`event-${event.id}`} tabIndex={-1}>
      <div className={styles.head}>
        <Link as="button" className={styles.title} dir="auto" onClick={open}>
          {event.title}
        </Link>
        {event.state !== 'announced' && (
          <Badge appearance="tint" color={colours[event.state]}>
            {t(`state.${event.state}`)}
          </Badge>
        )}
      </div>
      <Text>{showWhen(event, locale)}</Text>
      <Text size={200} className={styles.quiet}>
        {facts.join(' · ')}
      </Text>
    </div>
  );
}
