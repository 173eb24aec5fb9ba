import { CommunityError } from '../errors.ts';
import { mostLinks, mostSteps, type ActionDetails, type DetailChange, type Step } from './details.ts';

/**
 * What is in the action after this change; the same object when it changes nothing. Throws `not-found` for a step that
 * is not there, and `too-large` for one more than there may be.
 */
export function withDetail(details: ActionDetails, change: DetailChange): ActionDetails {
  const { steps, links } = details;
  switch (change.kind) {
    case 'add-step': {
      if (steps.some(({ id }) => id === change.id)) return details;
      if (steps.length >= mostSteps) throw new CommunityError('too-large', `an action has at most ${mostSteps} steps`);
      return { ...details, steps: [...steps, { id: change.id, text: change.text, done: false }] };
    }
    case 'write-step':
      return withStep(details, change.id, { text: change.text });
    case 'tick-step':
      return withStep(details, change.id, { done: change.done });
    case 'move-step':
      return moved(details, change.id, change.before);
    case 'remove-step':
      return steps.some(({ id }) => id === change.id)
        ? { ...details, steps: steps.filter(({ id }) => id !== change.id) }
        : details;
    case 'add-link': {
      if (links.some(({ id }) => id === change.id)) return details;
      if (links.length >= mostLinks) throw new CommunityError('too-large', `an action has at most ${mostLinks} links`);
      const { id, title, address: to } = change;
      return { ...details, links: [...links, { id, title, address: to }] };
    }
    case 'remove-link':
      return links.some(({ id }) => id === change.id)
        ? { ...details, links: links.filter(({ id }) => id !== change.id) }
        : details;
  }
}

function withStep(details: ActionDetails, id: string, change: Partial<Omit<Step, 'id'>>): ActionDetails {
  const before = stepOf(details, id);
  const after = { ...before, ...change };
  if (before.text === after.text && before.done === after.done) return details;
  return { ...details, steps: details.steps.map(step => (step.id === id ? after : step)) };
}

/** A step before which it was to stand and that somebody removed meanwhile leaves it where it is. */
function moved(details: ActionDetails, id: string, before: string | null): ActionDetails {
  const step = stepOf(details, id);
  const others = details.steps.filter(other => other.id !== id);
  const place = before === null ? others.length : others.findIndex(other => other.id === before);
  if (place < 0 || details.steps[place]?.id === id) return details;
  return { ...details, steps: others.toSpliced(place, 0, step) };
}

function stepOf({ steps }: ActionDetails, id: string): Step {
  const step = steps.find(one => one.id === id);
  if (!step) throw new CommunityError('not-found', `this action has no step ${id}`);
  return step;
}
