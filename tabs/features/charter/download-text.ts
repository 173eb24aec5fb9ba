import { textOf } from '../../lib/session.tsx';
import english from './download-text.en.json' with { type: 'json' };

/** The sentences about files of the charter. */
export const useDownloadText = textOf('charter-download', { en: english });
