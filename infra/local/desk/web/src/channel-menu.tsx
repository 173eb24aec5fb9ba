import {
  Button,
  Field,
  Input,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import type { ChannelView, TeamView } from '../../views.ts';
import { TeamsDialog } from './teams-dialog.tsx';

const useStyles = makeStyles({ button: { minWidth: '32px', flexShrink: 0 } });

type Act = (path: string, body: object) => Promise<void>;

/** What can be done with a channel; General has none of it. */
export function ChannelMenu({
  team,
  channel,
  act,
}: {
  readonly team: TeamView;
  readonly channel: ChannelView;
  readonly act: Act;
}) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const [name, setName] = useState(channel.name);
  if (channel.id === team.threadId) return null;
  const of = { team: team.id, channel: channel.id };
  const close = () => setOpen(null);
  function done(path: string, body: object): void {
    close();
    void act(path, body);
  }

  return (
    <>
      <More of={channel.name}>
        <MenuItem
          onClick={() => {
            setName(channel.name);
            setOpen('rename');
          }}
        >
          Rename channel
        </MenuItem>
        <MenuItem onClick={() => setOpen('delete')}>Delete channel</MenuItem>
      </More>
      {open === 'rename' && (
        <TeamsDialog
          title={`Rename ${channel.name}`}
          action="Rename"
          onAct={() => name.trim() !== '' && done('rename-channel', { ...of, name: name.trim() })}
          onClose={close}
        >
          <Field label="Channel name" required>
            <Input value={name} maxLength={50} onChange={(_, { value }) => setName(value)} />
          </Field>
        </TeamsDialog>
      )}
      {open === 'delete' && (
        <TeamsDialog
          title={`Delete ${channel.name}`}
          action="Delete"
          onAct={() => done('delete-channel', of)}
          onClose={close}
        >
          <Text>Its messages and tabs go with it. The menu of the team restores it within 30 days.</Text>
        </TeamsDialog>
      )}
    </>
  );
}

/** The channels of a team that were deleted, to bring one back; nothing where there are none. */
export function DeletedChannels({ team, act }: { readonly team: TeamView; readonly act: Act }) {
  if (team.deletedChannels.length === 0) return null;
  return (
    <More of={team.name}>
      {team.deletedChannels.map(({ id, name }) => (
        <MenuItem key={id} onClick={() => void act('restore-channel', { team: team.id, channel: id })}>
          Restore {name}
        </MenuItem>
      ))}
    </More>
  );
}

function More({ of, children }: { readonly of: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button
          className={styles.button}
          appearance="subtle"
          size="small"
          icon={<MoreHorizontalRegular />}
          aria-label={`More for ${of}`}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>{children}</MenuList>
      </MenuPopover>
    </Menu>
  );
}
