import {
  AvatarGroup,
  AvatarGroupItem,
  Button,
  Caption1,
  makeStyles,
  Subtitle1,
  tokens,
} from '@fluentui/react-components';
import { AppsAddInRegular, NumberSymbolRegular } from '@fluentui/react-icons';
import type { DeskState, MessageView, PersonView, TeamView } from '../../views.ts';
import { api, troubleWith } from './api.ts';
import { Calls } from './calls.tsx';
import { Conversation } from './conversation.tsx';
import { FilesPlace, filesPlace } from './files-place.tsx';
import { Mark } from './mark.tsx';
import { chatPlace, type PlaceId } from './rail.tsx';
import { TabFrame } from './tab-frame.tsx';
import { placeIn, type Place, type ThemeName } from './teams-host.ts';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    minHeight: '52px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  about: { color: tokens.colorNeutralForeground2, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  more: { color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  group: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    '@media (max-width: 640px)': { display: 'none' },
  },
});

export interface CentreProps {
  readonly place: PlaceId;
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly messages: readonly MessageView[] | null;
  readonly theme: ThemeName;
  readonly onGo: (place: PlaceId) => void;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly say: (sentence: string, intent?: 'info' | 'error') => void;
}

/** The place one is at: a channel, the chat with the bot, a tab, or the list of calls. */
export function Centre({ place, state, viewer, messages, theme, onGo, act, say }: CentreProps) {
  const styles = useStyles();
  if (place === 'calls') return <Calls />;
  const library = state.teams.find(one => filesPlace(one.id) === place);
  if (library) return <FilesPlace team={library} zone={state.zone} />;

  const team = state.teams.find(
    one => one.channels.some(channel => channel.id === place) || one.tabs.some(tab => tab.id === place),
  );
  const tab = team?.tabs.find(one => one.id === place);
  const chat = state.conversations.find(one => one.kind === 'personal');

  async function onSay(to: string, text: string, mention: boolean): Promise<boolean> {
    try {
      const trouble = troubleWith(await api.say({ user: viewer.id, to, text, mention }));
      if (trouble) say(trouble, 'error');
      return true;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'error');
      return false;
    }
  }
  function navigate(to: Place, from: TeamView | undefined): void {
    const tabs = from?.tabs ?? state.teams[0]?.tabs ?? [];
    const target =
      tabs.find(one => to.subPageId !== undefined && one.subEntityId === to.subPageId) ??
      tabs.find(one => one.entityId === to.pageId) ??
      tabs[0];
    if (target) onGo(target.id);
  }
  /** A link in a card that leads into the app's own tab stays on the desk, as it stays in Teams. */
  function open(url: string): void {
    const inside = placeIn(url);
    if (inside) navigate(inside, team ?? state.teams.find(one => one.members.includes(viewer.id)));
    else window.open(url, '_blank', 'noopener');
  }

  if (team && tab) {
    return (
      <TabFrame
        // Another person, or another screen, is another page: it starts anew as in Teams.
        key={`${tab.id} ${viewer.id}`}
        state={state}
        viewer={viewer}
        team={team}
        theme={theme}
        title={tab.name}
        url={tab.contentUrl}
        entityId={tab.entityId}
        subEntityId={tab.subEntityId}
        frameContext="content"
        onNavigate={to => navigate(to, team)}
        onShare={link =>
          void navigator.clipboard.writeText(link).then(
            () => say('The link is in your clipboard.'),
            () => say(link),
          )
        }
      />
    );
  }

  if (place === chatPlace) {
    return (
      <>
        <header className={styles.head}>
          <Mark size={32} />
          <div className={styles.words}>
            <Subtitle1 as="h2">{state.app.name}</Subtitle1>
            <Caption1 className={styles.about}>Personal chat of {viewer.name}</Caption1>
          </div>
        </header>
        <Conversation
          key={viewer.id}
          id={chat?.id ?? ''}
          kind="personal"
          state={state}
          viewer={viewer}
          messages={chat ? messages : []}
          canWrite={chat !== undefined && !viewer.blocked}
          onSay={onSay}
          onOpen={open}
          empty={
            chat
              ? {
                  title: 'Nothing here yet',
                  text: 'Messages meant for you alone arrive here. Say “help” to see what the bot can do.',
                  action: (
                    <Button appearance="primary" onClick={() => void onSay('personal', 'help', false)}>
                      Say “help”
                    </Button>
                  ),
                }
              : {
                  title: 'No chat yet',
                  text: `${state.app.name} is in no team of ${viewer.name}. Once they join a team that has it, the chat begins.`,
                }
          }
        />
      </>
    );
  }

  if (!team) return null;
  const channel = team.channels.find(one => one.id === place);
  const members = state.people.filter(person => team.members.includes(person.id));
  const shown = members.slice(0, 4);
  return (
    <>
      <header className={styles.head}>
        <NumberSymbolRegular fontSize={24} aria-hidden />
        <div className={styles.words}>
          <Subtitle1 as="h2">{channel?.name}</Subtitle1>
          <Caption1 className={styles.about}>{team.description}</Caption1>
        </div>
        <div className={styles.group}>
          <AvatarGroup layout="stack" size={28} aria-label={`${members.length} people in ${team.name}`}>
            {shown.map(person => (
              <AvatarGroupItem key={person.id} name={person.name} color="colorful" />
            ))}
          </AvatarGroup>
          {members.length > shown.length && (
            <Caption1 className={styles.more}>and {members.length - shown.length} more</Caption1>
          )}
        </div>
      </header>
      <Conversation
        key={`${place} ${viewer.id}`}
        id={place}
        kind="channel"
        state={state}
        viewer={viewer}
        messages={messages}
        canWrite
        onSay={onSay}
        onOpen={open}
        empty={
          team.installed
            ? { title: 'A quiet channel', text: `Write something, or mention ${state.app.name} and say “help”.` }
            : {
                title: `Bring ${state.app.name} in`,
                text: `Add the app to ${team.name}: it says hello here and offers to set things up.`,
                action: (
                  <Button
                    appearance="primary"
                    icon={<AppsAddInRegular />}
                    onClick={() => void act('install', { team: team.id, by: viewer.id })}
                  >
                    Add {state.app.name}
                  </Button>
                ),
              }
        }
      />
    </>
  );
}
