// What columns and cells of a file mean: which field a heading stands for, what a cell comes to, what is wrong with it.
export { type DateStyle, isTimeZone } from './dates.ts';
export type { FieldOf, ImportField, ImportObject } from './fields.ts';
export { columnNames } from './headings.ts';
export { ownColumns, ownIn } from './own.ts';
export { type Mapping, type Plan, planOf, type RowFault, readRow, type Values } from './rows.ts';
export { type RowFaultCode, suggestFields } from './values.ts';
