import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { PersonView } from '../../views.ts';

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
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
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
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary"
              disabledFocusable={chosen.length === 0}
              onClick={() => chosen.length > 0 && onDone(chosen)}
            >
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
