import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { charter } from '../../../../bot/features/charter/index.ts';
import { api } from '../../../../domain/api.ts';
import type { FileAnswer } from '../../../../domain/endpoint.ts';
import type { SectionId } from '../../../../domain/charter/charter.ts';
import { community, member, person, recordingFiles, type RecordingFiles } from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';

const ben = member('Ben Ito');
const here = community();
let lists: InMemoryLists;
let feature: ReturnType<typeof charter>;
let files: RecordingFiles;
let parts: SceneParts;

beforeEach(() => {
  files = recordingFiles();
  ({ feature, parts, lists } = sceneOf(made => charter({ ...made, files })));
});

afterEach(() => feature.stop?.());

test.each([
  { format: 'docx', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  { format: 'pdf', type: 'application/pdf' },
  { format: 'md', type: 'text/markdown; charset=utf-8' },
])('any member may take the charter away as $format', async ({ format, type }) => {
  const file = await exported(format);

  expect({ name: file.name, type: file.type }).toEqual({
    name: `Charter of Data Storytellers 2026-11-22.${format}`,
    type,
  });
});

test('another format is not found', async () => {
  const failure = await failureOf(
    request(feature, api.exportCharter, { who: ben, community: here, params: { format: 'exe' } }),
  );

  expect(failure.code).toBe('not-found');
});

describe('publishing to Files', () => {
  const priya = member('Priya Raman');

  test.each([
    { format: 'docx', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', begins: 'PK' },
    { format: 'pdf', type: 'application/pdf', begins: '%PDF' },
  ])(
    'a coordinator puts the charter there as $format, in their own name and always under one name',
    async ({ format, type, begins }) => {
      const { body } = await request(feature, api.publishCharter, { who: priya, community: here, params: { format } });

      const name = `Charter of Data Storytellers.${format}`;
      expect(body).toEqual({ outcome: 'published', name, url: `https://files.example/${encodeURIComponent(name)}` });
      expect(
        files.published.map(({ community: id, onBehalfOf, file }) => [id, onBehalfOf, file.name, file.type]),
      ).toEqual([[here.id, tokenOf(priya), name, type]]);
      expect(new TextDecoder().decode(files.published[0]?.file.bytes.subarray(0, begins.length))).toBe(begins);
    },
  );

  test.each([
    { who: ben, format: 'docx', code: 'not-allowed', reason: 'a member may take it away, and not publish it' },
    { who: priya, format: 'md', code: 'not-found', reason: 'nobody opens Markdown in Files' },
  ])('$who.name with $format: $code, $reason', async ({ who, format, code }) => {
    const failure = await failureOf(request(feature, api.publishCharter, { who, community: here, params: { format } }));

    expect([failure.code, files.published]).toEqual([code, []]);
  });

  test.each(['no-folder', 'not-allowed', 'locked', 'full'] as const)(
    'what SharePoint refuses comes back as its reason: %s',
    async outcome => {
      files = recordingFiles(outcome);
      feature = charter({ ...parts, files });

      const { body } = await request(feature, api.publishCharter, {
        who: priya,
        community: here,
        params: { format: 'docx' },
      });

      expect(body).toEqual({ outcome, name: 'Charter of Data Storytellers.docx' });
    },
  );
});

describe('Markdown', () => {
  test('says everything: title, day, review, each section, who wrote it, and what is not written', async () => {
    await write('purpose', '# Why\n\nWe **share** <b>it</b>.');
    await setReview('2027-03-01');

    const text = new TextDecoder().decode((await exported('md')).bytes);

    expect(
      text.startsWith(
        '# Charter of Data Storytellers\n\nAs of 22 November 2026  \nNext review: 1 March 2027\n\n## Scope\n\n*Nobody has written this yet.*\n\n## Purpose\n\n### Why\n\nWe **share** <b>it</b>.\n\n*Last changed by Priya Raman, 20 November 2026*\n\n## Aims\n\n',
      ),
    ).toBe(true);
  });

  test('a name with Markdown in it stays a name', async () => {
    const { bytes } = await exported('md', 'A*B_[C]');

    expect(new TextDecoder().decode(bytes).split('\n')[0]).toBe('# Charter of A\\*B\\_\\[C\\]');
  });
});

describe('Word', () => {
  test('has real headings, bold words, links and tables', async () => {
    await write(
      'purpose',
      'We **share**, see [here](https://example.org/a?b=1&c=2).\n\n| who | what |\n|---|---|\n| Ana | maps |',
    );

    const { xml, links } = await wordOf();

    expect(paragraphsIn(xml, 'Heading1').slice(0, 2)).toEqual(['Scope', 'Purpose']);
    expect(xml).toMatch(/<w:b\/>(?:(?!<w:r>).)*<w:t[^>]*>share</);
    expect(links).toContain('Target="https://example.org/a?b=1&amp;c=2"');
    expect(cellsIn(xml)).toEqual(['who', 'what', 'Ana', 'maps']);
  });

  test('reads Arabic and Hebrew from the right', async () => {
    await write('purpose', 'שלום עולם');

    const { xml } = await wordOf();

    expect(xml).toMatch(/<w:bidi\/>(?:(?!<\/w:p>).)*<w:rtl\/>(?:(?!<\/w:p>).)*שלום עולם/s);
  });

  test.each([
    { text: '😀 <b>&amp;</b> ${x}', shown: '😀 <b>&</b> ${x}', reason: 'emoji, marks of XML and of templates' },
    { text: 'a\u0000\u000bb', shown: 'ab', reason: 'characters that XML refuses' },
    { text: 'long '.repeat(2_000).trim(), shown: 'long '.repeat(2_000).trim(), reason: '10,000 characters' },
  ])('keeps $reason', async ({ text, shown }) => {
    await write('purpose', text);

    const { xml } = await wordOf();

    expect(textOf(xml)).toContain(shown);
  });
});

describe('PDF', () => {
  test('can be read: title, headings, text, accents, who wrote it, page numbers', async () => {
    await write('purpose', '## Größe\n\nŁódź, façade, Ελλάδα, Київ.\n\n1. first\n2. second');

    const { pages, info } = await pdfOf();

    expect(info).toEqual({ Title: 'Charter of Data Storytellers', Language: 'en' });
    expect(pages.join('\n')).toMatch(
      /^Charter of Data Storytellers\nAs of 22 November 2026\nScope\nNobody has written this yet\.\nPurpose\nGröße\nŁódź, façade, Ελλάδα, Київ\.\n1\. ?first\n2\. ?second\nLast changed by Priya Raman, 20 November 2026\nAims\n/,
    );
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`);
  });

  test('says that a character is missing, where there is no picture for it', async () => {
    await write('purpose', '漢字 😀');

    const { pages } = await pdfOf();

    expect(pages.join('\n')).toContain('□□ 😀');
    expect(pages.join('\n')).toContain('A □ stands for a character');
  });

  test('10,000 characters go over several pages, and none is lost', async () => {
    const words = Array.from({ length: 1_500 }, (_, index) => `word${index}`);
    await write('purpose', words.join(' '));

    const { pages } = await pdfOf();

    expect(pages.length).toBeGreaterThan(2);
    expect(pages.join(' ').match(/word\d+/g)).toEqual(words);
  });

  test('links lead where they say, and only safe ones are links', async () => {
    await write('purpose', '[good](https://example.org/) [bad](javascript:alert(1))');

    const { links } = await pdfOf();

    expect(links).toEqual(['https://example.org/']);
  });

  test('headings are headings to a screen reader', async () => {
    await write('purpose', 'x');

    const { roles } = await pdfOf();

    expect(roles.slice(0, 4)).toEqual(['H1', 'P', 'H2', 'P']);
  });
});

async function exported(format: string, name = here.name): Promise<FileAnswer> {
  const { body } = await request(feature, api.exportCharter, {
    who: ben,
    community: { ...here, name },
    params: { format },
  });
  return body as FileAnswer;
}

async function wordOf(): Promise<{ readonly xml: string; readonly links: string }> {
  const files = unzipSync((await exported('docx')).bytes);
  const read = (path: string): string => strFromU8(files[path] ?? new Uint8Array());
  return { xml: read('word/document.xml'), links: read('word/_rels/document.xml.rels') };
}

function paragraphsIn(xml: string, style: string): readonly string[] {
  return (xml.match(/<w:p>.*?<\/w:p>/gs) ?? [])
    .filter(paragraph => paragraph.includes(`<w:pStyle w:val="${style}"/>`))
    .map(textOf);
}

function cellsIn(xml: string): readonly string[] {
  return (xml.match(/<w:tc>.*?<\/w:tc>/gs) ?? []).map(textOf);
}

function textOf(xml: string): string {
  const texts = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(match => match[1] ?? '').join('');
  return texts.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

async function pdfOf() {
  const task = getDocument({ data: (await exported('pdf')).bytes, verbosity: 0, useSystemFonts: false });
  const document = await task.promise;
  const pages: string[] = [];
  const links: string[] = [];
  const roles: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map(item => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    for (const annotation of (await page.getAnnotations()) as { url?: string }[])
      if (annotation.url) links.push(annotation.url);
    const tree = (await page.getStructTree()) as { children: { children: { role: string }[] }[] } | null;
    roles.push(...(tree?.children[0]?.children.map(({ role }) => role) ?? []));
  }
  const { Title, Language } = (await document.getMetadata()).info as { Title: string; Language: string };
  await task.destroy();
  return { pages, links, roles, info: { Title, Language } };
}

async function write(section: SectionId, text: string): Promise<void> {
  await lists.of(here.id).charter.create({
    key: section,
    section,
    text,
    reviewOn: null,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T10:00:00Z',
  });
}

async function setReview(on: string): Promise<void> {
  await lists.of(here.id).charter.create({
    key: 'review',
    section: 'review',
    text: '',
    reviewOn: on,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T10:00:00Z',
  });
}
