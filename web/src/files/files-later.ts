// The files of a record in a sheet: loaded with their words once the sheet is open.
import { lazy } from 'react';
import { loadWords } from '../words.ts';

export const FilesLater = lazy(async () => {
  const [card] = await Promise.all([import('./FilesCard.tsx'), loadWords('files')]);
  return { default: card.FilesCard };
});
