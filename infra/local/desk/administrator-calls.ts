import { z } from 'zod';
import type { AppInTeams } from '../app-in-teams.ts';
import { Impossible } from '../connector/index.ts';
import { tenant } from '../directory.ts';
import type { DeviceCodes } from '../entra/device-codes.ts';
import { Refusal } from '../entra/refusals.ts';
import { samplePeople } from '../sample-people.ts';
import { post, type Call } from './call.ts';

const Name = z.string().min(1).max(42);

/** What administrators do in a tenant that has never heard of the app. */
export function administratorCalls(app: AppInTeams, deviceCodes: Pick<DeviceCodes, 'answer'>): readonly Call[] {
  return [
    post(
      'device-code',
      'Somebody enters a code at microsoft.com/devicelogin, signs in and agrees',
      z.object({ code: z.string().max(20), user: z.string().max(200) }),
      { code: 'ABCDEFGHJ', user: samplePeople[0]?.id },
      ({ code, user }) => {
        try {
          deviceCodes.answer(code.trim(), user, 'accept');
        } catch (error) {
          if (error instanceof Refusal) throw new Impossible(error.message);
          throw error;
        }
      },
    ),
    post(
      'azure-bot',
      'Makes an Azure Bot, single tenant',
      z.object({ name: Name, appId: z.guid(), tenantId: z.guid(), endpoint: z.url({ protocol: /^https$/ }) }),
      {
        name: 'cop-companion',
        appId: tenant.appId,
        tenantId: tenant.id,
        endpoint: 'https://localhost:4443/api/messages',
      },
      ({ name, appId, tenantId, endpoint }) => {
        if (tenantId !== tenant.id) throw new Impossible(`The tenant is ${tenant.id}, and no other.`);
        app.putBot({ name, appId, endpoint });
      },
    ),
    post(
      'azure-bot-channel',
      'Adds the Teams channel to an Azure Bot',
      z.object({ name: Name }),
      { name: 'cop-companion' },
      ({ name }) => app.addTeamsChannel(name),
    ),
    post(
      'upload',
      'Uploads an app package in the Teams admin center, as base64; answers the App ID that its page shows there',
      z.object({ zip: z.base64().max(8_000_000) }),
      { zip: 'UEsDBA==' },
      ({ zip }) => ({ appId: app.upload(Buffer.from(zip, 'base64')) }),
    ),
  ];
}
