import type { ComponentProps } from 'react';
import { Text } from '@fluentui/react-components';
import { auditApi, type AuditEntry, type AuditView } from '../../../domain/audit/api.ts';
import { LogLines, type ShownLog } from '../../components/log-lines.tsx';
import { LogScreen } from '../../components/log-screen.tsx';
import { Below, Named, State } from '../../components/log-table.tsx';
import { showMoment } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { useVisit } from '../../lib/session.tsx';
import { useAuditText } from './text.ts';

const colours = { done: null, refused: 'warning', failed: 'danger' } as const;

/** Who did what that matters to others: for coordinators of theirs, for administrators of all. */
export default function AuditScreen() {
  return <LogScreen log={useAuditLog()} />;
}

/** The same of all communities, outside of any. */
export function AuditOfAll(asked: Omit<ComponentProps<typeof LogLines<AuditView>>, 'log' | 'community'>) {
  return <LogLines log={useAuditLog()} community={null} {...asked} />;
}

function useAuditLog(): ShownLog<AuditView> {
  const t = useAuditText();
  return {
    t,
    permission: 'audit.read',
    endpoints: {
      page: auditApi.audit,
      pageOfAll: auditApi.auditOfAll,
      file: auditApi.exportAudit,
      fileOfAll: auditApi.exportAuditOfAll,
    },
    queryKey: keys.audit,
    refetchInterval: false,
    questions: { choices: ({ outcomes }) => ({ outcome: outcomes }), person: { name: 'person', besides: [] } },
    momentOf: ({ at }) => at,
    columns: ({ outcomes }) => [
      { title: t('column.who'), cell: ({ who }) => <Who who={who} /> },
      { title: t('column.what'), cell: entry => <What entry={entry} /> },
      {
        title: t('column.outcome'),
        cell: entry => (
          <Outcome entry={entry} words={outcomes.find(({ id }) => id === entry.outcome)?.words ?? entry.outcome} />
        ),
      },
    ],
  };
}

function Who({ who }: Pick<AuditEntry, 'who'>) {
  const t = useAuditText();
  return who.is === 'person' ? <Named name={who.person.name} /> : <Text>{t(`who.${who.is}`)}</Text>;
}

function What({ entry: { what, about } }: { readonly entry: AuditEntry }) {
  return (
    <>
      <Text>{what}</Text>
      {about.map(words => (
        <Below key={words} quiet>
          {words}
        </Below>
      ))}
    </>
  );
}

function Outcome({ entry, words }: { readonly entry: AuditEntry; readonly words: string }) {
  const { locale } = useVisit().texts;
  const t = useAuditText();
  const { community, outcome, why, count, lastAt } = entry;
  const moment = showMoment(lastAt, locale, community?.timeZone ?? 'UTC');
  return (
    <>
      <State words={words} colour={colours[outcome]} facts={count > 1 ? t('times', { count, moment }) : ''} />
      {why !== null && <Below>{why}</Below>}
    </>
  );
}
