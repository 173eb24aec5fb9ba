import { AvatarGroup, AvatarGroupItem, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { AppsAddInRegular, LockClosedRegular, NumberSymbolRegular, ShareRegular } from '@fluentui/react-icons';
import type { ChannelView, DeskState, MessageView, PersonView } from '../../views.ts';
import { api, troubleWith } from './api.ts';
import { Calls } from './calls.tsx';
import { Conversation } from './conversation.tsx';
import { FilesPlace, filesPlace } from './files-place.tsx';
import { ListsPlace } from './lists-place.tsx';
import { Mark } from './mark.tsx';
import { PlaceHead } from './place-head.tsx';
import { chatPlace, personalTabPlace, placeOf, shownAt, tabPlace, type PlaceId, type Shown } from './places.ts';
import { TabFrame } from './tab-frame.tsx';
import type { ThemeName } from './teams-host.ts';
import { TopTabs } from './top-tabs.tsx';

const useStyles = makeStyles({
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
  readonly onAddTab: (channelId: string) => void;
  readonly onRemoveTab: (tabId: string) => void;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly say: (sentence: string, intent?: 'info' | 'error') => void;
}

type InChannel = Extract<Shown, { readonly channel: unknown }>;

/** The place one is at: a channel, the chat with the bot, a tab, or the list of calls. */
export function Centre(props: CentreProps) {
  const { place, state } = props;
  const shown = shownAt(place, state);
  switch (shown.shows) {
    case 'calls':
      return <Calls />;
    case 'nothing':
      return null;
    case 'lists':
      return (
        <ListsPlace
          key={`${shown.team.id} ${props.viewer.id}`}
          team={shown.team}
          viewer={props.viewer}
          zone={state.zone}
        />
      );
    case 'chat':
    case 'personal tab':
      return <OwnPlace {...props} shown={shown} />;
    default:
      return <ChannelPlace {...props} shown={shown} />;
  }
}

/** A link stays on the desk where it would stay in Teams; where Teams finds nothing, the desk says why. */
function openFrom({ state, viewer, onGo, say }: CentreProps): (url: string) => void {
  return url => {
    const place = placeOf(url, state, viewer.id);
    if (typeof place === 'string') onGo(place);
    else if (place.opens === 'elsewhere') window.open(url, '_blank', 'noopener');
    else say(`Teams would open nothing. ${place.why}`, 'error');
  };
}

function sayTo({ viewer, say }: CentreProps) {
  return async (to: string, text: string, mention: boolean): Promise<boolean> => {
    try {
      const trouble = troubleWith(await api.say({ user: viewer.id, to, text, mention }));
      if (trouble) say(trouble, 'error');
      return true;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'error');
      return false;
    }
  };
}

/** A page of the app: of a channel, or the person's own. */
function Tab({ shown, ...props }: CentreProps & { readonly shown: Extract<Shown, { readonly tab: unknown }> }) {
  const { state, viewer, theme, onGo, say } = props;
  const { tab, subPage } = shown;
  return (
    <TabFrame
      // Another person, or another place in it, is another page: it starts anew as in Teams.
      key={`${props.place} ${viewer.id}`}
      state={state}
      viewer={viewer}
      place={'channel' in shown ? { team: shown.team, channel: shown.channel } : null}
      theme={theme}
      title={tab.name}
      url={tab.contentUrl}
      entityId={tab.entityId}
      subEntityId={subPage}
      frameContext="content"
      onNavigate={to => onGo('channel' in shown ? tabPlace(shown.tab, to) : personalTabPlace(shown.tab, to))}
      onOpen={openFrom(props)}
      onShare={link =>
        void navigator.clipboard.writeText(link).then(
          () => say('The link is in your clipboard.'),
          () => say(link),
        )
      }
    />
  );
}

/** What is the person's own: the chat with the bot, and the app's tabs beside it. */
function OwnPlace({
  shown,
  ...props
}: CentreProps & {
  readonly shown: Extract<Shown, { readonly shows: 'chat' | 'personal tab' | 'calls' | 'nothing' }>;
}) {
  const { state, viewer, messages, onGo, place } = props;
  const chat = state.conversations.find(one => one.kind === 'personal');
  const onSay = sayTo(props);
  return (
    <>
      <PlaceHead
        icon={<Mark size={32} />}
        title={state.app.name}
        about={`${viewer.name}’s own place: nobody else sees it`}
      />
      <TopTabs
        label={`Tabs of ${state.app.name}`}
        tabs={[
          { place: chatPlace, name: 'Chat' },
          ...state.app.personalTabs.map(tab => ({ place: personalTabPlace(tab), name: tab.name })),
        ]}
        here={place.split('?')[0] ?? ''}
        onGo={onGo}
      />
      {shown.shows === 'personal tab' ? (
        <Tab {...props} shown={shown} />
      ) : (
        <Conversation
          key={viewer.id}
          id={chat?.id ?? ''}
          kind="personal"
          state={state}
          viewer={viewer}
          messages={chat ? messages : []}
          canWrite={chat !== undefined && !viewer.blocked}
          onSay={onSay}
          onOpen={openFrom(props)}
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
      )}
    </>
  );
}

/** A channel, with its posts, its team's files and its tabs on top. */
function ChannelPlace({ shown, ...props }: CentreProps & { readonly shown: InChannel }) {
  const { place, state, viewer, messages, onGo, onAddTab, onRemoveTab, act } = props;
  const { team, channel } = shown;
  const styles = useStyles();
  const members = state.people.filter(person => team.members.includes(person.id));
  const some = members.slice(0, 4);
  const hasTabs = team.installed && channel.hasApp;
  return (
    <>
      <PlaceHead icon={<ChannelMark type={channel.type} />} title={channel.name} about={team.description}>
        <div className={styles.group}>
          <AvatarGroup layout="stack" size={28} aria-label={`${members.length} people in ${team.name}`}>
            {some.map(person => (
              <AvatarGroupItem key={person.id} name={person.name} color="colorful" />
            ))}
          </AvatarGroup>
          {members.length > some.length && (
            <Caption1 className={styles.more}>and {members.length - some.length} more</Caption1>
          )}
        </div>
      </PlaceHead>
      <TopTabs
        label={`Tabs of ${channel.name}`}
        tabs={[
          { place: channel.id, name: 'Posts' },
          { place: filesPlace(channel.id), name: 'Files' },
          ...(hasTabs ? team.tabs.filter(({ channelId }) => channelId === channel.id) : []).map(tab => ({
            place: tabPlace(tab),
            name: tab.name,
          })),
        ]}
        here={place.split('?')[0] ?? ''}
        onGo={onGo}
        onAdd={hasTabs ? () => onAddTab(channel.id) : undefined}
        onRemove={shown.shows === 'channel tab' ? () => onRemoveTab(shown.tab.id) : undefined}
      />
      {shown.shows === 'files' && <FilesPlace team={team} zone={state.zone} />}
      {shown.shows === 'channel tab' && <Tab {...props} shown={shown} />}
      {shown.shows === 'channel' && (
        <Conversation
          key={`${place} ${viewer.id}`}
          id={place}
          kind="channel"
          state={state}
          viewer={viewer}
          messages={messages}
          canWrite
          onSay={sayTo(props)}
          onOpen={openFrom(props)}
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
      )}
    </>
  );
}

function ChannelMark({ type }: { readonly type: ChannelView['type'] }) {
  switch (type) {
    case 'private':
      return <LockClosedRegular fontSize={24} aria-label="Private channel" />;
    case 'shared':
      return <ShareRegular fontSize={24} aria-label="Shared channel" />;
    default:
      return <NumberSymbolRegular fontSize={24} aria-hidden />;
  }
}
