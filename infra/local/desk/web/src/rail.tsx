import { Caption1, CounterBadge, makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components';
import { AppsListRegular, BotSparkleRegular, NumberSymbolRegular, TableRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { DeskState } from '../../views.ts';
import { ChannelMenu, DeletedChannels } from './channel-menu.tsx';
import { listsPlace } from './lists-place.tsx';
import { chatPlace, personalTabPlace, shownAt, type PlaceId } from './places.ts';

const useStyles = makeStyles({
  rail: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXL,
    padding: tokens.spacingHorizontalM,
    overflowY: 'auto',
    minHeight: 0,
  },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS },
  // A place, or a team, and the menu beside it.
  row: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  heading: { flexGrow: 1, padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}` },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', rowGap: '2px' },
  place: {
    boxSizing: 'border-box',
    width: '100%',
    minHeight: '40px',
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `0 ${tokens.spacingHorizontalM}`,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    color: tokens.colorNeutralForeground2,
    backgroundColor: 'transparent',
    border: `1px solid transparent`,
    borderRadius: tokens.borderRadiusLarge,
    cursor: 'pointer',
    textAlign: 'start',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& svg': { fontSize: '20px', flexShrink: 0 },
  },
  here: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: tokens.shadow2,
    borderTopColor: tokens.colorTransparentStroke,
    borderRightColor: tokens.colorTransparentStroke,
    borderBottomColor: tokens.colorTransparentStroke,
    borderLeftColor: tokens.colorTransparentStroke,
    '& svg': { color: tokens.colorBrandForeground1 },
  },
  name: { flexGrow: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/** Where one can go: the teams' channels, the chat with the bot, and the app's own tabs. */
export function Rail({
  state,
  place,
  viewer,
  onGo,
  act,
}: {
  readonly state: DeskState;
  readonly place: PlaceId;
  readonly viewer: string;
  readonly onGo: (place: PlaceId) => void;
  readonly act: (path: string, body: object) => Promise<void>;
}) {
  const styles = useStyles();
  const chat = state.conversations.find(one => one.kind === 'personal');

  // A channel's tabs and files are in the channel.
  const shown = shownAt(place, state);
  const isAt = (id: PlaceId) => ('channel' in shown ? shown.channel.id === id : place.split('?')[0] === id);

  const link = (id: PlaceId, icon: ReactNode, name: string, unread = 0, menu?: ReactNode) => (
    <li key={id} className={styles.row}>
      <button
        type="button"
        className={mergeClasses(styles.place, isAt(id) && styles.here)}
        aria-current={isAt(id) ? 'page' : undefined}
        onClick={() => onGo(id)}
      >
        {icon}
        <span className={styles.name}>{name}</span>
        {unread > 0 && (
          <>
            <CounterBadge count={unread} size="small" aria-hidden />
            <span className="for-screen-readers">{unread} unread</span>
          </>
        )}
      </button>
      {menu}
    </li>
  );

  return (
    <nav className={styles.rail} aria-label="Places">
      {state.teams.map(team => (
        <div key={team.id} className={styles.group}>
          <div className={styles.row}>
            <div className={styles.heading}>
              <Subtitle2 as="h2" block>
                {team.name}
              </Subtitle2>
              <Caption1 className={styles.quiet}>
                {team.members.includes(viewer) ? `${team.members.length} people` : 'You are not in this team'}
              </Caption1>
            </div>
            <DeletedChannels team={team} act={act} />
          </div>
          <ul className={styles.list}>
            {team.channels
              .filter(({ id }) => state.conversations.some(one => one.id === id))
              .map(channel =>
                link(
                  channel.id,
                  <NumberSymbolRegular />,
                  channel.name,
                  state.conversations.find(one => one.id === channel.id)?.unread,
                  <ChannelMenu team={team} channel={channel} act={act} />,
                ),
              )}
            {team.members.includes(viewer) && link(listsPlace(team.id), <TableRegular />, 'SharePoint lists')}
          </ul>
        </div>
      ))}
      <div className={styles.group}>
        <Subtitle2 as="h2" block className={styles.heading}>
          Chat
        </Subtitle2>
        <ul className={styles.list}>
          {link(chatPlace, <BotSparkleRegular />, state.app.name, chat?.unread)}
          {state.app.personalTabs.map(tab => link(personalTabPlace(tab), <AppsListRegular />, tab.name))}
        </ul>
      </div>
    </nav>
  );
}
