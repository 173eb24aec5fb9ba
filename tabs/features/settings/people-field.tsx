import { useState } from 'react';
import { Avatar, Field, Tag, TagPicker, TagPickerControl, TagPickerGroup, TagPickerInput, TagPickerList, TagPickerOption, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../domain/api.ts';
import type { Person } from '../../../domain/community.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettingsText } from './text.ts';

/** Most people in one role, as the settings' schema has it. */
const most = 20;

/** Chooses people of the team by name. */
export function PeopleField({ label, hint, warning, people, change }: {
  readonly label: string;
  readonly hint: string;
  readonly warning: string | null;
  readonly people: readonly Person[];
  readonly change: (people: Person[]) => void;
}) {
  const { communityId } = useSession();
  const call = useCall();
  const t = useSettingsText();
  const [typed, setTyped] = useState('');
  const members = useQuery({ queryKey: keys.members(communityId), queryFn: ({ signal }) => call(api.members, { signal }), staleTime: 60_000 });

  const chosen = people.map(person => person.id);
  const full = people.length >= most;
  const found = (members.data?.members ?? [])
    .filter(member => !chosen.includes(member.id) && member.name.toLowerCase().includes(typed.trim().toLowerCase()))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const nothing = members.isPending ? t('people.loading') : full ? t('people.full', { count: most }) : t('people.none');

  function select(ids: readonly string[]): void {
    setTyped('');
    if (ids.includes('')) return;
    const known = new Map<string, Person>([...(members.data?.members ?? []), ...people].map(({ id, name }) => [id, { id, name }]));
    change(ids.slice(0, most).flatMap(id => known.get(id) ?? []));
  }

  return (
    <>
      <Field label={label} hint={hint} {...(warning === null ? {} : { validationState: 'warning', validationMessage: warning })}>
        <TagPicker selectedOptions={chosen} onOptionSelect={(_, data) => select(data.selectedOptions)}>
          <TagPickerControl>
            <TagPickerGroup aria-label={label}>
              {people.map(person => (
                <Tag key={person.id} value={person.id} shape="rounded" media={<Avatar aria-hidden name={person.name} color="colorful" />}>{person.name}</Tag>
              ))}
            </TagPickerGroup>
            <TagPickerInput aria-label={label} placeholder={people.length === 0 ? t('people.placeholder') : ''} value={typed} onChange={event => setTyped(event.target.value)} />
          </TagPickerControl>
          <TagPickerList>
            {found.length === 0 || full
              ? <TagPickerOption value="" aria-disabled>{nothing}</TagPickerOption>
              : found.map(member => (
                <TagPickerOption
                  key={member.id}
                  value={member.id}
                  text={member.name}
                  media={<Avatar aria-hidden name={member.name} color="colorful" />}
                  {...(member.owner ? { secondaryContent: t('people.owner') } : {})}
                >
                  {member.name}
                </TagPickerOption>
              ))}
          </TagPickerList>
        </TagPicker>
      </Field>
      {members.isError && <FailureNotice error={members.error} again={() => void members.refetch()} />}
      {full && <Text size={200}>{t('people.full', { count: most })}</Text>}
    </>
  );
}
