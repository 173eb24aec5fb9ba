import { useState } from 'react';
import { Avatar, Button, Combobox, Field, Option, Text, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../domain/api.ts';
import type { Person } from '../../../domain/community.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { findPeople } from '../../lib/find-people.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettingsText } from './text.ts';

/** Most people in one role, as the settings' schema has it. */
const most = 20;

const useStyles = makeStyles({
  field: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  people: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  person: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    paddingLeft: tokens.spacingHorizontalXS,
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    minWidth: 0,
  },
});

/** Chooses people of the team by name. */
export function PeopleField({ label, hint, warning, people, change }: {
  readonly label: string;
  readonly hint: string;
  readonly warning: string | null;
  readonly people: readonly Person[];
  readonly change: (people: Person[]) => void;
}) {
  const { communityId, announce, texts: { locale } } = useSession();
  const call = useCall();
  const t = useSettingsText();
  const styles = useStyles();
  const { ref: field, focus } = useFocusTarget();
  const [typed, setTyped] = useState('');
  const members = useQuery({ queryKey: keys.members(communityId), queryFn: ({ signal }) => call(api.members, { signal }), staleTime: 60_000 });

  const full = people.length >= most;
  const others = (members.data?.members ?? []).filter(member => people.every(person => person.id !== member.id));
  const { found, more } = findPeople(others, typed, locale);

  function add(id: string | undefined): void {
    const member = found.find(candidate => candidate.id === id);
    setTyped('');
    if (!member || full) return;
    announce(t('people.added', { name: member.name }));
    change([...people, { id: member.id, name: member.name }]);
  }

  function remove(gone: Person): void {
    announce(t('people.removed', { name: gone.name }));
    change(people.filter(person => person.id !== gone.id));
    // Its button is gone, so the focus needs a place nearby.
    focus();
  }

  return (
    <div className={styles.field}>
      <Field label={label} hint={full ? t('people.full', { count: most }) : hint} {...(warning === null ? {} : { validationState: 'warning', validationMessage: warning })}>
        <Combobox
          ref={field}
          placeholder={t('people.placeholder')}
          value={typed}
          selectedOptions={[]}
          disabled={full}
          onChange={event => setTyped(event.target.value)}
          onBlur={() => setTyped('')}
          onOptionSelect={(_, { optionValue }) => add(optionValue)}
        >
          {found.map(member => (
            <Option key={member.id} value={member.id} text={member.name}>
              <Avatar aria-hidden name={member.name} color="colorful" size={24} />
              {member.owner ? t('people.owner', { name: member.name }) : member.name}
            </Option>
          ))}
          {more > 0 && <Option value="" disabled text="">{t('people.more', { count: more })}</Option>}
          {found.length === 0 && <Option value="" disabled text="">{t(members.isPending ? 'people.loading' : 'people.none')}</Option>}
        </Combobox>
      </Field>
      {people.length > 0 && (
        <ul className={styles.people} aria-label={label}>
          {people.map(person => (
            <li key={person.id} className={styles.person}>
              <Avatar aria-hidden name={person.name} color="colorful" size={24} />
              <Text truncate wrap={false}>{person.name}</Text>
              <Button appearance="transparent" shape="circular" icon={<DismissRegular />} aria-label={t('people.remove', { name: person.name, role: label })} onClick={() => remove(person)} />
            </li>
          ))}
        </ul>
      )}
      {members.isError && <FailureNotice error={members.error} again={() => void members.refetch()} />}
    </div>
  );
}
