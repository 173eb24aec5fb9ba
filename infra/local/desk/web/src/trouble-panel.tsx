import { Button, Field, makeStyles, Select, SpinButton, Switch, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { DeskState, PersonView } from '../../views.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  pair: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
});

const doors = [
  { path: '/graph/v1.0/', name: 'Microsoft Graph' },
  { path: '/connector/v3/', name: 'Bot Connector' },
  { path: '/oauth2/v2.0/token', name: 'Entra tokens' },
] as const;
const statuses = [429, 503, 504, 500, 412, 403] as const;
const waits = [0, 100, 300, 1000, 3000] as const;
const listScope = 'Sites.ReadWrite.All';

/** What can go wrong in Microsoft 365, to see what the app makes of it. */
export function TroublePanel({
  state,
  viewer,
  act,
  clearFaults,
}: {
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
}) {
  const styles = useStyles();
  const [path, setPath] = useState<string>(doors[0].path);
  const [status, setStatus] = useState<number>(statuses[0]);
  const [count, setCount] = useState(1);
  const retryAfter = status === 429 || status === 503 ? { retryAfter: 2 } : {};
  return (
    <>
      <Field label="Answers take">
        <Select
          size="small"
          value={String(state.latencyMs)}
          onChange={(_, data) => void act('latency', { milliseconds: Number(data.value) })}
        >
          {[...new Set([...waits, state.latencyMs])]
            .sort((a, b) => a - b)
            .map(wait => (
              <option key={wait} value={wait}>
                {wait === 0 ? 'no time' : `${wait} ms longer`}
              </option>
            ))}
        </Select>
      </Field>
      <Field label="The next requests to">
        <Select size="small" value={path} onChange={(_, data) => setPath(data.value)}>
          {doors.map(door => (
            <option key={door.path} value={door.path}>
              {door.name}
            </option>
          ))}
        </Select>
      </Field>
      <div className={styles.pair}>
        <Field label="fail with">
          <Select size="small" value={status} onChange={(_, data) => setStatus(Number(data.value))}>
            {statuses.map(one => (
              <option key={one} value={one}>
                HTTP {one}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="times">
          <SpinButton
            size="small"
            min={1}
            max={100}
            value={count}
            onChange={(_, data) => setCount(Math.max(1, Math.min(100, data.value ?? (Number(data.displayValue) || 1))))}
          />
        </Field>
      </div>
      <div className={styles.row}>
        <Button size="small" onClick={() => void act('faults', { path, status, count, ...retryAfter })}>
          Add fault
        </Button>
        {state.faults.length > 0 && (
          <Button size="small" appearance="subtle" onClick={() => void clearFaults()}>
            Clear faults
          </Button>
        )}
      </div>
      {state.faults.length > 0 && (
        <ul className={styles.list} aria-label="Faults to come">
          {state.faults.map((fault, index) => (
            <li key={index}>
              <Text size={200}>
                {fault.count} × HTTP {fault.status} on {fault.path}
              </Text>
            </li>
          ))}
        </ul>
      )}
      <Switch
        label={`${viewer.name.split(' ')[0] ?? ''} blocks the bot`}
        checked={viewer.blocked}
        onChange={(_, data) => void act('block', { user: viewer.id, blocked: data.checked })}
      />
      <Switch
        label="Rate limits apply, of Teams and SharePoint"
        checked={state.limitsEnforced}
        onChange={(_, data) => void act('limits', { enforced: data.checked })}
      />
      <Switch
        label="Tabs may edit lists for people"
        checked={state.consents.includes(listScope)}
        onChange={(_, data) => void act('consent', { scope: listScope, given: data.checked })}
      />
      <Text size={200} className={styles.quiet}>
        The tenant’s consent to {listScope}.
      </Text>
    </>
  );
}
