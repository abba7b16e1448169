// What can be wrong with a file as a whole.

export type FileFaultCode =
  | 'empty'
  | 'header-only'
  | 'spreadsheet'
  | 'binary'
  | 'quote-open'
  | 'row-too-long'
  | 'too-many-columns'
  | 'unreadable'
  | 'file-gone'
  | 'archive-broken'
  | 'too-large-inside'
  | 'no-sheet';

/** The file as a whole cannot be read; `row` counts as a spreadsheet does, the headings being row 1. */
export class FileFault extends Error {
  readonly code: FileFaultCode;
  readonly row: number | null;
  constructor(code: FileFaultCode, row: number | null = null) {
    super(`${code}${row === null ? '' : ` in row ${row}`}`);
    this.code = code;
    this.row = row;
  }
}
