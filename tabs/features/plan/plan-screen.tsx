import {
  Suspense,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Text,
  Title2,
  makeStyles,
  mergeClasses,
  tokens,
  useEventCallback,
} from '@fluentui/react-components';
import {
  ArrowDownloadRegular,
  BoardRegular,
  CalendarMonthRegular,
  CheckboxCheckedRegular,
  KeyboardRegular,
  ListRegular,
  MoreHorizontalRegular,
} from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { planApi, type ActionView } from '../../../domain/plan/api.ts';
import { progressOf, type Action, type ActionState } from '../../../domain/plan/plan.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { later, usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { useHandOver } from '../../lib/hand-over.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { CalendarButton } from './calendar-button.tsx';
import { everything, filtered, isFiltered, leftBehind, type Filter } from './filters.ts';
import { AddForm } from './inline-add.tsx';
import { OpenMenu } from './move-menu.tsx';
import { PlanBoard } from './plan-board.tsx';
import { valuesOf } from './saving.ts';
import { usePlanText } from './text.ts';
import { onPhone, useToolStyles } from './tool-style.ts';
import { useChosen } from './use-chosen.ts';
import { useOlder } from './use-older.ts';
import { readAction, useChange } from './use-plan.ts';
import { createViewChoice, views, type View } from './view-choice.ts';

const ActionPanel = later(() => import('./action-panel.tsx'));
const FilterBar = later(() => import('./filter-bar.tsx'));
const PlanList = later(() => import('./plan-list.tsx'));
const PlanCalendar = later(() => import('./plan-calendar.tsx'));
const SeveralBar = later(() => import('./several-bar.tsx'));
const KeysSheet = later(() => import('./keys-sheet.tsx'));

/** How long an action that was added stands out, and how long the focus follows one that moved; in milliseconds. */
const [freshFor, followedFor] = [6_000, 5_000];

/** Where keys say something else. */
const keysOfItsOwn = ['input', 'select', 'textarea', '[contenteditable]', '[role=dialog]', '[role=menu]'].join();

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  // On a phone the title and the buttons share a row, and how far the plan is stands below them.
  words: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    flex: '1 1 16rem',
    [onPhone]: { display: 'contents' },
  },
  title: { [onPhone]: { flex: '1 1 auto', alignSelf: 'center' } },
  quiet: { color: tokens.colorNeutralForeground2 },
  progress: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    maxWidth: '20rem',
    marginTop: tokens.spacingVerticalS,
    [onPhone]: { order: 1, flex: '1 0 100%', maxWidth: 'none', marginTop: 0 },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1Selected}`,
    '@media (forced-colors: active)': {
      backgroundColor: 'Highlight',
      color: 'HighlightText',
      forcedColorAdjust: 'none',
    },
  },
  // As high as what comes into it, so that nothing below moves.
  filters: { minHeight: '58px' },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    [onPhone]: { columnGap: tokens.spacingHorizontalXXS },
  },
});

const icons = {
  board: <BoardRegular />,
  list: <ListRegular />,
  calendar: <CalendarMonthRegular />,
} as const satisfies Record<View, object>;

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.plan, planApi.plan);

/** Whoever looks at the foot of a long board sees that a move was taken back, too. */
function scrollTo(notice: HTMLElement | null): void {
  notice?.scrollIntoView({ block: 'nearest' });
}

/** What the community means to do, as a board or a list. */
export default function PlanScreen({ asked }: { readonly asked: { readonly item: string } | null }) {
  const session = useSession();
  const { announce } = session;
  const call = useCall();
  const community = useCommunity();
  const handOver = useHandOver();
  const t = usePlanText();
  const styles = useStyles();
  const tools = useToolStyles();
  const [viewChoice] = useState(() =>
    createViewChoice(
      () => localStorage,
      () => matchMedia('(max-width: 40rem)').matches,
    ),
  );
  const [view, setView] = useState(viewChoice.read);
  const [arrangement, setArrangement] = useState(viewChoice.readArrangement);
  const [fresh, setFresh] = useState<string | null>(null);
  const [showsKeys, setShowsKeys] = useState(false);
  const [showsTools, setShowsTools] = useState(false);
  const followed = useRef<{ readonly id: string; readonly until: number } | null>(null);
  const [filter, setFilter] = useState<Filter>(everything);
  // What is typed to search for stands at once; a long plan follows a moment later.
  const applied = useDeferredValue(filter);
  const chosen = useChosen();
  const [wantsToChoose, setWantsToChoose] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  // Also when somebody removes it meanwhile, what was typed about it stays in sight.
  const [opened, setOpened] = useState<ActionView | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { change, problem } = useChange();
  const plan = useQuery(read(session));
  usePrepared(plan.isSuccess, OpenMenu, ActionPanel, AddForm);
  const [wantsChoices, setWantsChoices] = useState(false);
  const withOlder = useOlder(plan.data, wantsChoices || isFiltered(filter) || view === 'calendar');
  const everyAction = withOlder?.plan;
  const shown = useMemo(() => (everyAction ? filtered(everyAction, applied) : []), [everyAction, applied]);
  const isThere = plan.data !== undefined;
  const opening = useMutation({
    mutationFn: async (id: string) => plan.data?.actions.find(action => action.id === id) ?? readAction(call, id),
    onSuccess(action) {
      if (action) open(action);
      else announce(t('askedGone'));
    },
  });
  const openAsked = useEffectEvent((id: string) => opening.mutate(id));
  // Somebody pressed it on another page; it is opened once the plan is there.
  useEffect(() => {
    if (asked && isThere) openAsked(asked.item);
  }, [asked, isThere]);
  const download = useMutation({
    mutationFn: () => handOver(planApi.exportPlan),
    onSuccess(file) {
      announce(t('exported', { name: file.name }));
    },
  });

  useEffect(() => {
    if (fresh === null) return undefined;
    document.getElementById(`action-${fresh}`)?.scrollIntoView({ block: 'nearest' });
    const ended = setTimeout(() => setFresh(null), freshFor);
    return () => clearTimeout(ended);
  }, [fresh]);
  // A card that moves to another column is made anew there, so that the browser drops the focus: it follows the card.
  useLayoutEffect(() => {
    if (!followed.current || document.activeElement !== document.body) return;
    if (Date.now() < followed.current.until) document.getElementById(`action-${followed.current.id}`)?.focus();
    else followed.current = null;
  });

  // The same for every card, however often the screen is drawn.
  const openIt = useEventCallback((action: ActionView) => open(action));
  const changeIt = useEventCallback((action: ActionView, wanted: Action) => changeInPlace(action, wanted));
  const moveIt = useEventCallback((action: ActionView, state: ActionState) => move(action, state));

  const title = (
    <Title2 as="h1" id="plan-title" tabIndex={-1} className={styles.title}>
      {t('title')}
    </Title2>
  );
  if (!plan.data || !withOlder) return <Loading title={title} query={plan} label={t('loading')} blocks={4} />;
  const { actions, today, left, comments } = withOlder.plan;
  const { done, total, overdue } = progressOf(actions, today, withOlder.rest);
  const chosenActions = shown.filter(({ id }) => chosen.ids.has(id));
  const isChoosing = wantsToChoose || chosenActions.length > 0;
  const { rest } = withOlder;
  const foot = rest > 0 && !isFiltered(filter) && (
    <Button appearance="subtle" disabledFocusable={withOlder.isReading} onClick={withOlder.more}>
      {t('older', { count: rest })}
    </Button>
  );
  const behind = leftBehind(plan.data);
  const lesser = mergeClasses(tools.button, !showsTools && tools.notOnPhone);
  const mayEdit = community.may['plan.edit'];

  function changeInPlace(action: ActionView, wanted: Action): void {
    followed.current = { id: action.id, until: Date.now() + followedFor };
    change(action, wanted);
  }

  function move(action: ActionView, state: ActionState): void {
    changeInPlace(action, { ...valuesOf(action), state });
  }

  /** Keys of the whole plan, wherever nobody types. */
  function onKeyDown(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || target.closest(keysOfItsOwn)) return;
    const reached: Readonly<Record<string, () => HTMLElement | null>> = {
      '/': () => document.getElementById('plan-search'),
      n: () => document.querySelector<HTMLElement>('[data-adds]'),
      m: () => document.querySelector<HTMLElement>(`[data-moves="${target.id.replace(/^action-/, '')}"]`),
    };
    const element = reached[event.key]?.();
    if (event.key === '?') setShowsKeys(true);
    else if (!element) return;
    else if (event.key === '/' || element.tagName === 'INPUT') element.focus();
    else element.click();
    event.preventDefault();
  }

  function addFirst(): void {
    const place = document.querySelector<HTMLElement>('[data-adds]');
    if (place instanceof HTMLInputElement) place.focus();
    else place?.click();
  }

  function choose(next: View): void {
    setView(next);
    viewChoice.keep(next);
  }

  function open(action: ActionView): void {
    setSaid(null);
    setOpened(action);
    setOpenId(action.id);
  }

  function close(sentence: string | null): void {
    // The panel is gone: the focus goes to its action, wherever that is now, or to the title when it is nowhere.
    setTimeout(() => (document.getElementById(`action-${openId}`) ?? document.getElementById('plan-title'))?.focus());
    setOpenId(null);
    setOpened(null);
    setSaid(sentence);
    if (sentence !== null) announce(sentence);
  }

  return (
    <div className={styles.page} onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <div className={styles.words}>
          {title}
          <Text className={mergeClasses(styles.quiet, tools.notOnPhone)}>
            {t('intro', { community: community.name })}
          </Text>
          {total > 0 && (
            <div className={styles.progress}>
              <ProgressBar value={done} max={total} label={t('progress', { done, count: total })} />
              <Text size={200}>
                {[
                  t('progress', { done, count: total }),
                  ...(overdue > 0 ? [t('overdueCount', { count: overdue })] : []),
                ].join(' · ')}
              </Text>
            </div>
          )}
        </div>
        <div className={styles.tools}>
          <div role="group" aria-label={t('view.label')} className={styles.tools}>
            {views.map(one => (
              <Button
                key={one}
                className={mergeClasses(tools.button, view === one && styles.chosen)}
                icon={icons[one]}
                aria-label={t(`view.${one}`)}
                aria-pressed={view === one}
                onClick={() => choose(one)}
              >
                <span className={tools.word}>{t(`view.${one}`)}</span>
              </Button>
            ))}
          </div>
          <Button
            className={mergeClasses(tools.button, tools.onPhone)}
            icon={<MoreHorizontalRegular />}
            aria-label={t('tools')}
            aria-expanded={showsTools}
            onClick={() => setShowsTools(!showsTools)}
          />
          {view === 'board' && (
            <Button
              className={mergeClasses(lesser, isChoosing && styles.chosen)}
              icon={<CheckboxCheckedRegular />}
              aria-label={t('several.begin')}
              title={t('several.begin')}
              aria-pressed={isChoosing}
              onClick={() => {
                if (isChoosing) chosen.clear();
                setWantsToChoose(!isChoosing);
              }}
            />
          )}
          <Button
            // There are no keys on a phone.
            className={tools.notOnPhone}
            icon={<KeyboardRegular />}
            aria-label={t('keys.open')}
            title={`${t('keys.open')} (?)`}
            aria-keyshortcuts="?"
            onClick={() => setShowsKeys(true)}
          />
          {!community.off.includes('calendarLinks') && <CalendarButton className={lesser} />}
          {total > 0 && !community.off.includes('exports') && (
            <Button
              className={lesser}
              icon={<ArrowDownloadRegular />}
              aria-label={t('export')}
              disabledFocusable={download.isPending}
              onClick={() => {
                if (!download.isPending) download.mutate();
              }}
            >
              <span className={tools.word}>{t('export')}</span>
            </Button>
          )}
        </div>
      </header>
      {download.isError && <FailureNotice error={download.error} again={() => download.mutate()} />}
      <Outdated query={plan} />
      {opening.data === null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('askedGone')}</MessageBarBody>
        </MessageBar>
      )}
      {opening.isError && <FailureNotice error={opening.error} again={() => opening.mutate(opening.variables)} />}
      {withOlder.error !== null && <FailureNotice error={withOlder.error} again={withOlder.again} />}
      {mayEdit && behind.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('leftCount', { count: behind.length })}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => setFilter({ ...everything, owner: 'left' })}>{t('leftShow')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {problem && (
        <div ref={scrollTo}>
          {'sentence' in problem ? (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{problem.sentence}</MessageBarBody>
            </MessageBar>
          ) : (
            <FailureNotice error={problem.error} again={problem.again} />
          )}
        </div>
      )}
      {total === 0 ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
            <div>{t('empty.hint')}</div>
          </MessageBarBody>
          {view !== 'calendar' && (
            <MessageBarActions>
              <Button onClick={addFirst}>{t('add.button')}</Button>
            </MessageBarActions>
          )}
        </MessageBar>
      ) : (
        <div className={styles.filters}>
          <Suspense fallback={null}>
            <FilterBar
              plan={withOlder.plan}
              filter={filter}
              shown={shown.length}
              rest={rest}
              change={setFilter}
              reached={() => setWantsChoices(true)}
            />
          </Suspense>
        </div>
      )}
      {view === 'board' && (
        <PlanBoard
          actions={shown}
          today={today}
          left={left}
          comments={comments}
          fresh={fresh}
          chosen={chosen}
          isChoosing={isChoosing}
          older={foot ? { count: rest, foot } : null}
          open={openIt}
          move={moveIt}
          added={setFresh}
        />
      )}
      {view === 'list' && (
        <Suspense fallback={null}>
          <PlanList
            actions={shown}
            today={today}
            left={left}
            comments={comments}
            fresh={fresh}
            chosen={chosen}
            arrangement={arrangement}
            arrange={next => {
              setArrangement(next);
              viewChoice.keepArrangement(next);
            }}
            open={openIt}
            change={changeIt}
            added={setFresh}
          />
          {foot}
        </Suspense>
      )}
      {view === 'calendar' && (
        <Suspense fallback={null}>
          <PlanCalendar actions={shown} today={today} open={open} />
        </Suspense>
      )}
      {view !== 'calendar' && chosen.began && (
        <Suspense fallback={null}>
          <SeveralBar
            chosen={chosenActions}
            today={today}
            left={left}
            clear={() => {
              chosen.clear();
              setWantsToChoose(false);
            }}
          />
        </Suspense>
      )}
      {!mayEdit && <Text className={styles.quiet}>{t('readOnly')}</Text>}
      {showsKeys && (
        <Suspense fallback={null}>
          <KeysSheet close={() => setShowsKeys(false)} />
        </Suspense>
      )}
      {openId !== null && opened && (
        <Suspense fallback={null}>
          <ActionPanel
            key={openId}
            action={actions.find(({ id }) => id === openId) ?? opened}
            plan={withOlder.plan}
            close={close}
          />
        </Suspense>
      )}
    </div>
  );
}
