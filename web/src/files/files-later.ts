// The files of a record in a sheet: loaded with their words once the sheet is open.

import { fetched } from '../ui/fetched.tsx';
import { loadWords } from '../words.ts';

export const FilesLater = fetched(async () => {
  const [card] = await Promise.all([import('./FilesCard.tsx'), loadWords('files')]);
  return { default: card.FilesCard };
});
