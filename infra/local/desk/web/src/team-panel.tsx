import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  AppsAddInRegular,
  DeleteRegular,
  PersonAddRegular,
  PeopleAddRegular,
  PersonDeleteRegular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import type { DeskState, PersonView, TeamView } from '../../views.ts';
import { Part } from './part.tsx';
import { PeopleDialog } from './people-dialog.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  column: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  button: { justifyContent: 'flex-start' },
});

/** What happens in a team: people come and go, the app is added and removed. */
export function TeamPanel({
  team,
  state,
  viewer,
  act,
}: {
  readonly team: TeamView;
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly act: (path: string, body: object) => Promise<void>;
}) {
  const styles = useStyles();
  const [choosing, setChoosing] = useState<'join' | 'leave' | null>(null);
  const outside = state.people.filter(person => !team.members.includes(person.id));
  const inside = state.people.filter(person => team.members.includes(person.id));
  const next = outside[0];
  // Whoever looks on from outside the team cannot add apps to it; its owner then does.
  const by = team.members.includes(viewer.id) ? viewer.id : (team.owners[0] ?? team.members[0] ?? viewer.id);

  return (
    <Part title={`In ${team.name}`}>
      <div className={styles.column}>
        {!team.installed && (
          <Button
            appearance="primary"
            className={styles.button}
            icon={<AppsAddInRegular />}
            onClick={() => void act('install', { team: team.id, by })}
          >
            Add the app
          </Button>
        )}
        <Button
          className={styles.button}
          icon={<PersonAddRegular />}
          aria-label="Somebody joins"
          aria-description={next ? `${next.name} is next` : 'Everybody is in the team'}
          disabledFocusable={!next}
          onClick={() => {
            if (next) void act('join', { team: team.id, users: [next.id] });
          }}
        >
          Somebody joins
        </Button>
        <Text size={200} className={styles.quiet}>
          {next ? `Next: ${next.name}, ${next.jobTitle}` : 'Everybody is in the team.'}
        </Text>
        {outside.length > 1 && (
          <Button
            className={styles.button}
            appearance="subtle"
            icon={<PeopleAddRegular />}
            onClick={() => setChoosing('join')}
          >
            Several people join
          </Button>
        )}
        <Button
          className={styles.button}
          appearance="subtle"
          icon={<PersonDeleteRegular />}
          onClick={() => setChoosing('leave')}
        >
          Somebody leaves
        </Button>
        {team.installed && (
          <Button
            className={styles.button}
            appearance="subtle"
            icon={<DeleteRegular />}
            onClick={() => void act('uninstall', { team: team.id, by })}
          >
            Remove the app
          </Button>
        )}
      </div>
      {choosing && (
        <PeopleDialog
          title={choosing === 'join' ? 'Who joins?' : 'Who leaves?'}
          explanation={
            choosing === 'join'
              ? 'Everybody you choose joins in the same moment.'
              : 'They leave the team; what they wrote stays.'
          }
          action={choosing === 'join' ? 'Join' : 'Leave'}
          people={choosing === 'join' ? outside : inside}
          onClose={() => setChoosing(null)}
          onDone={users => {
            setChoosing(null);
            void act(choosing, { team: team.id, users });
          }}
        />
      )}
    </Part>
  );
}
