import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { ArrowReplyRegular, ChatSparkleRegular } from '@fluentui/react-icons';
import { Fragment, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { DeskState, MessageView, PersonView } from '../../views.ts';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { dayOf } from './times.ts';
import { Waiting } from './waiting.tsx';

const rule = { content: '""', flexGrow: 1, height: '1px', backgroundColor: tokens.colorNeutralStroke2 } as const;

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  scroll: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
  },
  column: {
    maxWidth: '900px',
    margin: '0 auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
  },
  day: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
    '::before': rule,
    '::after': rule,
  },
  post: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    padding: tokens.spacingHorizontalL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  replies: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    paddingInlineStart: tokens.spacingHorizontalXL,
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
  },
  reply: { alignSelf: 'flex-start' },
  foot: { padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL}` },
  footInner: {
    maxWidth: '900px',
    margin: '0 auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
  replying: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  empty: {
    margin: 'auto',
    maxWidth: '420px',
    textAlign: 'center',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXXL,
  },
  emptyIcon: { fontSize: '48px', color: tokens.colorBrandForeground1 },
  centred: { margin: 'auto' },
});

export interface ConversationProps {
  readonly id: string;
  readonly kind: 'personal' | 'channel';
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly messages: readonly MessageView[] | null;
  /** What to say, and do, when nothing was written yet. */
  readonly empty: { readonly title: string; readonly text: string; readonly action?: ReactNode };
  readonly canWrite: boolean;
  readonly onSay: (to: string, text: string, mention: boolean) => Promise<boolean>;
  readonly onOpen: (url: string) => void;
}

function newestIn(element: HTMLElement | null): HTMLElement | null {
  return [...(element?.querySelectorAll<HTMLElement>('article') ?? [])].at(-1) ?? null;
}

/** A channel with its posts and answers, or the chat with the bot. */
export function Conversation({ id, kind, state, viewer, messages, empty, canWrite, onSay, onOpen }: ConversationProps) {
  const styles = useStyles();
  const [replyTo, setReplyTo] = useState<string | null>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const news = useNews(messages, viewer.id, state);
  const inChannel = kind === 'channel';
  const roots = (messages ?? []).filter(message => !inChannel || message.thread === null);

  // New messages come into view for those who see the newest, and do not pull away those who read further up.
  // A card that is taller than the view shows its beginning. Cards get their height after they are there.
  useLayoutEffect(() => {
    const element = scroll.current;
    const inside = column.current;
    if (!element || !inside) return;
    const follow = () => {
      const newest = newestIn(element);
      if (!following.current) return;
      const isTall = newest !== null && newest.offsetHeight > element.clientHeight;
      if (isTall) newest.scrollIntoView({ block: 'start' });
      else element.scrollTop = element.scrollHeight;
    };
    follow();
    const grows = new ResizeObserver(follow);
    grows.observe(inside);
    return () => grows.disconnect();
  }, [messages]);

  const show = (message: MessageView) => (
    <Message
      message={message}
      author={state.people.find(person => person.id === message.from) ?? null}
      appName={state.app.name}
      commands={state.app.messageCommands}
      viewer={viewer.id}
      zone={state.zone}
      onOpen={onOpen}
    />
  );
  const replyingTo = roots.find(message => message.id === replyTo);

  return (
    <div className={styles.whole}>
      <section
        aria-label="Messages"
        ref={scroll}
        tabIndex={0}
        className={styles.scroll}
        onScroll={event => {
          const newest = newestIn(event.currentTarget);
          following.current =
            newest === null || newest.getBoundingClientRect().top < event.currentTarget.getBoundingClientRect().bottom;
        }}
      >
        {messages === null && <Waiting className={styles.centred} label="Fetching messages" />}
        {messages?.length === 0 && (
          <div className={styles.empty}>
            <ChatSparkleRegular className={styles.emptyIcon} aria-hidden />
            <Title3 as="h2">{empty.title}</Title3>
            <Text>{empty.text}</Text>
            {empty.action}
          </div>
        )}
        <div ref={column} className={styles.column}>
          {roots.map((message, index) => {
            const day = dayOf(message.sentAt, state.zone);
            const before = roots[index - 1];
            return (
              <Fragment key={message.id}>
                {(!before || dayOf(before.sentAt, state.zone) !== day) && (
                  <div className={styles.day}>
                    <Text size={200}>{day}</Text>
                  </div>
                )}
                {!inChannel && show(message)}
                {inChannel && (
                  <div className={styles.post}>
                    {show(message)}
                    <Replies of={message.id} messages={messages ?? []} className={styles.replies} show={show} />
                    {canWrite && (
                      <Button
                        className={styles.reply}
                        size="small"
                        appearance="subtle"
                        icon={<ArrowReplyRegular />}
                        onClick={() => setReplyTo(message.id)}
                      >
                        Reply
                      </Button>
                    )}
                  </div>
                )}
              </Fragment>
            );
          })}
        </div>
      </section>
      <div className="for-screen-readers" role="status" aria-live="polite">
        {news}
      </div>
      <div className={styles.foot}>
        <div className={styles.footInner}>
          {replyingTo && (
            <div className={styles.replying}>
              <Text size={200}>
                Replying to{' '}
                {replyingTo.from === null
                  ? state.app.name
                  : (state.people.find(person => person.id === replyingTo.from)?.name ?? 'somebody')}
              </Text>
              <Button size="small" appearance="transparent" onClick={() => setReplyTo(null)}>
                Start a new post instead
              </Button>
            </div>
          )}
          <Composer
            key={`${id} ${viewer.id}`}
            label={inChannel ? (replyingTo ? 'Write a reply' : 'Start a post') : `Write to ${state.app.name}`}
            appName={state.app.name}
            inChannel={inChannel}
            canWrite={canWrite}
            onSay={(text, mention) => {
              following.current = true;
              return onSay(replyingTo ? `${id};messageid=${replyingTo.id}` : id, text, mention);
            }}
          />
        </div>
      </div>
    </div>
  );
}

function Replies({
  of,
  messages,
  className,
  show,
}: {
  readonly of: string;
  readonly messages: readonly MessageView[];
  readonly className: string;
  readonly show: (message: MessageView) => ReactNode;
}) {
  const replies = messages.filter(message => message.thread === of);
  if (replies.length === 0) return null;
  return (
    <div className={className}>
      {replies.map(reply => (
        <Fragment key={reply.id}>{show(reply)}</Fragment>
      ))}
    </div>
  );
}

/** One sentence about the newest message of others that came while this conversation was open. */
function useNews(messages: readonly MessageView[] | null, viewer: string, state: DeskState): string {
  const [news, setNews] = useState('');
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (!messages) return;
    const last = messages.at(-1);
    const isNew = known.current !== null && messages.length > known.current;
    known.current = messages.length;
    if (!isNew || !last || last.from === viewer) return;
    const name =
      last.from === null ? state.app.name : (state.people.find(person => person.id === last.from)?.name ?? '');
    setNews(`New message from ${name}: ${last.summary ?? (last.text || 'a card')}`);
  }, [messages, viewer, state]);
  return news;
}
