import {
  Badge,
  Body1,
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Text,
  Title2,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { CallView } from '../../views.ts';
import { api } from './api.ts';
import { Waiting } from './waiting.tsx';

const useStyles = makeStyles({
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: tokens.spacingHorizontalXXL },
  column: {
    maxWidth: '820px',
    margin: '0 auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  call: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: tokens.spacingHorizontalL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  path: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
  },
  code: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowX: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    margin: 0,
  },
});

/** Every call of the desk, described by the server that answers it. */
export function Calls() {
  const styles = useStyles();
  const [calls, setCalls] = useState<readonly CallView[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.calls().then(setCalls, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  }, []);

  return (
    <section className={styles.scroll} aria-label="HTTP calls" tabIndex={0}>
      <div className={styles.column}>
        <Title2 as="h1">Everything here is also an HTTP call</Title2>
        <Body1>
          A story can be told from a script as well as by hand. Bodies are JSON; a refusal says why. What happens
          meanwhile comes as server-sent events from <span className={styles.path}>/desk/api/events</span>.
        </Body1>
        {problem !== null && (
          <MessageBar intent="error">
            <MessageBarBody>{problem}</MessageBarBody>
          </MessageBar>
        )}
        {!calls && problem === null && <Waiting label="Fetching the list" />}
        <ul className={styles.list}>
          {calls?.map(call => (
            <li key={`${call.method} ${call.path}`} className={styles.call}>
              <div className={styles.head}>
                <Badge
                  appearance="tint"
                  color={call.method === 'GET' ? 'success' : call.method === 'POST' ? 'brand' : 'danger'}
                >
                  {call.method}
                </Badge>
                <Text weight="semibold" className={styles.path}>
                  {call.path.split('?')[0]}
                </Text>
              </div>
              <Body1>{call.about}.</Body1>
              <div className={styles.line}>
                <pre className={styles.code}>{curl(call)}</pre>
                <CopyButton text={curl(call)} what={`${call.method} ${call.path.split('?')[0] ?? ''}`} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      appearance="subtle"
      size="small"
      icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
      aria-label={copied ? 'Copied' : `Copy the curl command for ${what}`}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(
          () => {
            setCopied(true);
            setTimeout(() => setCopied(false), 1500);
          },
          () => undefined,
        );
      }}
    />
  );
}

function curl({ method, path, example }: CallView): string {
  const url = `'${location.origin}${path}'`;
  if (method === 'GET') return `curl ${url}`;
  if (method === 'DELETE') return `curl -X DELETE ${url}`;
  return `curl ${url} -H 'content-type: application/json' -d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`;
}
