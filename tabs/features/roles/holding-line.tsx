import type { ReactNode } from 'react';
import { Text, makeStyles, tokens } from '@fluentui/react-components';
import { isOutside, type HoldingOnBoard } from '../../../domain/roles/roles.ts';
import { Badge } from '../../components/badge.tsx';
import { Avatar } from '../../components/avatar.tsx';
import { showDay } from '../../lib/dates.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { useRolesText } from './text.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  who: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  names: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  name: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  note: { whiteSpace: 'pre-wrap', paddingLeft: `calc(32px + ${tokens.spacingHorizontalM})` },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    paddingLeft: `calc(32px + ${tokens.spacingHorizontalM})`,
    ':empty': { display: 'none' },
  },
});

/** Somebody who holds a role, or offers to, with the days and what needs a look. */
export function HoldingLine({
  holding,
  offer,
  today,
  buttons,
}: {
  readonly holding: HoldingOnBoard;
  readonly offer: boolean;
  readonly today: string;
  readonly buttons: ReactNode;
}) {
  const { texts } = useSession();
  const { me } = useCommunity();
  const t = useRolesText();
  const styles = useStyles();
  const { person, since, until, note, term, left } = holding;

  function days(): string {
    if (since === null) return t('unknown');
    const values = { since: showDay(since, texts.locale), until: until === null ? '' : showDay(until, texts.locale) };
    if (offer) return t('offered', values);
    if (until !== null) return t('sinceUntil', values);
    return t(since > today ? 'from' : 'since', values);
  }

  return (
    <li className={styles.line}>
      <div className={styles.who}>
        <Avatar name={person.name} size={32} />
        <div className={styles.names}>
          <span className={styles.name}>
            <Text weight="semibold">{person.id === me.id ? t('you', { name: person.name }) : person.name}</Text>
            {isOutside(person) && (
              <Badge appearance="outline" color="informative">
                {t('outside')}
              </Badge>
            )}
            {left && (
              <Badge appearance="tint" color="danger">
                {t('left')}
              </Badge>
            )}
            {!left && (term === 'ending' || term === 'over') && (
              <Badge appearance="tint" color="warning">
                {t(term)}
              </Badge>
            )}
          </span>
          <Text size={200} className={styles.quiet}>
            {days()}
          </Text>
          {isOutside(person) && (
            <Text size={200} className={styles.quiet}>
              {person.mail}
            </Text>
          )}
        </div>
      </div>
      {note.trim() !== '' && (
        <Text size={200} className={styles.note}>
          {note}
        </Text>
      )}
      <div className={styles.buttons}>{buttons}</div>
    </li>
  );
}
