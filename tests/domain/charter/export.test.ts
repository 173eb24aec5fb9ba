import { expect, test } from '@jest/globals';
import { fileNameOf } from '../../../domain/charter/export.ts';

test.each([
  {
    title: 'Charter of Data Storytellers',
    name: 'Charter of Data Storytellers 2026-11-22.pdf',
    reason: 'an ordinary name',
  },
  { title: 'Charter of R&D: "Q1/Q2"?', name: 'Charter of R&D Q1 Q2 2026-11-22.pdf', reason: 'what Windows refuses' },
  { title: '..\\..\\etc/passwd', name: 'etc passwd 2026-11-22.pdf', reason: 'no way out of the folder' },
  { title: 'two\r\nlines\u0000', name: 'two lines 2026-11-22.pdf', reason: 'no line breaks in a header' },
  {
    title: 'Chartegnp\u202Efdp.exe',
    name: 'Chartegnp fdp.exe 2026-11-22.pdf',
    reason: 'nothing that turns the name around',
  },
  {
    title: 'Gemeinschaft für Übung 😀',
    name: 'Gemeinschaft für Übung 😀 2026-11-22.pdf',
    reason: 'letters and emoji stay',
  },
  { title: '😀'.repeat(200), name: `${'😀'.repeat(80)} 2026-11-22.pdf`, reason: 'long, and no character cut in half' },
  { title: ' ??? ', name: '2026-11-22.pdf', reason: 'nothing is left of it' },
])('$title becomes $name: $reason', ({ title, name }) => {
  expect(fileNameOf(title, '2026-11-22', 'pdf')).toBe(name);
});

test.each([
  {
    title: 'Charter of Data Storytellers',
    name: 'Charter of Data Storytellers.docx',
    reason: 'without a day it is always the same file',
  },
  { title: ' ??? ', name: 'Charter.docx', reason: 'a file has a name, whatever is left' },
])('$title becomes $name: $reason', ({ title, name }) => {
  expect(fileNameOf(title, null, 'docx')).toBe(name);
});
