import { Button, MessageBar, MessageBarBody, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { OverviewView } from '../../../domain/overview/api.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { shortDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { dayWord } from './day-word.ts';
import { Panel } from './panel.tsx';
import { useOverviewText } from './text.ts';
import { useDone } from './use-done.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  late: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    // On a phone a long press stands below its words.
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalXS,
    '&:not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  words: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    flex: '1 1 10rem',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  about: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 },
  title: {
    justifyContent: 'flex-start',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    padding: 0,
    minWidth: 0,
  },
  press: { flexShrink: 0 },
});

type Go = (screen: ScreenName, item?: string) => void;

/** What is the reader's own: what they do, what they were asked, what they hold. */
export function MinePanel({ view, go }: { readonly view: OverviewView; readonly go: Go }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useOverviewText();
  const styles = useStyles();
  const { finish, problem } = useDone();
  const { mine, survey, plan, today } = view;
  const asks = survey?.phase === 'open' && !survey.answered ? survey : null;
  const more = plan.mine - mine.actions.length;
  const { asked } = mine;
  const nothing = !asks && !asked && mine.actions.length + mine.roles.length + mine.offered.length === 0;

  return (
    <Panel title={t('mine.title')} accent>
      {problem &&
        ('sentence' in problem ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{problem.sentence}</MessageBarBody>
          </MessageBar>
        ) : (
          <FailureNotice error={problem.error} again={problem.again} />
        ))}
      {nothing && <Text className={styles.quiet}>{t('mine.nothing')}</Text>}
      <ul className={styles.list}>
        {asks && (
          <Line
            title={asks.title}
            about={t('survey.waits', { day: shortDay(asks.closesOn, locale) })}
            press={
              <Button appearance="primary" onClick={() => go('surveys')}>
                {t('survey.answer')}
              </Button>
            }
          />
        )}
        {asked && (
          <Line
            title={asked.ask === '' ? t('mine.digest') : t('mine.asked', { ask: asked.ask })}
            about={
              <>
                <span>{t(`mine.choice.${asked.choice ?? 'none'}`, { day: shortDay(asked.on, locale) })}</span>
                {asked.came.map(({ title, state }) => (
                  <span key={title} dir="auto">
                    {t(`mine.came.${state}`, { title })}
                  </span>
                ))}
              </>
            }
            press={<Button onClick={() => go('digest')}>{t('mine.read')}</Button>}
          />
        )}
        {mine.actions.map(action => {
          const late = action.due !== null && action.due < today;
          return (
            <Line
              key={action.id}
              title={action.title}
              open={() => go('plan', action.id)}
              about={
                action.due !== null && (
                  <span className={mergeClasses(late && styles.late)}>
                    {late
                      ? t('mine.late', { day: shortDay(action.due, locale) })
                      : dayWord(action.due, today, locale, t)}
                  </span>
                )
              }
              press={
                <Button
                  icon={<CheckmarkRegular />}
                  aria-label={t('mine.doneWhat', { title: action.title })}
                  onClick={() => finish(action)}
                >
                  {t('mine.done')}
                </Button>
              }
            />
          );
        })}
        {mine.roles.map(({ id, title, question, until }) => (
          <Line
            key={id}
            title={t('mine.role', { title })}
            about={
              <>
                {question !== null && <span>{question}</span>}
                {until !== null && <span>{t('mine.until', { day: shortDay(until, locale) })}</span>}
              </>
            }
            open={() => go('roles')}
          />
        ))}
        {mine.offered.map(title => (
          <Line key={title} title={t('mine.offered', { title })} open={() => go('roles')} />
        ))}
      </ul>
      {more > 0 && (
        <Button className={styles.title} appearance="transparent" onClick={() => go('plan')}>
          {t('mine.more', { count: more })}
        </Button>
      )}
    </Panel>
  );
}

function Line({
  title,
  about = null,
  press = null,
  open,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  /** What can be done with it here. */
  readonly press?: ReactNode;
  /** Shows it where it belongs. */
  readonly open?: () => void;
}) {
  const styles = useStyles();
  return (
    <li className={styles.line}>
      <div className={styles.words} dir="auto">
        {open ? (
          <Button className={styles.title} appearance="transparent" onClick={open}>
            {title}
          </Button>
        ) : (
          <Text weight="semibold">{title}</Text>
        )}
        {about !== null && about !== false && (
          <Text className={mergeClasses(styles.quiet, styles.about)} size={200}>
            {about}
          </Text>
        )}
      </div>
      {press !== null && <div className={styles.press}>{press}</div>}
    </li>
  );
}
