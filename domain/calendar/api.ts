import { z } from 'zod';
import { Person } from '../community.ts';
import { endpoint, community, FileAnswer } from '../endpoint.ts';

const CalendarLinkView = z.object({
  madeAt: z.iso.datetime(),
  madeBy: Person,
});

/** Whether there are links to calendars. What a link says is shown once, when it is made. */
export const CalendarView = z.object({
  mine: CalendarLinkView.nullable(),
  community: CalendarLinkView.nullable(),
});

export type CalendarView = z.infer<typeof CalendarView>;

/** A link to a calendar, just made. */
export const NewCalendarLink = z.object({ url: z.url(), links: CalendarView });

export type NewCalendarLink = z.infer<typeof NewCalendarLink>;

export const calendarApi = {
  calendar: endpoint({
    method: 'GET',
    path: `${community}/calendar`,
    summary: 'Which links to calendars there are: mine, and the community’s',
    answer: CalendarView,
  }),
  makeCalendarLink: endpoint({
    method: 'POST',
    path: `${community}/calendar/{scope}`,
    summary: 'Make a link to my calendar or the community’s; the one before it leads nowhere from then on',
    answer: NewCalendarLink,
  }),
  revokeCalendarLink: endpoint({
    method: 'POST',
    path: `${community}/calendar/{scope}/revoke`,
    summary: 'Have a link to a calendar lead nowhere; may be repeated',
    answer: CalendarView,
  }),
  actionCalendar: endpoint({
    method: 'GET',
    path: `${community}/plan/{action}/calendar`,
    summary: 'One action as a calendar file',
    answer: FileAnswer,
    file: true,
  }),
};
