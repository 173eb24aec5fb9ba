import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import type { ChannelView, DeskState, PersonView, TeamView } from '../../views.ts';
import { TeamsDialog } from './teams-dialog.tsx';
import { TabFrame } from './tab-frame.tsx';
import type { TabConfig, TeamsHost, ThemeName } from './teams-host.ts';

/** Adding a tab to a channel: the app's configuration page, with Teams' Save button below it. */
export function TabSetup({
  state,
  viewer,
  team,
  channel,
  theme,
  onSaved,
  onClose,
}: {
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly team: TeamView;
  readonly channel: ChannelView;
  readonly theme: ThemeName;
  readonly onSaved: (config: TabConfig) => void;
  readonly onClose: () => void;
}) {
  const [valid, setValid] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [host, setHost] = useState<TeamsHost | null>(null);
  return (
    <TeamsDialog
      isPage
      title={`Add a tab to ${channel.name}`}
      action="Save"
      mayAct={valid && !saving && host !== null}
      onAct={() => {
        setSaving(true);
        host?.save();
      }}
      onClose={onClose}
    >
      {problem !== null && (
        <MessageBar intent="error">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      <TabFrame
        state={state}
        viewer={viewer}
        place={{ team, channel }}
        theme={theme}
        title={`Set up ${state.app.name}`}
        url={`${state.productUrl}/tabs/?frame=config`}
        entityId=""
        subEntityId={null}
        frameContext="settings"
        onValidity={setValid}
        onHost={setHost}
        onSaved={config => {
          setSaving(false);
          if (config) onSaved(config);
          else setProblem('The page said that it saved, but not what.');
        }}
        onSaveFailed={reason => {
          setSaving(false);
          setProblem(reason || 'The page could not save.');
        }}
      />
    </TeamsDialog>
  );
}
