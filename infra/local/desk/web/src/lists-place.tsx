import {
  Body1,
  Button,
  Caption1,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  Tab,
  TabList,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, DeleteRegular, EditRegular, TableRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { ListColumnView, ListRowView, ListView, PersonView, TeamView } from '../../views.ts';
import { api } from './api.ts';
import { PlaceHead } from './place-head.tsx';
import { dayOf, timeOf } from './times.ts';
import { Waiting } from './waiting.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  tabs: { overflowX: 'auto', flexShrink: 0, backgroundColor: tokens.colorNeutralBackground1 },
  tools: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  scroll: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: `0 ${tokens.spacingHorizontalL}` },
  table: { tableLayout: 'auto', backgroundColor: tokens.colorNeutralBackground1 },
  cell: { minWidth: '120px', maxWidth: '260px', verticalAlign: 'top', paddingTop: tokens.spacingVerticalS },
  value: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-line',
  },
  buttons: { display: 'flex' },
  fields: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  centred: { margin: 'auto' },
  empty: { margin: '15vh auto 0', maxWidth: '420px', textAlign: 'center' },
});

/** How often the page looks whether the app has written something. */
const looksEvery = 3000;

/** The place with the lists of a team's SharePoint site. */
export function listsPlace(teamId: string): string {
  return `lists/${teamId}`;
}

/** What an edit is of: a row, or a new one when it is null. */
interface Edited {
  readonly list: ListView;
  readonly row: ListRowView | null;
}

/** The lists of a team's site as SharePoint shows them to its members, where rows can be edited by hand. */
export function ListsPlace({
  team,
  viewer,
  zone,
}: {
  readonly team: TeamView;
  readonly viewer: PersonView;
  readonly zone: string;
}) {
  const styles = useStyles();
  const [lists, setLists] = useState<readonly ListView[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [looks, setLooks] = useState(0);

  useEffect(() => {
    let left = false;
    const look = () =>
      api.lists(team.id).then(
        found => {
          if (left) return;
          setLists(found);
          setProblem(null);
        },
        (error: unknown) => {
          if (!left) setProblem(sentenceOf(error));
        },
      );
    void look();
    const timer = setInterval(() => void look(), looksEvery);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [team.id, looks]);

  // The newest kind of list first: the oldest is the copy of the settings, which nobody edits.
  // The plan is what most people know of it.
  const list =
    lists?.find(({ id }) => id === chosen) ?? lists?.find(({ name }) => name === 'CoP Plan') ?? lists?.at(-1);
  const where = list && { team: team.id, list: list.id, user: viewer.id };

  async function remove(row: ListRowView): Promise<void> {
    try {
      await api.do('delete-row', { ...where, row: row.id });
      setLooks(looks + 1);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  return (
    <>
      <PlaceHead
        icon={<TableRegular fontSize={24} aria-hidden />}
        title={`SharePoint lists of ${team.name}`}
        about="What the app keeps in the team’s own site. Change a row here and see what the app makes of it."
      />
      {problem !== null && (
        <MessageBar intent="error">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      {lists === null && problem === null && <Waiting className={styles.centred} label="Fetching lists" />}
      {lists?.length === 0 && (
        <Body1 className={styles.empty}>
          There are no lists yet. The app makes them when a coordinator sets the community up.
        </Body1>
      )}
      {list && (
        <>
          <TabList
            className={styles.tabs}
            selectedValue={list.id}
            onTabSelect={(_, { value }) => setChosen(String(value))}
          >
            {lists?.map(({ id, name }) => (
              <Tab key={id} value={id}>
                {name}
              </Tab>
            ))}
          </TabList>
          <div className={styles.tools}>
            <Caption1 className={styles.quiet}>
              {list.rows.length === 1 ? '1 row' : `${list.rows.length} rows`}
              {list.description && ` · ${list.description}`}
            </Caption1>
            <Button size="small" icon={<AddRegular />} onClick={() => setEdited({ list, row: null })}>
              New row
            </Button>
          </div>
          <section className={styles.scroll} aria-label={`Rows of ${list.name}`} tabIndex={0}>
            <Table className={styles.table} size="small" aria-label={list.name}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell>Row</TableHeaderCell>
                  {list.columns.map(({ name, title }) => (
                    <TableHeaderCell key={name}>{title}</TableHeaderCell>
                  ))}
                  <TableHeaderCell>Modified</TableHeaderCell>
                </TableRow>
              </TableHeader>
              <TableBody>
                {list.rows.map(row => (
                  <TableRow key={row.id}>
                    <TableCell className={styles.cell}>
                      <div className={styles.buttons}>
                        <Button
                          size="small"
                          appearance="subtle"
                          icon={<EditRegular />}
                          aria-label={`Edit row ${row.id}`}
                          onClick={() => setEdited({ list, row })}
                        />
                        <Button
                          size="small"
                          appearance="subtle"
                          icon={<DeleteRegular />}
                          aria-label={`Delete row ${row.id}`}
                          onClick={() => void remove(row)}
                        />
                      </div>
                    </TableCell>
                    {list.columns.map(({ name }) => (
                      <TableCell key={name} className={styles.cell}>
                        <div className={styles.value}>{shown(row.values[name], zone)}</div>
                      </TableCell>
                    ))}
                    <TableCell className={styles.cell}>
                      {`${dayOf(row.modified, zone)}, ${timeOf(row.modified, zone)}, ${row.modifiedBy ?? 'CoP Companion'}`}
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </section>
        </>
      )}
      {edited && where && (
        <RowDialog
          edited={edited}
          onClose={() => setEdited(null)}
          onSave={async fields => {
            await api.do('row', { ...where, row: edited.row?.id ?? null, fields });
            setEdited(null);
            setLooks(looks + 1);
          }}
        />
      )}
    </>
  );
}

type Value = string | number | boolean | undefined;

function RowDialog({
  edited: { list, row },
  onClose,
  onSave,
}: {
  readonly edited: Edited;
  readonly onClose: () => void;
  readonly onSave: (fields: Readonly<Record<string, string | number | boolean | null>>) => Promise<void>;
}) {
  const styles = useStyles();
  const [changed, setChanged] = useState<Readonly<Record<string, Value>>>({});
  const [problem, setProblem] = useState<string | null>(null);

  function save(): void {
    const fields = Object.fromEntries(
      Object.entries(changed).map(([name, value]) => [
        name,
        sent(
          list.columns.find(column => column.name === name),
          value,
        ),
      ]),
    );
    onSave(fields).catch((error: unknown) => setProblem(sentenceOf(error)));
  }

  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{row ? `Row ${row.id} of ${list.name}` : `A new row of ${list.name}`}</DialogTitle>
          <DialogContent className={styles.fields}>
            {list.columns.map(column => (
              <FieldOf
                key={column.name}
                column={column}
                value={column.name in changed ? changed[column.name] : row?.values[column.name]}
                onChange={value => setChanged({ ...changed, [column.name]: value })}
              />
            ))}
            {problem !== null && (
              <MessageBar intent="error">
                <MessageBarBody>SharePoint refuses this: {problem}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button appearance="primary" onClick={save}>
              Save
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function FieldOf({
  column: { kind, title, choices },
  value,
  onChange,
}: {
  readonly column: ListColumnView;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  const text = value === undefined ? '' : String(value);
  switch (kind) {
    case 'boolean':
      return (
        <Checkbox label={title} checked={value === true} onChange={(_, data) => onChange(data.checked === true)} />
      );
    case 'choice':
      return (
        <Field label={title}>
          <Select value={text} onChange={(_, data) => onChange(data.value)}>
            <option value="" />
            {choices.map(choice => (
              <option key={choice}>{choice}</option>
            ))}
          </Select>
        </Field>
      );
    case 'lines':
      return (
        <Field label={title}>
          <Textarea resize="vertical" value={text} onChange={(_, data) => onChange(data.value)} />
        </Field>
      );
    default:
      return (
        <Field label={title}>
          <Input value={text} onChange={(_, data) => onChange(data.value)} />
        </Field>
      );
  }
}

/** What a form's field says, as SharePoint takes it; an empty one empties the row's. */
function sent(column: ListColumnView | undefined, value: Value): string | number | boolean | null {
  if (value === undefined || value === '') return null;
  return column?.kind === 'number' && typeof value === 'string' && Number.isFinite(Number(value))
    ? Number(value)
    : value;
}

function shown(value: Value, zone: string): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? `${dayOf(text, zone)}, ${timeOf(text, zone)}` : text;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
