import { useState } from 'react';
import { Avatar } from './avatar.tsx';
import type { Person } from '../../domain/community.ts';
import { findPeople } from '../lib/find-people.ts';
import type { FocusTarget } from '../lib/focus.ts';
import { useSession } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';
import { useMembers } from '../lib/use-members.ts';
import { Choice } from './choice.tsx';

/** A field that finds one person of the team by name. */
export function MemberChoice({
  ref,
  label,
  placeholder,
  without = [],
  nobody,
  disabled = false,
  choose,
}: {
  readonly ref?: FocusTarget['ref'];
  /** For a field that has no label in sight. */
  readonly label?: string;
  readonly placeholder?: string;
  /** Who is chosen already. */
  readonly without?: readonly Person[];
  /** The word for nobody, where that can be chosen, too. */
  readonly nobody?: string;
  readonly disabled?: boolean;
  /** Null for nobody. */
  readonly choose: (person: Person | null) => void;
}) {
  const {
    texts: { locale },
  } = useSession();
  const t = useShellText();
  const [typed, setTyped] = useState('');
  const members = useMembers();
  const others = (members.data?.members ?? []).filter(member => without.every(({ id }) => id !== member.id));
  const { found, more } = findPeople(others, typed, locale);

  return (
    <Choice
      {...(ref ? { ref } : {})}
      {...(label === undefined ? {} : { label })}
      placeholder={placeholder ?? t('people.placeholder')}
      value={typed}
      chosen={[]}
      disabled={disabled}
      type={setTyped}
      leave={() => setTyped('')}
      choose={value => {
        const member = found.find(({ id }) => id === value);
        setTyped('');
        if (member) choose({ id: member.id, name: member.name });
        else if (value === none && nobody !== undefined) choose(null);
      }}
      options={[
        ...(nobody !== undefined && typed === '' ? [{ value: none, text: nobody, shown: nobody }] : []),
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
  );
}

/** No member's id is empty. */
const none = '';

/** A line of the list that says something and cannot be chosen. */
function line(value: string, shown: string) {
  return { value, text: '', shown, disabled: true };
}
