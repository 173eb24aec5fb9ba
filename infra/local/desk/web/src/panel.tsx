import {
  Badge,
  Button,
  Divider,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CodeRegular } from '@fluentui/react-icons';
import type { DeskState, PersonView } from '../../views.ts';
import { ClockPanel } from './clock-panel.tsx';
import { TroublePanel } from './trouble-panel.tsx';
import { TeamPanel } from './team-panel.tsx';
import { Part } from './part.tsx';
import { isThemeName, themes } from './themes.ts';
import type { ThemeName } from './teams-host.ts';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
    minHeight: 0,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

export interface PanelProps {
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly theme: ThemeName;
  readonly onViewer: (id: string) => void;
  readonly onTheme: (theme: ThemeName) => void;
  readonly onCalls: () => void;
  /** Does one of the desk's calls and says what went wrong with it. */
  readonly act: (path: string, body: object) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
}

/** The desk itself: who one is, what time it is, and what happens in the team. */
export function Panel({ state, viewer, theme, onViewer, onTheme, onCalls, act, clearFaults }: PanelProps) {
  const styles = useStyles();
  const inTeam = state.people.filter(person => person.role !== 'not in the team');
  const outside = state.people.filter(person => person.role === 'not in the team');

  return (
    <aside className={styles.panel} aria-label="Desk">
      <Part title="You">
        <Field label="You are">
          <Select value={viewer.id} onChange={(_, data) => onViewer(data.value)}>
            <optgroup label="In the team">
              {inTeam.map(person => (
                <option key={person.id} value={person.id}>{`${person.name} · ${person.role}`}</option>
              ))}
            </optgroup>
            {outside.length > 0 && (
              <optgroup label="Not in the team">
                {outside.map(person => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
              </optgroup>
            )}
          </Select>
        </Field>
        <div className={styles.row}>
          <Badge
            appearance="tint"
            color={viewer.role === 'coordinator' ? 'brand' : viewer.role === 'sponsor' ? 'success' : 'informative'}
          >
            {viewer.role}
          </Badge>
          <Text size={200} className={styles.quiet}>
            {viewer.jobTitle} · {viewer.timeZone}
          </Text>
        </div>
      </Part>
      <Divider />
      <ClockPanel state={state} act={act} />
      <Divider />
      {state.teams.map(team => (
        <TeamPanel key={team.id} team={team} state={state} viewer={viewer} act={act} />
      ))}
      <Divider />
      <Part title="Theme">
        <RadioGroup
          aria-label="Theme"
          layout="horizontal"
          value={theme}
          onChange={(_, data) => {
            if (isThemeName(data.value)) onTheme(data.value);
          }}
        >
          {Object.entries(themes).map(([name, { label }]) => (
            <Radio key={name} value={name} label={label} />
          ))}
        </RadioGroup>
      </Part>
      <Divider />
      <TroublePanel state={state} viewer={viewer} act={act} clearFaults={clearFaults} />
      <Divider />
      <Part title="Behind the desk">
        <Text size={200} className={styles.quiet}>
          Everything here is also an HTTP call.
        </Text>
        <Button icon={<CodeRegular />} onClick={onCalls}>
          HTTP calls
        </Button>
      </Part>
    </aside>
  );
}
