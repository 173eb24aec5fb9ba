import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ApiFailure } from '../../../tabs/lib/api.ts';
import { saveVersion, type Versioned } from '../../../tabs/lib/save-version.ts';
import type { DraftOptions } from '../../../tabs/lib/use-draft.ts';
import { useVersionedEdit, type VersionedEditOptions } from '../../../tabs/lib/use-versioned-edit.ts';
import { memoryStorage } from '../memory-storage.ts';
import { mount, startPage, type Mounted } from '../render-hook.tsx';

const Note = z.object({ title: z.string(), text: z.string() });
type Note = z.infer<typeof Note>;
interface NoteView extends Note {
  readonly etag: string;
}
type Options = VersionedEditOptions<Note, NoteView, keyof Note, keyof Note>;

const first: NoteView = { title: 'Tea', text: 'At four.', etag: '1' };
const valueOf = ({ title, text }: Note): Note => ({ title, text });

let storage: Storage;
/** What is stored; null once somebody removed it. */
let stored: NoteView | null;
let heard: unknown[];
/** Holds back every save until it is called. */
let arrive: Promise<void>;
beforeEach(() => {
  storage = memoryStorage();
  stored = first;
  heard = [];
  arrive = Promise.resolve();
  startPage(storage);
});

const versioned: Versioned<Note, NoteView, keyof Note> = {
  async put(note, etag) {
    await arrive;
    if ((stored?.etag ?? null) !== etag) throw new ApiFailure('version-conflict', 'somebody saved');
    return write(note);
  },
  current: async () => stored,
  read: view => ({ value: valueOf(view), etag: view.etag }),
  merge(base, mine, theirs) {
    const fields = (['title', 'text'] as const).filter(field => mine[field] !== theirs[field]);
    const kept = fields.filter(field => base !== null && base[field] === mine[field]);
    const clashes = fields.filter(field => !kept.includes(field) && base?.[field] !== theirs[field]);
    const value = kept.reduce((note, field) => ({ ...note, [field]: theirs[field] }), mine);
    return { value, theirs: kept, clashes };
  },
};

function write(note: Note): NoteView {
  stored = { ...note, etag: String(Number(stored?.etag ?? 0) + 1) };
  return stored;
}

/** Opens the form on what the page last read. */
function open(shown = first, change: Partial<Options & DraftOptions<Note>> = {}) {
  return mount(() =>
    useVersionedEdit<Note, NoteView, keyof Note>({
      thing: 'note/1',
      schema: Note,
      stored: { value: valueOf(shown), etag: shown.etag },
      save: edit => saveVersion(versioned, edit),
      onSaved: ({ view, theirs }) => heard.push(['saved', view.etag, theirs]),
      onClash: ({ parts }) => heard.push(['clash', parts]),
      onGone: () => heard.push(['gone']),
      ...change,
    }),
  );
}

async function type(
  form: Mounted<ReturnType<typeof useVersionedEdit<Note, NoteView, keyof Note>>>,
  part: Partial<Note>,
) {
  await form.act(edit => edit.change({ ...edit.value, ...part }));
}

describe('while nobody types', () => {
  test('the form follows what is stored', async () => {
    let shown = first;
    const form = await mount(() =>
      useVersionedEdit<Note, NoteView, keyof Note>({
        thing: 'note/1',
        schema: Note,
        stored: { value: valueOf(shown), etag: shown.etag },
        save: edit => saveVersion(versioned, edit),
        onSaved: () => undefined,
        onClash: () => undefined,
      }),
    );
    shown = { ...first, title: 'Coffee', etag: '2' };
    await form.again();

    expect(form.now()).toMatchObject({ value: { title: 'Coffee' }, etag: '2', changed: false, restoredAt: null });
    expect(storage.length).toBe(0);
  });
});

describe('what was typed', () => {
  test('is there after the page was closed, with what it was based on, and goes when it is thrown away', async () => {
    await type(await open(), { text: 'At five.' });
    const form = await open({ ...first, title: 'Coffee', etag: '2' });

    expect(form.now()).toMatchObject({
      value: { title: 'Tea', text: 'At five.' },
      base: valueOf(first),
      etag: '1',
      changed: true,
      restoredAt: expect.any(String),
    });

    await form.act(edit => edit.reset());

    expect(form.now()).toMatchObject({ value: { title: 'Coffee' }, etag: '2', changed: false, restoredAt: null });
    expect(storage.length).toBe(0);
  });

  test('goes when it says again what is stored', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });
    await type(form, { text: first.text });

    expect([form.now().changed, storage.length]).toEqual([false, 0]);
  });

  test('is no draft when it was saved and only the answer got lost', async () => {
    await type(await open(), { text: 'At five.' });

    const form = await open({ ...first, text: 'At five.', etag: '2' });

    expect(form.now()).toMatchObject({ restoredAt: null, changed: false, etag: '2' });
  });

  test('stays out of the browser where nothing may be kept', async () => {
    const form = await open(first, { thing: null });
    await type(form, { text: 'Between us.' });

    expect([form.now().value.text, storage.length]).toEqual(['Between us.', 0]);
  });

  test('is asked about before the page closes, where this browser keeps nothing', async () => {
    storage.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const form = await open();
    expect(form.asksBeforeLeaving()).toBe(false);

    await type(form, { text: 'At five.' });

    expect([form.now().lost, form.asksBeforeLeaving()]).toEqual([true, true]);
  });
});

describe('saving', () => {
  test('forgets the draft, and the form is as it is stored', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });

    await form.act(edit => edit.submit());

    expect(stored).toEqual({ title: 'Tea', text: 'At five.', etag: '2' });
    expect([heard, storage.length, form.now().changed]).toEqual([[['saved', '2', []]], 0, false]);
  });

  test('saves another value than the form shows, where it is told to', async () => {
    const form = await open();
    await type(form, { title: ' Coffee ' });

    await form.act(edit => edit.submit({ ...edit.value, title: 'Coffee' }));

    expect(stored?.title).toBe('Coffee');
  });

  test('stands still on the way, and asks before the page closes; the draft goes though the form was left', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    arrive = promise;
    const form = await open();
    await type(form, { text: 'At five.' });
    await form.act(edit => edit.submit());
    await type(form, { text: 'Too late to be sent' });
    await form.act(edit => edit.submit());
    expect(form.now()).toMatchObject({ saving: true, value: { text: 'At five.' } });
    expect(form.asksBeforeLeaving()).toBe(true);

    await form.leave();
    resolve();
    await new Promise(setImmediate);

    expect([stored?.etag, storage.length]).toEqual(['2', 0]);
  });

  test('keeps what was typed when it fails', async () => {
    const form = await open(first, { save: () => Promise.reject(new ApiFailure('throttled', 'later')) });
    await type(form, { text: 'At five.' });

    await form.act(edit => edit.submit());

    expect(form.now()).toMatchObject({ error: { code: 'throttled' }, value: { text: 'At five.' }, changed: true });
    expect(storage.length).toBe(1);
  });

  test('puts together what differs', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });
    write({ ...first, title: 'Coffee' });

    await form.act(edit => edit.submit());

    expect(stored).toEqual({ title: 'Coffee', text: 'At five.', etag: '3' });
    expect(heard).toEqual([['saved', '3', ['title']]]);
  });

  test('writes nothing when somebody saved just the same', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });
    write({ ...first, text: 'At five.' });

    await form.act(edit => edit.submit());

    expect([stored?.etag, heard]).toEqual(['2', [['saved', '2', []]]]);
  });
});

describe('when both changed the same', () => {
  test('nothing is saved until somebody chooses, and then it is', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });
    write({ title: 'Coffee', text: 'At six.' });
    await form.act(edit => edit.submit());

    expect(stored?.etag).toBe('2');
    expect(heard).toEqual([['clash', ['text']]]);
    expect(form.now()).toMatchObject({
      value: { title: 'Coffee', text: 'At five.' },
      clash: { parts: ['text'], mine: { text: 'At five.' }, theirs: { text: 'At six.' }, view: { etag: '2' } },
    });

    await form.act(edit => edit.submit());

    expect(stored).toEqual({ title: 'Coffee', text: 'At five.', etag: '3' });
    expect([form.now().clash, storage.length]).toEqual([null, 0]);
  });

  test('the choice comes back after the page was closed, and theirs is not overwritten', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });
    write({ ...first, text: 'At six.' });
    await form.act(edit => edit.submit());

    const later = await open({ ...first, text: 'At six.', etag: '2' });
    await later.act(edit => edit.submit());

    expect([stored?.text, later.now().clash?.parts]).toEqual(['At six.', ['text']]);
  });

  test('throwing it away takes theirs', async () => {
    const form = await open();
    await type(form, { text: 'At five.' });
    write({ ...first, text: 'At six.' });
    await form.act(edit => edit.submit());

    await form.act(edit => edit.reset());

    expect([form.now().clash, form.now().changed, storage.length]).toEqual([null, false, 0]);
  });
});

test('what somebody removed is gone, and saved anew when it is saved once more', async () => {
  const form = await open();
  await type(form, { text: 'At five.' });
  stored = null;
  await form.act(edit => edit.submit());
  expect([form.now().gone, form.now().changed, heard]).toEqual([true, true, [['gone']]]);

  await form.act(edit => edit.submit());

  expect(stored).toEqual({ title: 'Tea', text: 'At five.', etag: '1' });
});
