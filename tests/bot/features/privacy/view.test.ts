import { expect, test } from '@jest/globals';
import { createFeatures, type FeatureParts } from '../../../../bot/features/index.ts';
import type { HeldKind, PersonalData } from '../../../../bot/ports.ts';
import { viewOf } from '../../../../bot/features/privacy/view.ts';
import { createTexts } from '../../../../bot/text.ts';
import { auditOutcomes } from '../../../../domain/audit/audit.ts';
import { allActs } from '../../../../domain/audit/rules.ts';
import { deliveryStates } from '../../../../domain/delivery/delivery.ts';
import { audiences } from '../../../../domain/digest/digest.ts';
import { actionStates } from '../../../../domain/plan/plan.ts';
import { holdingStates } from '../../../../domain/roles/roles.ts';
import { community, member } from '../../../support/feature-parts.ts';

// The words of a code are those of its own feature, so the sentences of all of them are needed.
const features = createFeatures({ links: {}, switches: {} } as FeatureParts);
const t = createTexts(Object.fromEntries(features.map(({ name, text }) => [name, text]))).for('privacy', 'en-GB');

/** What the page says of one entry, by the field's name. */
async function shown(kind: string, entry: Readonly<Record<string, unknown>>): Promise<Record<string, string>> {
  const held: readonly HeldKind[] = [{ kind, fate: 'goes', entries: [entry] }];
  const personalData: Pick<PersonalData, 'held'> = { held: async () => held };
  const view = await viewOf(personalData, community(), member('Priya Raman'), t);
  return Object.fromEntries((view.held[0]?.entries[0] ?? []).map(({ name, value }) => [name, value]));
}

test.each<[string, string, readonly string[]]>([
  ['audit', 'act', allActs()],
  ['audit', 'outcome', auditOutcomes],
  ['messages', 'message', ['digest.replied', 'facilitation.week', 'surveys.ask']],
  ['messages', 'state', deliveryStates],
  ['plan', 'state', actionStates],
  ['roles', 'state', holdingStates],
  ['offers', 'state', holdingStates],
  ['roles', 'role', ['member-support', 'coordinator']],
  ['offers', 'role', ['member-support']],
  ['replies', 'choice', ['yes', 'later', 'talk']],
  ['digests', 'audience', audiences],
  ['digests', 'period', ['now']],
  ['calendar_links', 'calendar', ['person', 'community']],
])('%s say %s in words', async (kind, field, values) => {
  for (const value of values) {
    const [words] = Object.values(await shown(kind, { [field]: value }));
    expect(words).not.toBe(value);
    expect(words).toMatch(/^\p{Lu}/u);
  }
});

test('what has no words is shown as it is kept', async () => {
  expect(await shown('audit', { act: 'later.version' })).toEqual({ What: 'later.version' });
  expect(await shown('roles', { role: 'own-chart-doctor' })).toEqual({ Role: 'own-chart-doctor' });
  expect(await shown('digests', { period: '2026-q4' })).toEqual({ Period: '2026-q4' });
});

test('of a message its day is shown, and no key by which the app knows it', async () => {
  expect(await shown('messages', { message: 'facilitation.week', period: '2026-11-23', state: 'sent' })).toEqual({
    'Kind of message': 'Facilitation week',
    Period: '2026-11-23',
    State: 'Sent',
  });
  const key = 'sponsor/now-2026-11-26/a7d3c5e1-40b2-4c6d-8e9f-000000000003';
  expect(await shown('messages', { message: 'digest.replied', period: key })).toEqual({
    'Kind of message': 'The sponsor has answered',
  });
});
