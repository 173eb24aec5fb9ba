import { Button, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { OverviewView } from '../../../domain/overview/api.ts';
import type { Coming } from '../../../domain/overview/overview.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { Markdown } from '../../components/markdown.tsx';
import { dayOf, shortDay, showTime } from '../../lib/dates.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { dayWord } from './day-word.ts';
import { Panel } from './panel.tsx';
import { useOverviewText } from './text.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  rows: { listStyleType: 'none', margin: `0 calc(-1 * ${tokens.spacingHorizontalS})`, padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: '5.5rem minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    width: '100%',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
  day: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  track: {
    height: '12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4,
    overflow: 'hidden',
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  fill: { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
  facts: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalXS },
  late: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  caption: { textAlign: 'start', paddingBottom: tokens.spacingVerticalXS },
  label: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    width: '50%',
    paddingBlock: tokens.spacingVerticalXXS,
    paddingInlineEnd: tokens.spacingHorizontalS,
  },
  bar: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  grow: { flexGrow: 1 },
  number: { minWidth: '2ch', textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
});

/** What a panel needs: its part of the overview, and the way to its screen. */
interface PanelProperties {
  readonly view: OverviewView;
  readonly go: () => void;
}

/** Where each thing that comes is looked at. */
const places: Readonly<Record<Coming['kind'], ScreenName>> = {
  event: 'events',
  action: 'plan',
  'survey-opens': 'surveys',
  'survey-closes': 'surveys',
  review: 'charter',
  week: 'settings',
};

export function ComingPanel({
  view: {
    today,
    coming,
    mine: { actions },
  },
  go,
}: {
  readonly view: OverviewView;
  readonly go: (screen: ScreenName, item?: string) => void;
}) {
  const {
    texts: { locale },
  } = useSession();
  const t = useOverviewText();
  const styles = useStyles();
  // What is the reader's own stands with what is theirs.
  const others = coming.filter(({ id }) => !actions.some(own => own.id === id));
  return (
    <Panel title={t('coming.title')}>
      {others.length === 0 && <Text className={styles.quiet}>{t('coming.nothing')}</Text>}
      <ul className={styles.rows}>
        {others.map(({ kind, on, title, id, event }) => (
          <li key={`${kind} ${on} ${id ?? ''}`}>
            <Button className={styles.row} appearance="subtle" onClick={() => go(places[kind], id)}>
              {/* An event is shown by the clock of whoever reads, on the day it has there. */}
              <Text className={styles.day}>
                {dayWord(event ? dayOf(new Date(event.startsAt)) : on, today, locale, t)}
              </Text>
              <span>
                <Text block dir="auto">
                  {t(`coming.${kind}`, { title, time: event ? showTime(event.startsAt, locale) : '' })}
                </Text>
                {event && (
                  <Text block className={styles.quiet}>
                    {t(`coming.said.${event.says ?? 'none'}`)}
                  </Text>
                )}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function PlanPanel({
  view: {
    plan: { total, done, stuck, overdue },
  },
  go,
}: PanelProperties) {
  const t = useOverviewText();
  const styles = useStyles();
  return (
    <Panel title={t('plan.title')} more={t('plan.see')} go={go}>
      {total === 0 && <Text className={styles.quiet}>{t('plan.none')}</Text>}
      {total > 0 && (
        <>
          <Text>{t('plan.progress', { done, total })}</Text>
          <Bar share={done / total} />
          <div className={styles.facts}>
            {overdue > 0 && <Text className={styles.late}>{t('plan.overdue', { count: overdue })}</Text>}
            {stuck > 0 && <Text>{t('plan.stuck', { count: stuck })}</Text>}
          </div>
        </>
      )}
    </Panel>
  );
}

export function SurveyPanel({ view: { survey }, go }: PanelProperties) {
  const {
    texts: { locale },
  } = useSession();
  const t = useOverviewText();
  const styles = useStyles();
  if (!survey)
    return (
      <Panel title={t('survey.title')} more={t('survey.see')} go={go}>
        <Text className={styles.quiet}>{t('survey.none')}</Text>
      </Panel>
    );
  const { title, phase, closesOn, answered, headline, why } = survey;
  const waits = phase === 'open' && !answered;
  const stands = phase === 'closed' ? 'survey.closed' : answered ? 'survey.thanks' : 'survey.waits';
  return (
    <Panel title={t('survey.title')} more={t(waits ? 'survey.answer' : 'survey.see')} go={go} call={waits}>
      <div>
        <Text block weight="semibold" dir="auto">
          {title}
        </Text>
        <Text block className={styles.quiet}>
          {t(stands, { day: shortDay(closesOn, locale) })}
        </Text>
      </div>
      {phase === 'closed' && why !== null && why !== 'until-close' && (
        <Text className={styles.quiet}>{t(`survey.${why}`)}</Text>
      )}
      {headline && (
        <table className={styles.table}>
          <caption className={styles.caption}>
            <Text>{headline.text}</Text>{' '}
            <Text className={styles.quiet}>
              {[
                t('survey.answered', { count: headline.answered }),
                ...(headline.average === null
                  ? []
                  : [t('survey.average', { average: new Intl.NumberFormat(locale).format(headline.average) })]),
              ].join(' · ')}
            </Text>
          </caption>
          <tbody>
            {headline.bars.map(({ label, count }) => (
              <tr key={label}>
                <th scope="row" className={styles.label}>
                  <Text>{label}</Text>
                </th>
                <td>
                  <div className={styles.bar}>
                    <Bar className={styles.grow} share={count / headline.answered} />
                    <Text className={styles.number}>{count}</Text>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

export function DigestPanel({ view: { digest }, go }: PanelProperties) {
  const {
    texts: { locale },
  } = useSession();
  const t = useOverviewText();
  const styles = useStyles();
  const community = useCommunity();
  return (
    <Panel title={t('digest.title')} more={t('digest.see')} go={go}>
      <Text className={styles.quiet}>
        {digest
          ? t(`digest.${digest.audience}`, { day: shortDay(digest.on, locale) })
          : t(community.may['digest.edit'] ? 'digest.none' : 'digest.noneForAll')}
      </Text>
      {digest && digest.intro !== '' && (
        <div dir="auto">
          <Markdown text={digest.intro} />
        </div>
      )}
    </Panel>
  );
}

/** Drawn for the eye; the number stands beside it. */
function Bar({ share, className }: { readonly share: number; readonly className?: string }) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.track, className)} aria-hidden>
      <div className={styles.fill} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
