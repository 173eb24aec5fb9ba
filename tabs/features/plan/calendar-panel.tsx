import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  MessageBar,
  MessageBarBody,
  OverlayDrawer,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { calendarApi } from '../../../domain/calendar/api.ts';
import { calendarScopes } from '../../../domain/plan/calendar.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useWholeWidth } from '../../lib/whole-width.ts';
import { CalendarLink } from './calendar-link.tsx';
import { useCalendarText } from './calendar-text.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalXL,
  },
});

/** Links with which a calendar follows the plan: one's own, and the community's. */
export default function CalendarPanel({ close }: { readonly close: () => void }) {
  const { communityId } = useSession();
  const community = useCommunity();
  const call = useCall();
  const t = useCalendarText();
  const styles = useStyles();
  useWholeWidth();
  const links = useQuery({
    queryKey: keys.calendar(communityId),
    queryFn: ({ signal }) => call(calendarApi.calendar, { signal }),
  });

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open) close();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={<Button appearance="subtle" aria-label={t('close')} icon={<DismissRegular />} onClick={close} />}
        >
          {t('title')}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <Text>{t('intro')}</Text>
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('honest')}</MessageBarBody>
          </MessageBar>
          {links.isPending && <Waiting label={t('loading')} blocks={2} />}
          {links.isError && <FailureNotice error={links.error} again={() => void links.refetch()} />}
          {links.data &&
            calendarScopes.map(scope => (
              <CalendarLink
                key={scope}
                scope={scope}
                link={links.data[scope]}
                may={scope === 'mine' || community.may['plan.edit']}
              />
            ))}
        </div>
      </DrawerBody>
    </OverlayDrawer>
  );
}
