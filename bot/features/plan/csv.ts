import type { FileAnswer } from '../../../domain/endpoint.ts';
import { localDay } from '../../../domain/schedule.ts';
import { csvFile } from '../../shared/csv.ts';
import type { Translate } from '../../text.ts';
import type { PlannedAction } from './store.ts';

const columns = ['title', 'state', 'owners', 'due', 'weight', 'aim', 'notes', 'steps', 'links', 'done'] as const;

/** The plan as a spreadsheet, an action a row. What people say on an action is theirs, and stays in the tab. */
export function fileOf(name: string, actions: readonly PlannedAction[], timeZone: string, t: Translate): FileAnswer {
  const cells = ({
    title,
    state,
    owners,
    due,
    weight,
    aim,
    notes,
    steps,
    links,
    doneAt,
  }: PlannedAction): readonly string[] => [
    title,
    t(`state.${state}`),
    owners.map(({ name }) => name).join('; '),
    due ?? '',
    t(`weight.${weight}`),
    aim ?? '',
    notes,
    steps.map(({ text, done }) => `${done ? '☑' : '☐'} ${text}`).join('\n'),
    links.map(link => `${link.title}: ${link.address}`).join('\n'),
    doneAt === null ? '' : localDay(new Date(doneAt), timeZone),
  ];
  return csvFile(name, [columns.map(column => t(`csv.${column}`)), ...actions.map(cells)]);
}
