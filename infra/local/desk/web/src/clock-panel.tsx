import { Badge, Button, Field, Input, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { DeskState } from '../../views.ts';
import { dayOf, localInput, timeOf, useRunningClock } from './times.ts';

const useStyles = makeStyles({
  time: { display: 'flex', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  pick: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'end',
    columnGap: tokens.spacingHorizontalS,
  },
});

/** The clock of the whole tenant, shown in the community's zone. It can be moved; it then runs on from there. */
export function ClockPanel({
  state,
  act,
}: {
  readonly state: DeskState;
  readonly act: (path: string, body: object) => Promise<void>;
}) {
  const styles = useStyles();
  const now = useRunningClock(state.clock.now);
  const [picked, setPicked] = useState('');
  const zone = state.zone;
  return (
    <>
      <div className={styles.time}>
        <Title3 as="strong">{timeOf(now, zone)}</Title3>
        {state.clock.moved && (
          <Badge appearance="tint" color="warning">
            moved
          </Badge>
        )}
      </div>
      <Text>{dayOf(now, zone)}</Text>
      <Text size={200} className={styles.quiet}>
        {zone}
      </Text>
      <div className={styles.row}>
        <Button size="small" onClick={() => void act('clock', { days: 1, zone })}>
          +1 day
        </Button>
        <Button size="small" onClick={() => void act('clock', { weekday: 1, time: '09:00', zone })}>
          Monday 09:00
        </Button>
        {state.clock.moved && (
          <Button size="small" appearance="subtle" onClick={() => void act('clock', { moment: 'reset' })}>
            Back to now
          </Button>
        )}
      </div>
      <div className={styles.pick}>
        <Field label="Date and time">
          <Input
            type="datetime-local"
            size="small"
            value={picked || localInput(now, zone)}
            onChange={(_, data) => setPicked(data.value)}
          />
        </Field>
        <Button
          size="small"
          aria-label="Go to date and time"
          disabledFocusable={!picked}
          onClick={() => {
            if (picked) void act('clock', { local: picked.slice(0, 16), zone }).then(() => setPicked(''));
          }}
        >
          Go
        </Button>
      </div>
    </>
  );
}
