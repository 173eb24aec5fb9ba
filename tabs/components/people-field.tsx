import type { ReactNode } from 'react';
import { Button, Field, Text, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular, PersonProhibitedRegular } from '@fluentui/react-icons';
import type { Person } from '../../domain/community.ts';
import { useFocusTarget } from '../lib/focus.ts';
import { useSession } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';
import { useMembers } from '../lib/use-members.ts';
import { Avatar } from './avatar.tsx';
import { Badge } from './badge.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { MemberChoice } from './member-choice.tsx';

const useStyles = makeStyles({
  field: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  people: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
  },
  person: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    minWidth: 0,
  },
});

export interface PeopleFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly warning: string | null;
  readonly people: readonly Person[];
  /** How many there may be. */
  readonly most: number;
  /** Ids of people who have left the team, where who is in it is not asked here: they are said to have. */
  readonly left?: readonly string[];
  readonly readOnly?: boolean;
  /** What stands beside the name of somebody who is in the team. */
  readonly beside?: (person: Person) => ReactNode;
  readonly change: (people: Person[]) => void;
}

/** Chooses people of the team by name. */
export function PeopleField({
  label,
  hint,
  warning,
  people,
  most,
  left = [],
  readOnly = false,
  beside,
  change,
}: PeopleFieldProps) {
  const { announce } = useSession();
  const t = useShellText();
  const styles = useStyles();
  const { ref: field, focus } = useFocusTarget();
  const members = useMembers(!readOnly);

  const full = people.length >= most;
  function hasLeft({ id }: Person): boolean {
    return left.includes(id) || (members.data?.members.every(member => member.id !== id) ?? false);
  }

  function remove(gone: Person): void {
    announce(t('people.removed', { name: gone.name }));
    change(people.filter(({ id }) => id !== gone.id));
    // Its button is gone, so the focus needs a place nearby.
    focus();
  }

  return (
    <div className={styles.field}>
      <Field
        label={label}
        hint={readOnly ? null : full ? t('people.full', { count: most }) : hint}
        {...(warning === null || readOnly ? {} : { validationState: 'warning', validationMessage: warning })}
      >
        {!readOnly ? (
          <MemberChoice
            ref={field}
            without={people}
            disabled={full}
            choose={person => {
              if (!person || full) return;
              announce(t('people.added', { name: person.name }));
              change([...people, person]);
            }}
          />
        ) : people.length === 0 ? (
          <Text>{t('people.nobody')}</Text>
        ) : undefined}
      </Field>
      {people.length > 0 && (
        <ul className={styles.people} aria-label={label}>
          {people.map(person => (
            <li key={person.id} className={styles.person}>
              {hasLeft(person) ? (
                <PersonProhibitedRegular aria-hidden fontSize={24} />
              ) : (
                <Avatar name={person.name} size={24} />
              )}
              <Text truncate wrap={false}>
                {person.name}
              </Text>
              {hasLeft(person) && (
                <Badge appearance="tint" color="warning">
                  {t('people.left')}
                </Badge>
              )}
              {!hasLeft(person) && beside?.(person)}
              {!readOnly && (
                <Button
                  size="small"
                  appearance="transparent"
                  shape="circular"
                  icon={<DismissRegular />}
                  aria-label={t('people.remove', { name: person.name, label })}
                  onClick={() => remove(person)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {members.isError && <FailureNotice error={members.error} again={() => void members.refetch()} />}
    </div>
  );
}
