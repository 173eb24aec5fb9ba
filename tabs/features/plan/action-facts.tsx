import { Text, makeStyles, tokens } from '@fluentui/react-components';
import {
  ClockRegular,
  CommentRegular,
  LinkRegular,
  NoteRegular,
  PersonProhibitedRegular,
  TaskListLtrRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import type { ActionView } from '../../../domain/plan/api.ts';
import { stepsDone } from '../../../domain/plan/details.ts';
import { isDueToday, isOverdue } from '../../../domain/plan/plan.ts';
import { Badge } from '../../components/badge.tsx';
import { Avatar } from '../../components/avatar.tsx';
import { dayOf, showShortDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { usePlanText } from './text.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    alignSelf: 'stretch',
    minWidth: 0,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  people: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS, minWidth: 0 },
  person: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS, minWidth: 0 },
  overdue: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    textWrap: 'balance',
    color: tokens.colorStatusDangerForeground3,
    fontWeight: tokens.fontWeightSemibold,
  },
  today: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    color: tokens.colorStatusWarningForeground3,
  },
  // Two lines tell aims apart that begin alike.
  aim: {
    color: tokens.colorNeutralForeground2,
    flex: '1 1 6rem',
    minWidth: 0,
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
  },
  notes: { color: tokens.colorNeutralForeground2, flexShrink: 0 },
  counts: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    flexShrink: 0,
  },
  count: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXXS,
    color: tokens.colorNeutralForeground2,
    flexShrink: 0,
  },
  left: { color: tokens.colorStatusWarningForeground1 },
});

/** When it is due, was due, or was done; overdue has a sign and a word, not only a colour. */
export function DueFact({ action, today }: { readonly action: ActionView; readonly today: string }) {
  const {
    texts: { locale },
  } = useSession();
  const t = usePlanText();
  const styles = useStyles();
  if (action.doneAt !== null)
    return (
      <Text size={200} className={styles.quiet}>
        {t('card.doneOn', { day: showShortDay(dayOf(new Date(action.doneAt)), today, locale) })}
      </Text>
    );
  if (action.due === null) return null;
  const day = showShortDay(action.due, today, locale);
  if (isOverdue(action, today))
    return (
      <span className={styles.overdue}>
        <WarningRegular aria-hidden fontSize={16} />
        <Text size={200} weight="semibold">
          {t('card.overdue', { day })}
        </Text>
      </span>
    );
  if (isDueToday(action, today))
    return (
      <span className={styles.today}>
        <ClockRegular aria-hidden fontSize={16} />
        <Text size={200} weight="semibold">
          {t('card.dueToday')}
        </Text>
      </span>
    );
  return (
    <Text size={200} className={styles.quiet}>
      {t('card.due', { day })}
    </Text>
  );
}

/** Its owners by name; who has left the team is said to have. */
export function OwnersFact({ action, left }: { readonly action: ActionView; readonly left: readonly string[] }) {
  const t = usePlanText();
  const styles = useStyles();
  if (action.owners.length === 0)
    return (
      <Text size={200} className={styles.quiet}>
        {t('card.nobody')}
      </Text>
    );
  return (
    <div className={styles.people}>
      {action.owners.map(person =>
        left.includes(person.id) ? (
          <span key={person.id} className={styles.person}>
            <PersonProhibitedRegular aria-hidden className={styles.left} fontSize={20} />
            <Text size={200} className={styles.left}>
              {t('card.left', { name: person.name })}
            </Text>
          </span>
        ) : (
          <span key={person.id} className={styles.person}>
            <Avatar name={person.name} size={20} />
            <Text size={200} truncate wrap={false}>
              {person.name}
            </Text>
          </span>
        ),
      )}
    </div>
  );
}

/** What else there is to know at a glance. */
export function OtherFacts({ action, comments }: { readonly action: ActionView; readonly comments: number }) {
  const t = usePlanText();
  const styles = useStyles();
  const { weight, notes, aim, steps, links } = action;
  const isBare = notes === '' && aim === null && steps.length === 0 && links.length === 0 && comments === 0;
  if (weight === 'baseline' && isBare) return null;
  return (
    <div className={styles.line}>
      {action.weight === 'nice-to-have' && (
        <Badge appearance="outline" color="informative">
          {t('weight.nice-to-have')}
        </Badge>
      )}
      {action.aim !== null && (
        <Text size={200} className={styles.aim} dir="auto" title={action.aim}>
          {action.aim}
        </Text>
      )}
      <span className={styles.counts}>
        {steps.length > 0 && (
          <span className={styles.count}>
            <TaskListLtrRegular role="img" aria-label={t('card.steps')} />
            <Text size={200}>{t('card.stepsDone', { done: stepsDone(steps), count: steps.length })}</Text>
          </span>
        )}
        {links.length > 0 && (
          <span className={styles.count}>
            <LinkRegular role="img" aria-label={t('card.links')} />
            <Text size={200}>{links.length}</Text>
          </span>
        )}
        {comments > 0 && (
          <span className={styles.count}>
            <CommentRegular role="img" aria-label={t('card.comments')} />
            <Text size={200}>{comments}</Text>
          </span>
        )}
        {notes !== '' && <NoteRegular role="img" aria-label={t('card.notes')} className={styles.notes} />}
      </span>
    </div>
  );
}
