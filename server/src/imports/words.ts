// The words for what is wrong with a row or a file, for people.

import type { FileFaultCode } from '../formats/faults.ts';
import type { RowFault, RowFaultCode } from '../mapping/mapping.ts';
import type { Language } from '../problems.ts';

export type { RowFault };

type Words = Record<Language, string>;

const rows: Record<RowFaultCode, Words> = {
  missing: { en: 'The name is missing', 'zh-CN': '缺少名称' },
  'too-long': { en: 'Too long', 'zh-CN': '内容过长' },
  email: { en: 'Not an e-mail address', 'zh-CN': '邮箱格式不正确' },
  phone: { en: 'Not a telephone number', 'zh-CN': '电话号码格式不正确' },
  shortened: {
    en: 'The spreadsheet has shortened this number; format the column as text and save again',
    'zh-CN': '号码被表格软件转成了科学计数，请将该列设为文本格式后重新保存',
  },
  date: { en: 'Not a date that can be read', 'zh-CN': '无法识别的日期' },
  amount: { en: 'Not an amount of money', 'zh-CN': '金额格式不正确' },
  choice: { en: 'Not one of the known values', 'zh-CN': '不在可选值范围内' },
  website: { en: 'Not a web address', 'zh-CN': '网址格式不正确' },
  damaged: {
    en: 'Holds damaged characters; save the file as UTF-8 again',
    'zh-CN': '包含乱码字符，请将文件另存为 UTF-8 编码',
  },
  control: { en: 'Holds characters that cannot be shown', 'zh-CN': '包含不可见的控制字符' },
  'owner-unknown': { en: 'Nobody here has that name or e-mail address', 'zh-CN': '没有找到该负责人' },
  'owner-ambiguous': {
    en: 'Several people have that name; use the e-mail address',
    'zh-CN': '有多位同名成员，请改用邮箱',
  },
  'owner-reach': { en: 'You may not give records to this person', 'zh-CN': '您无权将记录分配给该成员' },
  'link-unknown': {
    en: 'You may see no record of that name or id; bring in what it links to first',
    'zh-CN': '在您可见的范围内没有找到该名称或编号的记录，请先导入被关联的记录',
  },
  'link-ambiguous': {
    en: 'Several records have that name; use the id',
    'zh-CN': '有多条同名记录，请改用编号',
  },
  'customer-unknown': { en: 'There is no customer of that name', 'zh-CN': '没有找到该客户' },
  'customer-reach': { en: 'That customer belongs to somebody else', 'zh-CN': '该客户由他人负责' },
  'duplicate-reach': {
    en: 'Such a record belongs to somebody else',
    'zh-CN': '相同的记录已由他人负责',
  },
  'code-taken': { en: 'Another product has this code', 'zh-CN': '该产品编码已被其他产品使用' },
  'list-missing': {
    en: 'It is missing which price list this price is of',
    'zh-CN': '缺少该价格所属的价格表',
  },
  'list-ambiguous': {
    en: 'Several price lists have that name; give the currency',
    'zh-CN': '有多个同名价格表，请填写币种',
  },
  converted: {
    en: 'This lead has become a customer; it is not changed any more',
    'zh-CN': '该线索已转为客户，不再更新',
  },
  'lines-fixed': {
    en: 'Its lines differ, and lines change in a draft alone that nothing hangs on',
    'zh-CN': '明细与现有订单不一致；只有未收款的草稿订单可以更新明细',
  },
  'too-many-lines': { en: 'An order has at most 200 lines', 'zh-CN': '每张订单最多 200 行明细' },
  'no-lines': {
    en: 'In this state it needs lines or an amount',
    'zh-CN': '该状态的订单需要明细或金额',
  },
  'other-row': {
    en: 'Another row of the same order cannot be taken',
    'zh-CN': '同一订单的其他行有问题',
  },
};

const files: Record<FileFaultCode | 'not-allowed' | 'unexpected', Words> = {
  empty: { en: 'The file is empty.', 'zh-CN': '文件是空的。' },
  'header-only': {
    en: 'The file has headings but no rows below them.',
    'zh-CN': '文件只有表头，没有数据行。',
  },
  spreadsheet: {
    en: 'This is a spreadsheet of an old kind, or one with a password. Open it and save it as .xlsx without a password.',
    'zh-CN': '这是旧版 Excel 文件（.xls）或带密码的表格。请打开后另存为不带密码的 .xlsx 文件。',
  },
  binary: {
    en: 'This is not a text file: it holds bytes that no text has. Save it as “CSV UTF-8”.',
    'zh-CN': '这不是文本文件，包含无法识别的字节。请另存为“CSV UTF-8”格式。',
  },
  'quote-open': {
    en: 'A quotation mark is opened in row {row} and never closed.',
    'zh-CN': '第 {row} 行的引号没有闭合。',
  },
  'archive-broken': {
    en: 'The spreadsheet is damaged and cannot be opened. Open it in your spreadsheet program and save it again.',
    'zh-CN': '表格文件已损坏，无法打开。请在表格软件中打开后重新保存。',
  },
  'too-large-inside': {
    en: 'Unpacked, the file is far larger than a spreadsheet should be. Save the rows as CSV instead.',
    'zh-CN': '文件解压后过大，已拒绝读取。请改用 CSV 格式。',
  },
  'no-sheet': {
    en: 'The spreadsheet has no visible sheet.',
    'zh-CN': '表格文件中没有可见的工作表。',
  },
  'row-too-long': {
    en: 'Row {row} is longer than 1 MB. Perhaps a quotation mark is opened there and never closed.',
    'zh-CN': '第 {row} 行超过 1 MB，可能是引号没有闭合。',
  },
  'too-many-columns': {
    en: 'Row {row} has more than 500 columns.',
    'zh-CN': '第 {row} 行超过 500 列。',
  },
  unreadable: { en: 'Row {row} cannot be read.', 'zh-CN': '第 {row} 行无法读取。' },
  'file-gone': {
    en: 'The uploaded file is no longer there. Upload it again.',
    'zh-CN': '上传的文件已不存在，请重新上传。',
  },
  'not-allowed': {
    en: 'The person who started it may no longer import.',
    'zh-CN': '发起人已没有导入权限。',
  },
  unexpected: {
    en: 'It stopped several times for a reason of ours, which is in the server’s log. What is in stays in; start it again to go on.',
    'zh-CN': '由于系统原因多次中断，详情见服务器日志。已导入的内容会保留，重新开始即可继续。',
  },
};

export type ImportProblem = keyof typeof files;

/** The sentence for what is wrong with one value. */
export function rowFaultWords(code: RowFaultCode, language: Language): string {
  return rows[code][language];
}

/** The sentence for what is wrong with a whole import; problems are stored as `code` or `code:row`. */
export function importProblem(stored: string, language: Language): { code: string; message: string } {
  const [code = 'unexpected', row = ''] = stored.split(':');
  const words = files[code as ImportProblem] ?? files.unexpected;
  return { code, message: words[language].replace('{row}', row) };
}

/** Headings of the columns that a file of faults has before the columns of the original. */
export const faultHeadings: Record<Language, [row: string, reason: string]> = {
  en: ['Row', 'Reason'],
  'zh-CN': ['行号', '失败原因'],
};
