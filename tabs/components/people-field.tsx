import { useState, type ReactNode } from 'react';
import { Button, Field, Text, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular, PersonProhibitedRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { tabApi } from '../../domain/tab/api.ts';
import type { Person } from '../../domain/community.ts';
import { findPeople } from '../lib/find-people.ts';
import { useFocusTarget } from '../lib/focus.ts';
import { keys } from '../lib/queries.ts';
import { useCall, useSession } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';
import { Badge } from './badge.tsx';
import { Avatar } from './avatar.tsx';
import { Choice } from './choice.tsx';
import { FailureNotice } from './failure-notice.tsx';

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
  const {
    communityId,
    announce,
    texts: { locale },
  } = useSession();
  const call = useCall();
  const t = useShellText();
  const styles = useStyles();
  const { ref: field, focus } = useFocusTarget();
  const [typed, setTyped] = useState('');
  const members = useQuery({
    queryKey: keys.members(communityId),
    queryFn: ({ signal }) => call(tabApi.members, { signal }),
    staleTime: 60_000,
    enabled: !readOnly,
  });

  const full = people.length >= most;
  const others = (members.data?.members ?? []).filter(member => people.every(({ id }) => id !== member.id));
  const { found, more } = findPeople(others, typed, locale);

  function hasLeft({ id }: Person): boolean {
    return left.includes(id) || (members.data?.members.every(member => member.id !== id) ?? false);
  }

  function add(id: string | undefined): void {
    const member = found.find(candidate => candidate.id === id);
    setTyped('');
    if (!member || full) return;
    announce(t('people.added', { name: member.name }));
    change([...people, { id: member.id, name: member.name }]);
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
          <Choice
            ref={field}
            placeholder={t('people.placeholder')}
            value={typed}
            chosen={[]}
            disabled={full}
            type={setTyped}
            leave={() => setTyped('')}
            choose={add}
            options={[
              ...found.map(member => ({
                value: member.id,
                text: member.name,
                shown: (
                  <>
                    <Avatar name={member.name} size={24} />
                    {member.owner ? t('people.owner', { name: member.name }) : member.name}
                  </>
                ),
              })),
              ...(more > 0 ? [line('more', t('people.more', { count: more }))] : []),
              ...(found.length === 0 ? [line('none', t(members.isPending ? 'people.loading' : 'people.none'))] : []),
            ]}
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

/** A line of the list that says something and cannot be chosen. */
function line(value: string, shown: string) {
  return { value, text: '', shown, disabled: true };
}
