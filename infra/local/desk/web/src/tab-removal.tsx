import { useState } from 'react';
import type { ChannelView, DeskState, PersonView, TabView, TeamView } from '../../views.ts';
import { TeamsDialog } from './teams-dialog.tsx';
import { TabFrame } from './tab-frame.tsx';
import type { TeamsHost, ThemeName } from './teams-host.ts';

/** Taking a tab away: the app's removal page, with Teams' Remove button below it. */
export function TabRemoval({
  state,
  viewer,
  team,
  channel,
  tab,
  theme,
  onRemoved,
  onClose,
}: {
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly team: TeamView;
  readonly channel: ChannelView;
  readonly tab: TabView;
  readonly theme: ThemeName;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}) {
  const [host, setHost] = useState<TeamsHost | null>(null);
  return (
    // Without a page of the app's own there is nobody to wait for.
    <TeamsDialog
      isPage
      title={`Remove ${tab.name}`}
      action="Remove"
      onAct={() => (host ? host.remove() : onRemoved())}
      onClose={onClose}
    >
      {tab.removeUrl !== null && (
        <TabFrame
          state={state}
          viewer={viewer}
          place={{ team, channel }}
          theme={theme}
          title={`Remove ${tab.name}`}
          url={tab.removeUrl}
          entityId={tab.entityId}
          subEntityId={null}
          frameContext="remove"
          onHost={setHost}
          onRemoved={onRemoved}
        />
      )}
    </TeamsDialog>
  );
}
