import { Divider, Field, makeStyles, Radio, RadioGroup, Select, Text, tokens } from '@fluentui/react-components';
import type { DeskState, PersonView } from '../../views.ts';
import { BehindPanel } from './behind-panel.tsx';
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
});

/** Those that the app has sentences in; whoever has another one reads English. */
const languages = ['en-GB', 'de-DE'];

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
  readonly onBeginAnew: () => void;
}

/** The desk itself: who one is, what time it is, and what happens in the team. */
export function Panel({ state, viewer, theme, onViewer, onTheme, act, ...behind }: PanelProps) {
  const styles = useStyles();
  /** Everybody once: in the first team they are in, or in none. */
  const firstTeamOf = (person: PersonView) => state.teams.find(({ members }) => members.includes(person.id));
  const groups = [...state.teams, undefined]
    .map(team => ({ name: team?.name ?? 'In no team', people: state.people.filter(one => firstTeamOf(one) === team) }))
    .filter(({ people }) => people.length > 0);

  const mine = state.teams.filter(({ members }) => members.includes(viewer.id));
  const teamsHere = mine.length > 0 ? mine : state.teams.slice(0, 1);

  return (
    <aside className={styles.panel} aria-label="Desk">
      <Part title="You">
        <Field label="You are">
          <Select value={viewer.id} onChange={(_, data) => onViewer(data.value)}>
            {groups.map(({ name, people }) => (
              <optgroup key={name} label={name}>
                {people.map(person => (
                  <option key={person.id} value={person.id}>
                    {person.role === 'in no team' ? person.name : `${person.name} · ${person.role}`}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
        <Text size={200} className={styles.quiet}>
          {viewer.jobTitle} · {viewer.timeZone}
        </Text>
        <Field label="Language of Teams">
          <Select
            value={viewer.locale}
            onChange={(_, data) => void act('language', { user: viewer.id, locale: data.value })}
          >
            {[...new Set([...languages, viewer.locale])].map(locale => (
              <option key={locale} value={locale}>
                {nameOf(locale)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Theme">
          <RadioGroup
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
        </Field>
      </Part>
      <Divider />
      <BehindPanel state={state} viewer={viewer} act={act} {...behind} />
      <Divider />
      {teamsHere.map(team => (
        <TeamPanel key={team.id} team={team} state={state} viewer={viewer} act={act} />
      ))}
    </aside>
  );
}

/** A language as those who speak it call it. */
function nameOf(locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
}
