import { z } from 'zod';
import { clouds, type CloudName } from '../../bot/clouds.ts';
import type { Translate } from '../../bot/text.ts';
import { Refused } from './refused.ts';

const guid = z.guid().transform(id => id.toLowerCase());
const https = z.url({ protocol: /^https$/ });

/** What only the organisation knows, by the variable it is kept in. */
const asked = {
  MICROSOFT_TENANT_ID: guid,
  PUBLIC_URL: https
    .transform(url => url.replace(/\/+$/, ''))
    .refine(url => new URL(url).pathname === '/' && !/[?#]/.test(url)),
  DEVELOPER_NAME: z.string().trim().min(1).max(32),
  WEBSITE_URL: https,
  PRIVACY_URL: https,
  TERMS_URL: https,
} as const;

type Name = keyof typeof asked;
export type Answers = Readonly<Record<Name, string>>;

/** What one may say beside: each has something that fits most. */
export const Choices = z.object({
  cloud: z.enum(Object.keys(clouds) as [CloudName, ...CloudName[]]).default('public'),
  /** How the app proves that it is the app. */
  credential: z.enum(['secret', 'certificate', 'identity']).default('secret'),
  /** How long a new secret is good for. */
  months: z.coerce.number().int().min(1).max(24).default(6),
});

export interface AnswersParts {
  /** What is known: what was given now, else what the file says. */
  readonly known: Readonly<Record<string, string | undefined>>;
  /** Asks a person; null where nobody is there to be asked. */
  readonly ask: ((question: string) => Promise<string>) | null;
  readonly say: (text: string) => void;
  readonly t: Translate;
}

/** How often a person is asked for the same. */
const mostAsks = 10;

/** Every answer, asked for where it is not known or does not fit. */
export async function readAnswers({ known, ask, say, t }: AnswersParts): Promise<Answers> {
  const names = Object.keys(asked) as Name[];
  const wrong = names.filter(name => !asked[name].safeParse(known[name]).success);
  if (ask === null && wrong.length > 0) throw new Refused('not-told', { names: wrong.join(', ') });
  const answers = new Map<Name, string>();
  for (const name of names) {
    let given = known[name] ?? '';
    for (let asks = 0; !asked[name].safeParse(given).success; asks++) {
      if (asks >= mostAsks) throw new Refused('not-told', { names: name });
      if (given !== '') say(t(`provision.wrong.${name}`, { given }));
      given = (await ask?.(`${t(`provision.ask.${name}`)}\n> `))?.trim() ?? '';
    }
    answers.set(name, asked[name].parse(given));
  }
  return Object.fromEntries(answers) as Answers;
}

/** What a file says, written as answers are: without what makes no difference. */
export function asAnswers(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const parsed = Object.entries(asked).flatMap(([name, schema]) => {
    const { data } = schema.safeParse(variables[name]);
    return data === undefined ? [] : [[name, data]];
  });
  return { ...variables, ...(Object.fromEntries(parsed) as Record<string, string>) };
}
