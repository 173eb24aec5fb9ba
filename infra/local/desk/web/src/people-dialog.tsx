import { Checkbox, makeStyles, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { PersonView } from '../../views.ts';
import { TeamsDialog } from './teams-dialog.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', maxHeight: '50vh', overflowY: 'auto' },
});

/** Chooses some people for something that happens to them. */
export function PeopleDialog({
  title,
  explanation,
  action,
  people,
  onDone,
  onClose,
}: {
  readonly title: string;
  readonly explanation: string;
  readonly action: string;
  readonly people: readonly PersonView[];
  readonly onDone: (people: readonly string[]) => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <TeamsDialog
      title={title}
      action={action}
      mayAct={chosen.length > 0}
      onAct={() => onDone(chosen)}
      onClose={onClose}
    >
      <Text block>{explanation}</Text>
      <div className={styles.list} role="group" aria-label={title}>
        {people.map(person => (
          <Checkbox
            key={person.id}
            label={`${person.name}, ${person.jobTitle}`}
            checked={chosen.includes(person.id)}
            onChange={(_, data) =>
              setChosen(data.checked ? [...chosen, person.id] : chosen.filter(id => id !== person.id))
            }
          />
        ))}
      </div>
    </TeamsDialog>
  );
}
