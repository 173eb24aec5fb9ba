import type { FrameLocator, Locator } from 'playwright-core';

type Tab = FrameLocator;

/**
 * Where people type sentences or many fields: how the form is opened, where something is typed, and how it is saved.
 */
export interface Form {
  readonly name: string;
  /** The name of its draft, with `*` for what differs. */
  readonly keeps: string;
  readonly screen: string;
  /** Seen as in a community that has only begun. */
  readonly begins?: boolean;
  /** As they do it anew after a reload. Absent where the form opens by itself. */
  readonly open?: (tab: Tab) => Promise<void>;
  /** Only the first time. */
  readonly begin?: (tab: Tab) => Promise<void>;
  readonly field: (tab: Tab) => Locator;
  readonly typed?: string;
  /** Where it is chosen instead. */
  readonly choose?: (tab: Tab) => Promise<void>;
  /** One line that says enough by being there: nothing is said beside it. */
  readonly silent?: boolean;
  readonly save: (tab: Tab) => Promise<void>;
  /** The button that throws away what was typed; null where it asks in a way of its own, or is not there. */
  readonly cancel?: null | string;
}

export const box = (name: string) => (tab: Tab) => tab.getByRole('textbox', { name, exact: true }).first();
export const press = (name: string | RegExp) => (tab: Tab) =>
  tab
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();

/** The ready-made survey that is answered by name. */
const energy = 'Where is our energy?';

/** Each goes on with what the ones before have left. */
export const forms: readonly Form[] = [
  {
    name: 'a section of the charter',
    keeps: 'charter/*',
    screen: 'Charter',
    begin: press('Edit Measures'),
    field: box('Measures: your text'),
    save: press('Save'),
  },
  {
    name: 'a word on a section of the charter',
    keeps: 'charter/*/comment',
    screen: 'Charter',
    open: press('Comment on Purpose'),
    field: box('What would you add, change or ask?'),
    save: press('Send'),
  },
  {
    name: 'the day of the next review',
    keeps: 'charter/review',
    screen: 'Charter',
    open: press(/^(Change review date|Set a review date|Reviewed: set the next day)$/),
    field: tab => tab.getByLabel('Day of the next review'),
    typed: '2031-05-06',
    save: press('Save'),
  },
  {
    name: 'until when everybody is asked to agree',
    keeps: 'charter/consent',
    screen: 'Charter',
    open: press('Ask everybody to agree'),
    field: tab => tab.getByLabel('Until when?'),
    // Within the weeks that there may be.
    typed: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
    save: press('Ask in the channel'),
  },
  {
    name: 'what a community is for that begins',
    keeps: 'start/purpose',
    screen: 'Home',
    begins: true,
    open: press('Start from a suggestion'),
    field: box('What the community is for'),
    cancel: null,
    save: press('Save it in the charter'),
  },
  {
    name: 'who looks after a community that begins',
    keeps: 'start/*',
    screen: 'Home',
    begins: true,
    open: press('Choose who'),
    field: tab => tab.getByRole('list', { name: 'Who coordinates with you?' }).getByText('Amara Okafor'),
    typed: 'Amara Okafor',
    async choose(tab) {
      await tab.getByRole('combobox', { name: 'Who coordinates with you?' }).pressSequentially('Amara');
      await tab.getByRole('option', { name: /^Amara Okafor/ }).click();
    },
    cancel: null,
    save: press('Make them coordinators'),
  },
  {
    name: 'an action',
    keeps: 'plan/*',
    screen: 'Plan',
    open: press(/^Book the library/),
    field: box('Notes'),
    cancel: null,
    save: press('Save'),
  },
  {
    name: 'a step of an action',
    keeps: 'plan/*/step',
    screen: 'Plan',
    open: press(/^Book the library/),
    field: box('Add a step'),
    silent: true,
    cancel: null,
    save: tab => box('Add a step')(tab).press('Enter'),
  },
  {
    name: 'the words of a step',
    keeps: 'plan/*/step/*',
    screen: 'Plan',
    async open(tab) {
      await press(/^Book the library/)(tab);
      await press('More about “Half a thought”')(tab);
      await tab.getByRole('menuitem', { name: 'Change the words' }).click();
    },
    field: box('Words of the step'),
    typed: 'A whole thought',
    cancel: 'Leave it as it was',
    save: press('Keep'),
  },
  {
    name: 'a link of an action',
    keeps: 'plan/*/link',
    screen: 'Plan',
    open: press(/^Book the library/),
    begin: press('Add a link'),
    field: box('Address'),
    typed: 'https://example.org/half',
    silent: true,
    save: tab => box('Address')(tab).press('Enter'),
  },
  {
    name: 'a comment on an action',
    keeps: 'plan/*/comment',
    screen: 'Plan',
    open: press(/^Book the library/),
    field: tab => tab.getByRole('combobox', { name: 'Comment', exact: true }).or(box('Comment')(tab)).first(),
    cancel: null,
    save: press('Send'),
  },
  {
    name: 'the words of a comment',
    keeps: 'plan/*/comment/*',
    screen: 'Plan',
    async open(tab) {
      await press(/^Book the library/)(tab);
      await press(/^Change your comment/)(tab);
    },
    field: box('Change your comment'),
    typed: 'A whole thought',
    save: tab => box('Change your comment')(tab).press('Control+Enter'),
  },
  {
    name: 'a new action',
    keeps: 'plan/new/*',
    screen: 'Plan',
    begin: press('Add an action: To do'),
    field: box('New action in “To do”'),
    silent: true,
    cancel: 'Stop adding',
    save: press('Add'),
  },
  {
    name: 'a new event',
    keeps: 'events/*',
    screen: 'Events',
    open: press('Propose an event'),
    field: box('Title'),
    // It is thrown away by a button that says so.
    cancel: null,
    save: press('Save as a draft'),
  },
  {
    name: 'what comes again and again',
    keeps: 'events/rhythm/*',
    screen: 'Events',
    open: press('Add a rhythm'),
    field: box('Title'),
    save: press('Save'),
  },
  {
    name: 'what comes next after an event',
    keeps: 'events/*/next',
    screen: 'Events',
    open: tab => tab.getByRole('button', { name: 'Chart surgery', exact: true }).last().click(),
    field: box('What comes next'),
    silent: true,
    cancel: null,
    save: press('Add 1 step to the plan'),
  },
  {
    name: 'the guests of an event',
    keeps: 'events/*/guests',
    screen: 'Events',
    open: tab => tab.getByRole('button', { name: 'Chart surgery', exact: true }).last().click(),
    field: box('Guests'),
    silent: true,
    cancel: null,
    save: press('Add 1 guest'),
  },
  {
    name: 'how an event is prepared',
    keeps: 'events/*/ps/*',
    screen: 'Events',
    async open(tab) {
      await press('Everything about it')(tab);
      await press('Purpose')(tab);
    },
    field: box('Our answer'),
    silent: true,
    cancel: null,
    save: tab => box('Our answer')(tab).press('Tab'),
  },
  {
    name: 'a question',
    keeps: 'agenda/*',
    screen: 'Questions',
    field: box('What would you like to know?'),
    silent: true,
    cancel: null,
    save: press('Keep it'),
  },
  {
    name: 'an answer to a question',
    keeps: 'agenda/*/answer',
    screen: 'Questions',
    open: press('Half a thought'),
    field: box('Answer'),
    typed: 'The other half',
    cancel: null,
    save: press('Answer'),
  },
  {
    name: 'something for the library',
    keeps: 'library/new',
    screen: 'Library',
    open: press('Add'),
    field: box('When does it help?'),
    cancel: null,
    async save(tab) {
      await box('Address')(tab).fill('https://example.org/half');
      await box('What is it?')(tab).fill('Half a template');
      await press('Put it in')(tab);
    },
  },
  {
    name: 'something in the library in other words',
    keeps: 'library/*',
    screen: 'Library',
    open: press('Edit'),
    field: box('When does it help?'),
    typed: 'When a board asks',
    cancel: null,
    save: press('Save'),
  },
  {
    name: 'the settings',
    keeps: 'settings',
    screen: 'Settings',
    field: tab => tab.getByLabel('Time', { exact: true }),
    typed: '10:45',
    save: press('Save'),
  },
  {
    name: 'a new survey',
    keeps: 'surveys/*',
    screen: 'Surveys',
    open: press('New survey'),
    begin: press(/^Find the energy/),
    field: box('A word to begin with'),
    save: press('Open it now'),
  },
  {
    name: 'an answer that carries a name',
    keeps: 'surveys/*/answer',
    screen: 'Surveys',
    open: tab => tab.getByRole('article', { name: energy }).getByRole('button', { name: 'Answer' }).click(),
    field: box('What do you do, in a line?'),
    save: press('Send'),
  },
  {
    name: 'the words of a digest',
    keeps: 'digest/*',
    screen: 'Digest',
    field: box('A story'),
    save: press('Save the words'),
    cancel: 'Discard changes',
  },
  {
    name: 'an own role',
    keeps: 'roles/new',
    screen: 'Roles',
    open: press('Add a role of our own'),
    field: box('What is it called?'),
    typed: 'Keeper of the kettle',
    save: press('Add the role'),
  },
  {
    name: 'the words of an own role',
    keeps: 'roles/*/words',
    screen: 'Roles',
    open: press('Change: Keeper of the kettle'),
    field: box('What is it for?'),
    save: press('Save'),
  },
  {
    name: 'a role that is taken on',
    keeps: 'roles/*/volunteer',
    screen: 'Roles',
    open: press('Take it on: Keeper of the kettle'),
    field: tab => tab.getByRole('article', { name: 'Keeper of the kettle' }).getByRole('textbox').first(),
    save: press('Take it on'),
  },
  {
    name: 'a term',
    keeps: 'roles/*/term/*',
    screen: 'Roles',
    open: press('Change term: Priya Raman, Keeper of the kettle'),
    field: box('Note (optional)'),
    typed: 'Until spring',
    save: press('Save'),
  },
  {
    name: 'a role that is given',
    keeps: 'roles/*/give',
    screen: 'Roles',
    open: press('Give to somebody: Sponsor'),
    begin: tab => tab.getByRole('radio', { name: 'Outside it' }).check(),
    field: box('Name'),
    save: async tab => {
      await box('Mail address')(tab).fill('ingrid.sand@example.org');
      await press('Give the role')(tab);
    },
  },
];
