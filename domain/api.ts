import { administrationApi } from './administration/api.ts';
import { agendaApi } from './agenda/api.ts';
import { auditApi } from './audit/api.ts';
import { calendarApi } from './calendar/api.ts';
import { charterApi } from './charter/api.ts';
import { charterVoicesApi } from './charter/voices-api.ts';
import { deliveryApi } from './delivery/api.ts';
import { digestApi } from './digest/api.ts';
import type { AnyEndpoint } from './endpoint.ts';
import { eventsApi } from './events/api.ts';
import { reportApi } from './events/report-api.ts';
import { facilitationApi } from './facilitation/api.ts';
import { libraryApi } from './library/api.ts';
import { liveApi } from './live/api.ts';
import { overviewApi } from './overview/api.ts';
import { planApi } from './plan/api.ts';
import { actionCommentsApi } from './plan/comments-api.ts';
import { privacyApi } from './privacy/api.ts';
import { rolesApi } from './roles/api.ts';
import { settingsApi } from './settings/api.ts';
import { surveysApi } from './surveys/api.ts';
import { tabApi } from './tab/api.ts';
import { welcomeApi } from './welcome/api.ts';

export type { CommunityView, MembersView, MyCommunitiesView } from './tab/api.ts';

export const api = {
  ...tabApi,
  ...liveApi,
  ...overviewApi,
  ...charterApi,
  ...charterVoicesApi,
  ...settingsApi,
  ...facilitationApi,
  ...welcomeApi,
  ...rolesApi,
  ...planApi,
  ...actionCommentsApi,
  ...calendarApi,
  ...eventsApi,
  ...reportApi,
  ...agendaApi,
  ...libraryApi,
  ...surveysApi,
  ...digestApi,
  ...deliveryApi,
  ...auditApi,
  ...administrationApi,
  ...privacyApi,
} as const satisfies Record<string, AnyEndpoint>;
