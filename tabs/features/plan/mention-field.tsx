import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Field, Text, Textarea, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Person } from '../../../domain/community.ts';
import { longestComment, mostMentions } from '../../../domain/plan/comments.ts';
import { tabApi } from '../../../domain/tab/api.ts';
import { Avatar } from '../../components/avatar.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { findPeople } from '../../lib/find-people.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useCommentsText } from './comments-text.ts';
import { mentionAt, withMention, type MentionTyped } from './mentions.ts';

/** So many people are offered at once: who is none of them is found by typing on. */
const mostOffered = 6;

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  people: {
    listStyleType: 'none',
    margin: 0,
    padding: tokens.spacingVerticalXS,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow4,
  },
  person: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    minHeight: '2.25rem',
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: '-2px',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What comes up below the field may lie below the edge of the panel. */
function showAll(list: HTMLElement | null): void {
  list?.scrollIntoView({ block: 'nearest' });
}

/** A comment as it stands in the field; of the people those count whose `@Name` is still in the text. */
export interface TypedWords {
  readonly text: string;
  readonly people: readonly Person[];
}

/**
 * A field for a comment. Typing `@` offers people of the community below it, while the focus stays in the text: arrow
 * keys choose, Enter or Tab takes, Escape closes. It stays a text field for assistive technology, as no text area may be
 * a combo box; what is offered is said aloud instead.
 */
export function MentionField({
  label,
  hint,
  words,
  busy,
  change,
  send,
  leave,
  focus,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly words: TypedWords;
  readonly busy: boolean;
  readonly change: (words: TypedWords) => void;
  /** Ctrl+Enter. */
  readonly send: () => void;
  /** Escape, where nobody is offered. */
  readonly leave?: () => void;
  readonly focus?: (element: HTMLElement | null) => void;
}) {
  const { communityId, announce, texts } = useSession();
  const { me } = useCommunity();
  const call = useCall();
  const t = useCommentsText();
  const styles = useStyles();
  const id = useId();
  const field = useRef<HTMLTextAreaElement | null>(null);
  const [mention, setMention] = useState<MentionTyped | null>(null);
  const [at, setAt] = useState(0);
  const members = useQuery({
    queryKey: keys.members(communityId),
    queryFn: ({ signal }) => call(tabApi.members, { signal }),
    staleTime: 60_000,
    enabled: mention !== null,
  });
  const offered = offeredFor(mention?.typed ?? '');
  const open = mention !== null && members.data !== undefined;
  // What has spaces in it and fits nobody is a sentence, not a name.
  const isSearch = open && (offered.length > 0 || !/\s/.test(mention.typed));

  const count = isSearch ? offered.length : 0;
  useEffect(() => {
    if (count > 0) announce(t('found', { count }));
  }, [announce, count, t]);

  function offeredFor(typed: string): readonly Person[] {
    if (words.people.length >= mostMentions) return [];
    const others = (members.data?.members ?? []).filter(member => member.id !== me.id);
    return findPeople(others, typed, texts.locale).found.slice(0, mostOffered);
  }

  function look(element: HTMLTextAreaElement): void {
    const next = mentionAt(element.value, element.selectionEnd);
    setMention(next);
    setAt(0);
  }

  function take(person: Person | undefined): void {
    if (!mention || !person) return;
    const { text, caret } = withMention(words.text, mention, person.name);
    change({
      text,
      people: [...words.people.filter(one => one.id !== person.id), { id: person.id, name: person.name }],
    });
    setMention(null);
    announce(t('mentioned', { name: person.name }));
    // The text is there after the next render.
    setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // Else the whole action would be saved.
      event.stopPropagation();
      event.preventDefault();
      return send();
    }
    if (key === 'Escape' && (isSearch || leave)) {
      // Else the panel would close.
      event.stopPropagation();
      event.preventDefault();
      return isSearch ? setMention(null) : leave?.();
    }
    if (count === 0) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      setAt((at + (key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    } else if ((key === 'Enter' || key === 'Tab') && !event.shiftKey) {
      event.preventDefault();
      take(offered[at]);
    }
  }

  return (
    <div className={styles.part}>
      <Field label={label} {...(hint === undefined ? {} : { hint })}>
        <Textarea
          ref={element => {
            field.current = element;
            focus?.(element);
          }}
          dir="auto"
          resize="vertical"
          value={words.text}
          maxLength={longestComment}
          readOnly={busy}
          aria-autocomplete="list"
          {...(count > 0 ? { 'aria-controls': `${id}-people`, 'aria-activedescendant': `${id}-${at}` } : {})}
          onChange={(event, { value }) => {
            change({ ...words, text: value });
            look(event.target);
          }}
          onSelect={event => look(event.currentTarget)}
          onKeyDown={onKeyDown}
          onBlur={() => setMention(null)}
        />
      </Field>
      {count > 0 && (
        <ul ref={showAll} id={`${id}-people`} role="listbox" aria-label={t('people')} className={styles.people}>
          {offered.map((person, index) => (
            <li
              key={person.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              className={mergeClasses(styles.person, index === at && styles.chosen)}
              // The focus stays in the text.
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(person)}
            >
              <Avatar name={person.name} size={24} />
              {person.name}
            </li>
          ))}
        </ul>
      )}
      {isSearch && offered.length === 0 && (
        <Text size={200} role="status" className={styles.quiet}>
          {t('nobody')}
        </Text>
      )}
      {mention !== null && members.isError && (
        <FailureNotice error={members.error} again={() => void members.refetch()} />
      )}
    </div>
  );
}
