import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, ArrowDownRegular, ArrowUpRegular, DeleteRegular } from '@fluentui/react-icons';
import {
  importantAtRisk,
  importantFirst,
  longestItem,
  longestLeader,
  mostItems,
  mostMinutes,
  overrun,
  plannedMinutes,
  type AgendaItem,
} from '../../../domain/events/agenda.ts';
import { useSession } from '../../lib/session.tsx';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  item: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    paddingInlineStart: tokens.spacingHorizontalM,
    borderInlineStartWidth: '2px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorNeutralStroke2,
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flex: '1 1 12rem', minWidth: 0 },
  minutes: { width: '5.5rem' },
  ways: { display: 'flex' },
  who: { flex: '1 1 8rem', minWidth: 0 },
});

/** What an event is made of, line by line; it says when it runs over, and what would suffer. */
export function AgendaBuilder({
  agenda,
  minutes,
  usual,
  readOnly,
  change,
}: {
  readonly agenda: readonly AgendaItem[];
  readonly minutes: number;
  /** The usual agenda of its kind, to begin with. */
  readonly usual: readonly AgendaItem[];
  readonly readOnly: boolean;
  readonly change: (agenda: AgendaItem[]) => void;
}) {
  const { announce } = useSession();
  const t = useEventsText();
  const styles = useStyles();
  const over = overrun(agenda, minutes);
  const atRisk = importantAtRisk(agenda, minutes);
  const sorted = importantFirst(agenda);
  const isSorted = sorted.every((item, place) => item.id === agenda[place]?.id);

  function write(id: string, change_: Partial<AgendaItem>): void {
    change(agenda.map(item => (item.id === id ? { ...item, ...change_ } : item)));
  }

  function move(place: number, by: -1 | 1): void {
    const item = agenda[place];
    if (!item) return;
    announce(t('agenda.moved', { title: item.title, place: place + by + 1, count: agenda.length }));
    change(agenda.toSpliced(place, 1).toSpliced(place + by, 0, item));
  }

  return (
    <div className={styles.part} role="group" aria-label={t('agenda.label')}>
      <Text weight="semibold">
        {agenda.length === 0 ? t('agenda.label') : t('agenda.sum', { planned: plannedMinutes(agenda), count: minutes })}
      </Text>
      {over > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {[
              t('agenda.over', { count: over }),
              ...(atRisk.length > 0
                ? [t('agenda.atRisk', { titles: atRisk.map(({ title }) => title).join(', ') })]
                : []),
            ].join(' ')}
          </MessageBarBody>
        </MessageBar>
      )}
      {agenda.length > 0 && (
        <ol className={styles.list}>
          {agenda.map((item, place) => (
            <li key={item.id} className={styles.item}>
              {readOnly ? (
                <Text>
                  {[item.title, item.minutes > 0 ? t('minutes', { count: item.minutes }) : '', item.who]
                    .filter(part => part !== '')
                    .join(' · ')}
                </Text>
              ) : (
                <>
                  <div className={styles.line}>
                    <Input
                      className={styles.title}
                      dir="auto"
                      aria-label={t('agenda.title', { place: place + 1 })}
                      value={item.title}
                      maxLength={longestItem}
                      onChange={(_, { value }) => write(item.id, { title: value })}
                    />
                    <Input
                      className={styles.minutes}
                      type="number"
                      min={0}
                      max={mostMinutes}
                      aria-label={t('agenda.minutes', { place: place + 1 })}
                      value={String(item.minutes)}
                      onChange={(_, { value }) =>
                        write(item.id, { minutes: Math.min(mostMinutes, Math.max(0, Math.round(Number(value)) || 0)) })
                      }
                    />
                  </div>
                  <div className={styles.line}>
                    <Input
                      className={styles.who}
                      dir="auto"
                      aria-label={t('agenda.who', { place: place + 1 })}
                      placeholder={t('agenda.whoPlaceholder')}
                      value={item.who}
                      maxLength={longestLeader}
                      onChange={(_, { value }) => write(item.id, { who: value })}
                    />
                    <Checkbox
                      label={t('agenda.important')}
                      checked={item.first}
                      onChange={(_, { checked }) => write(item.id, { first: checked === true })}
                    />
                    <div className={styles.ways}>
                      <Button
                        appearance="subtle"
                        icon={<ArrowUpRegular />}
                        aria-label={t('agenda.up', { title: item.title })}
                        disabledFocusable={place === 0}
                        onClick={() => move(place, -1)}
                      />
                      <Button
                        appearance="subtle"
                        icon={<ArrowDownRegular />}
                        aria-label={t('agenda.down', { title: item.title })}
                        disabledFocusable={place === agenda.length - 1}
                        onClick={() => move(place, 1)}
                      />
                      <Button
                        appearance="subtle"
                        icon={<DeleteRegular />}
                        aria-label={t('agenda.remove', { title: item.title })}
                        onClick={() => change(agenda.filter(({ id }) => id !== item.id))}
                      />
                    </div>
                  </div>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      {!readOnly && (
        <Field>
          <div className={styles.line}>
            <Button
              icon={<AddRegular />}
              disabledFocusable={agenda.length >= mostItems}
              onClick={() => {
                if (agenda.length < mostItems)
                  change([...agenda, { id: crypto.randomUUID(), title: '', minutes: 5, who: '', first: false }]);
              }}
            >
              {t('agenda.add')}
            </Button>
            {agenda.length === 0 && usual.length > 0 && (
              <Button onClick={() => change([...usual])}>{t('agenda.usual')}</Button>
            )}
            {!isSorted && <Button onClick={() => change([...sorted])}>{t('agenda.sort')}</Button>}
          </div>
        </Field>
      )}
    </div>
  );
}
