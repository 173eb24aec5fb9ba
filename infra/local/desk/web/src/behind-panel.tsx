import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowResetRegular, CodeRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { DeskState, PersonView } from '../../views.ts';
import { ClockPanel } from './clock-panel.tsx';
import { Part } from './part.tsx';
import { TroublePanel } from './trouble-panel.tsx';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    margin: 0,
    paddingBottom: tokens.spacingVerticalS,
  },
  header: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalM})` },
  quiet: { color: tokens.colorNeutralForeground2 },
  button: { alignSelf: 'flex-start' },
});

interface BehindProps {
  readonly state: DeskState;
  readonly viewer: PersonView;
  readonly onCalls: () => void;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
  readonly onBeginAnew: () => void;
}

/** What nobody sees in Teams, because this Microsoft 365 is on this machine: its clock, its faults, its calls. */
export function BehindPanel({ state, viewer, onCalls, act, clearFaults, onBeginAnew }: BehindProps) {
  const styles = useStyles();
  return (
    <Part
      title="Behind the scenes"
      about="This Microsoft 365 runs on your machine alone, so you may do what nobody can in the real one."
    >
      <Accordion multiple collapsible defaultOpenItems={['clock']}>
        <Behind id="clock" title="Clock" about="Cards come at their hour. Move on, and they come now.">
          <ClockPanel state={state} act={act} />
        </Behind>
        <Behind id="trouble" title="Trouble" about="Let Microsoft 365 fail, and see what the app makes of it.">
          <TroublePanel state={state} viewer={viewer} act={act} clearFaults={clearFaults} />
        </Behind>
        <Behind id="calls" title="HTTP calls" about="Every button here is also a call, for scripts.">
          <Button className={styles.button} icon={<CodeRegular />} onClick={onCalls}>
            HTTP calls
          </Button>
        </Behind>
        {state.canBeginAnew && (
          <Behind id="anew" title="Begin anew" about="The sample community as it was on its first day.">
            <BeginAnew filling={state.filling} onBeginAnew={onBeginAnew} />
          </Behind>
        )}
      </Accordion>
    </Part>
  );
}

function Behind({
  id,
  title,
  about,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <AccordionItem value={id}>
      <AccordionHeader as="h3" className={styles.header}>
        {title}
      </AccordionHeader>
      <AccordionPanel className={styles.panel}>
        <Text size={200} className={styles.quiet}>
          {about}
        </Text>
        {children}
      </AccordionPanel>
    </AccordionItem>
  );
}

function BeginAnew({ filling, onBeginAnew }: { readonly filling: boolean; readonly onBeginAnew: () => void }) {
  const styles = useStyles();
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button className={styles.button} icon={<ArrowResetRegular />} disabledFocusable={filling}>
          Begin anew
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Throw everything away?</DialogTitle>
          <DialogContent>
            Every message, list and answer here is deleted, and the clock goes back to now. It takes about half a
            minute. Nothing outside this machine is touched.
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={onBeginAnew}>
                Begin anew
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
