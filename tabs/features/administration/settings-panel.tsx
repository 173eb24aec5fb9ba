import { Text } from '@fluentui/react-components';
import type { AdministrationView } from '../../../domain/administration/api.ts';
import type { SwitchName } from '../../../domain/switches.ts';
import { Facts } from './facts.tsx';
import { Panel } from './panel.tsx';
import { Badge } from '../../components/badge.tsx';
import { useAdministrationText } from './text.ts';

const variables: Readonly<Record<SwitchName, string>> = {
  calendarLinks: 'CALENDAR_LINKS',
  exports: 'EXPORTS',
  addToPlanFromMessages: 'ADD_TO_PLAN_FROM_MESSAGES',
};

/** What the server's environment has switched for everybody. */
export function SettingsPanel({ view }: { readonly view: AdministrationView }) {
  const t = useAdministrationText();
  return (
    <Panel title={t('switches.title')}>
      <Text>{t('switches.intro')}</Text>
      <Facts
        facts={[
          ...view.switches.map(({ name, on }) => ({
            name: t(`switches.${name}`),
            value: (
              <Badge appearance="tint" color={on ? 'success' : 'warning'}>
                {t(on ? 'switches.on' : 'switches.off')}
              </Badge>
            ),
            variable: variables[name],
          })),
          {
            name: t('switches.setUpBy'),
            value: <Text>{t(`switches.by.${view.setUpBy}`)}</Text>,
            variable: 'SET_UP_BY',
          },
          {
            name: t('switches.forgetAfterDays'),
            value: <Text>{t('switches.days', { count: view.forgetAfterDays })}</Text>,
            variable: 'FORGET_AFTER_DAYS',
          },
        ]}
      />
    </Panel>
  );
}
