import charterMethod from '../../domain/charter/text.de.json' with { type: 'json' };
import eventsMethod from '../../domain/events/text.de.json' with { type: 'json' };
import surveysMethod from '../../domain/surveys/text.de.json' with { type: 'json' };
import clash from '../components/clash-text.de.json' with { type: 'json' };
import draft from '../components/draft-text.de.json' with { type: 'json' };
import log from '../components/log-text.de.json' with { type: 'json' };
import richText from '../components/rich-text/text.de.json' with { type: 'json' };
import administration from '../features/administration/text.de.json' with { type: 'json' };
import agenda from '../features/agenda/text.de.json' with { type: 'json' };
import audit from '../features/audit/text.de.json' with { type: 'json' };
import charterDownload from '../features/charter/download-text.de.json' with { type: 'json' };
import charterEditor from '../features/charter/editor-text.de.json' with { type: 'json' };
import charterHistory from '../features/charter/history-text.de.json' with { type: 'json' };
import charterReview from '../features/charter/review-text.de.json' with { type: 'json' };
import charter from '../features/charter/text.de.json' with { type: 'json' };
import charterVoices from '../features/charter/voices-text.de.json' with { type: 'json' };
import delivery from '../features/delivery/text.de.json' with { type: 'json' };
import digest from '../features/digest/text.de.json' with { type: 'json' };
import events from '../features/events/text.de.json' with { type: 'json' };
import eventsReport from '../features/events/report-text.de.json' with { type: 'json' };
import library from '../features/library/text.de.json' with { type: 'json' };
import overview from '../features/overview/text.de.json' with { type: 'json' };
import planCalendar from '../features/plan/calendar-text.de.json' with { type: 'json' };
import planComments from '../features/plan/comments-text.de.json' with { type: 'json' };
import planDetails from '../features/plan/details-text.de.json' with { type: 'json' };
import planDue from '../features/plan/due-text.de.json' with { type: 'json' };
import plan from '../features/plan/text.de.json' with { type: 'json' };
import privacy from '../features/privacy/text.de.json' with { type: 'json' };
import roles from '../features/roles/text.de.json' with { type: 'json' };
import settings from '../features/settings/text.de.json' with { type: 'json' };
import surveys from '../features/surveys/text.de.json' with { type: 'json' };
import welcome from '../features/welcome/text.de.json' with { type: 'json' };
import frames from '../frames/text.de.json' with { type: 'json' };
import type { Translation } from '../lib/text.ts';
import shell from '../text.de.json' with { type: 'json' };

/** What the tab says in German, by the names that its parts give to `textOf`. */
export const german: Translation = {
  administration,
  agenda,
  audit,
  charter: { ...charter, ...charterMethod },
  'charter-download': charterDownload,
  'charter-editor': charterEditor,
  'charter-history': charterHistory,
  'charter-review': charterReview,
  'charter-voices': charterVoices,
  clash,
  delivery,
  digest,
  draft,
  events,
  'events-method': eventsMethod,
  'events-report': eventsReport,
  frames,
  library,
  log,
  overview,
  plan,
  'plan-calendar': planCalendar,
  'plan-comments': planComments,
  'plan-details': planDetails,
  'plan-due': planDue,
  privacy,
  'rich-text': richText,
  roles,
  settings,
  shell,
  surveys,
  'surveys-templates': surveysMethod,
  welcome,
};
