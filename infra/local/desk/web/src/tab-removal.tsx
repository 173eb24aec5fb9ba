import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { ChannelView, DeskState, PersonView, TabView, TeamView } from '../../views.ts';
import { TabFrame } from './tab-frame.tsx';
import type { TeamsHost, ThemeName } from './teams-host.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '600px' },
  content: { display: 'flex', flexDirection: 'column', height: '40vh', minHeight: '200px' },
});

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
  const styles = useStyles();
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
          <DialogTitle>Remove {tab.name}</DialogTitle>
          {tab.removeUrl !== null && (
            <DialogContent className={styles.content}>
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
            </DialogContent>
          )}
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            {/* Without a page of the app's own there is nobody to wait for. */}
            <Button appearance="primary" onClick={() => (host ? host.remove() : onRemoved())}>
              Remove
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
