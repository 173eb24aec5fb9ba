import { makeStyles, tokens } from '@fluentui/react-components';
import type { Event, EventField } from '../../../domain/events/event.ts';
import { learningMenu } from '../../../domain/events/method.ts';
import { useSession } from '../../lib/session.tsx';
import { useMethodText } from './method-text.ts';
import { showField } from './show-field.ts';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  facts: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, margin: 0 },
  name: { fontWeight: tokens.fontWeightSemibold },
  words: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

const before = ['mode', 'place', 'audience', 'named', 'hosts'] as const;
const after = ['keep', 'change', 'summary'] as const;

/** What an event is, for those who may not change it; its title, its moment and its links stand above. */
export function EventFacts({ event }: { readonly event: Event }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const cluster = learningMenu.find(({ activities }) => activities.some(({ id }) => id === event.activity));
  const kind = method(`method.kind.${event.kind}.title`);
  const inWords = (field: EventField) => ({ field, words: showField(field, event, { t, method, locale }) });
  const lineOf = ({ title, minutes, who }: Event['agenda'][number]): string =>
    [title, ...(minutes > 0 ? [t('minutes', { count: minutes })] : []), ...(who === '' ? [] : [who])].join(' · ');
  const facts: readonly { readonly field: EventField; readonly words: string }[] = [
    {
      field: 'kind',
      words: cluster ? `${kind}\n${method(`method.menu.${cluster.id}.activity.${event.activity}`)}` : kind,
    },
    ...before.map(inWords),
    { field: 'agenda', words: event.agenda.map(lineOf).join('\n') },
    ...after.map(inWords),
  ];

  return (
    <dl className={styles.facts}>
      {facts
        .filter(({ words }) => words !== '')
        .map(({ field, words }) => (
          <div key={field}>
            <dt className={styles.name}>{t(`form.${field}`)}</dt>
            <dd className={styles.words} dir="auto">
              {words}
            </dd>
          </div>
        ))}
    </dl>
  );
}
