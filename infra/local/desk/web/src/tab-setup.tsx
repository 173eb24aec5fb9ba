import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { ChannelView, DeskState, PersonView, TeamView } from '../../views.ts';
import { TabFrame } from './tab-frame.tsx';
import type { TabConfig, TeamsHost, ThemeName } from './teams-host.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '720px' },
  content: { display: 'flex', flexDirection: 'column', height: '55vh', minHeight: '240px' },
});

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
  const styles = useStyles();
  const [valid, setValid] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [host, setHost] = useState<TeamsHost | null>(null);
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Add a tab to {channel.name}</DialogTitle>
          <DialogContent className={styles.content}>
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
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary"
              disabledFocusable={!valid || saving || !host}
              onClick={() => {
                if (!valid || saving || !host) return;
                setSaving(true);
                host.save();
              }}
            >
              Save
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
