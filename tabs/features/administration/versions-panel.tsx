import { Text } from '@fluentui/react-components';
import type { AdministrationView } from '../../../domain/administration/api.ts';
import { Facts } from './facts.tsx';
import { Panel } from './panel.tsx';
import { useAdministrationText } from './text.ts';

/** Which versions meet here. */
export function VersionsPanel({
  view: { versions },
  packageVersion,
}: {
  readonly view: AdministrationView;
  /** Null where Teams' package does not say. */
  readonly packageVersion: string | null;
}) {
  const t = useAdministrationText();
  const { server, migration, database } = versions;
  return (
    <Panel title={t('versions.title')}>
      <Facts
        facts={[
          { name: t('versions.server'), value: <Text>{server}</Text> },
          {
            name: t('versions.package'),
            value: <Text>{packageVersion ?? t('versions.packageUnknown')}</Text>,
            ...(packageVersion === null ? { note: t('versions.packageHint') } : {}),
            ...(packageVersion !== null && packageVersion !== server
              ? { note: t('versions.packageOther', { server }) }
              : {}),
          },
          {
            name: t('versions.database'),
            value: <Text>{migration}</Text>,
            ...(database === migration ? {} : { note: t('versions.databaseNewer', { database }) }),
          },
        ]}
      />
    </Panel>
  );
}
