// What a cell means for a field, or what is wrong with it.
import { readAmount, readCurrency, readPercent, readQuantity } from './amounts.ts';
import { type DateStyle, dayOf, readDate } from './dates.ts';
import type { ImportField, ImportObject, rowFaultCodes } from './fields.ts';
import { suggest } from './headings.ts';

export type RowFaultCode = (typeof rowFaultCodes)[number];
export type Value = string | string[] | boolean;
export type Reading = { value: Value } | { code: RowFaultCode };

const lengths: Partial<Record<ImportField, number>> = {
  name: 200,
  customer: 200,
  contactName: 200,
  givenName: 100,
  familyName: 100,
  phone: 60,
  contactPhone: 60,
  email: 320,
  contactEmail: 320,
  website: 300,
  address: 500,
  remark: 5_000,
  level: 50,
  contact: 200,
  dealName: 200,
  nextStep: 300,
  lostReason: 2_000,
  wonReason: 60,
  body: 10_000,
  author: 320,
  contactWechat: 100,
  company: 200,
  description: 5_000,
  terms: 5_000,
  unqualifiedReason: 2_000,
  code: 60,
  number: 60,
  unit: 30,
  product: 300,
  productCode: 60,
};

const stages: Record<string, string> = Object.fromEntries(
  Object.entries({
    new: 'new|未成交|open|subscriber|lead|marketing qualified lead|mql|prospect|新客户|新增|新建|潜在客户|潜在|线索|未联系|未跟进|初步接触前',
    contacted:
      'contacted|attempting to contact|connected|working|已联系|已跟进|跟进中|初步接触|初访|初步沟通',
    interested: 'interested|sales qualified lead|sql|qualified|有意向|意向客户|意向|需求确认|需求沟通|感兴趣',
    negotiating:
      'negotiating|negotiation|opportunity|proposal|洽谈中|谈判中|商务谈判|报价|方案报价|商机|谈判',
    won: 'won|closed won|customer|client|evangelist|active|成交|已成交|成交客户|赢单|签约|已签约|已合作|合作中',
    lost: 'lost|closed lost|unqualified|inactive|former customer|流失|已流失|输单|无效|丢单|失败|终止',
  }).flatMap(([stage, words]) => words.split('|').map(word => [word, stage])),
);

const yes = new Set(
  '1|true|yes|y|x|active|enabled|available|on sale|是|对|√|✓|含税|启用|已启用|上架|已上架|在售|正常|有效'.split(
    '|',
  ),
);
const no = new Set(
  '0|false|no|n|inactive|disabled|archived|discontinued|否|不是|×|不含税|停用|已停用|禁用|下架|已下架|停售|无效'.split(
    '|',
  ),
);
const mail = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;
const site = /^(?:https?:\/\/)?[^\s/:@]+\.[^\s/:@]+(?::\d+)?(?:[/?#]\S*)?$/i;

const several = new Set<ImportField>([
  'remark',
  'address',
  'tags',
  'body',
  'lostReason',
  'nextStep',
  'description',
  'terms',
  'unqualifiedReason',
]);

/** Reads one cell that is not empty; line breaks in what is one line become spaces. */
export function readValue(
  field: ImportField,
  cell: string,
  style: DateStyle,
  object: ImportObject = 'customer',
): Reading {
  const text = several.has(field) ? cell : cell.replace(/\s+/g, ' ');
  if (text.includes('\ufffd')) return { code: 'damaged' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such characters are just what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) return { code: 'control' };
  if (text.length > (lengths[field] ?? 100) && field !== 'tags') return { code: 'too-long' };
  switch (field) {
    case 'phone':
    case 'contactPhone':
      return readPhone(text);
    case 'email':
    case 'contactEmail': {
      const address = text.replace(/^mailto:/i, '').toLowerCase();
      return mail.test(address) ? { value: address } : { code: 'email' };
    }
    case 'website':
      return site.test(text) ? { value: text } : { code: 'website' };
    case 'amount':
    case 'price':
    case 'listPrice':
    case 'unitPrice':
    case 'lineAmount':
    case 'paid':
    case 'dealAmount': {
      const amount = readAmount(text);
      return amount === null ? { code: 'amount' } : { value: amount };
    }
    case 'currency':
    case 'listCurrency':
    case 'dealCurrency': {
      const currency = readCurrency(text);
      return currency ? { value: currency } : { code: 'choice' };
    }
    case 'quantity':
    case 'fromQuantity': {
      const quantity = readQuantity(text);
      return quantity === null ? { code: 'amount' } : { value: quantity };
    }
    case 'discount':
    case 'taxRate': {
      const share = readPercent(text);
      return share === null ? { code: 'choice' } : { value: share };
    }
    case 'score': {
      const score = Math.round(Number(text));
      return score >= 0 && score <= 100 ? { value: String(score) } : { code: 'choice' };
    }
    case 'probability': {
      const share = Number(text.normalize('NFKC').replace(/%$/, ''));
      if (!(share >= 0 && share <= 100)) return { code: 'choice' };
      return { value: String(Math.round(share > 0 && share < 1 ? share * 100 : share)) };
    }
    case 'issuedOn':
    case 'validUntil':
    case 'deliveryOn':
    case 'paidOn':
    case 'expectedOn':
    case 'dealExpectedOn': {
      const at = readDate(text, style);
      return at ? { value: dayOf(at, style.timeZone) } : { code: 'date' };
    }
    case 'dueAt': {
      const at = readDate(text, style);
      if (!at) return { code: 'date' };
      // A day alone is a whole day, not its midnight.
      const day = dayOf(at, style.timeZone);
      return { value: readDate(day, style) === at ? day : at };
    }
    case 'createdAt':
    case 'doneAt':
    case 'closedAt':
    case 'at':
    case 'nextAt':
    case 'nextFollowUpAt': {
      const at = readDate(text, style);
      return at ? { value: at } : { code: 'date' };
    }
    case 'stage': {
      // Stages of deals are the workspace's own: their room knows them.
      if (object !== 'customer') return { value: text };
      const stage =
        stages[
          text
            .normalize('NFKC')
            .toLowerCase()
            .replace(/[\s_-]+/g, ' ')
        ];
      return stage ? { value: stage } : { code: 'choice' };
    }
    case 'isPrimary':
    case 'active':
    case 'taxIncluded': {
      const word = text.toLowerCase();
      return yes.has(word) ? { value: true } : no.has(word) ? { value: false } : { code: 'choice' };
    }
    case 'tags': {
      const tags = [...new Set(text.split(/[,;\uff0c\uff1b、|\n]/).map(tag => tag.trim()))].filter(Boolean);
      if (tags.length > 20 || tags.some(tag => tag.length > 50)) return { code: 'too-long' };
      return { value: tags };
    }
    default:
      return { value: text };
  }
}

function readPhone(text: string): Reading {
  // A spreadsheet has turned 13800138000 into 1.38E+10: the last digits are lost.
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(text)) return { code: 'shortened' };
  const digits = text.normalize('NFKC').replace(/\D/g, '');
  return digits.length >= 3 && digits.length <= 30 ? { value: text } : { code: 'phone' };
}

/** A suggestion for every column, given up where no sample can be read as what the heading promises. */
export function suggestFields(
  object: ImportObject,
  columns: { name: string; samples: string[] }[],
  own: (ImportField | null)[] = [],
): (ImportField | null)[] {
  const style = { timeZone: 'UTC', dayFirst: false };
  const picky = new Set<ImportField>([
    'stage',
    'createdAt',
    'closedAt',
    'at',
    'nextAt',
    'nextFollowUpAt',
    'dueAt',
    'doneAt',
    'expectedOn',
    'issuedOn',
    'validUntil',
    'deliveryOn',
    'paidOn',
    'active',
    'taxIncluded',
    'price',
    'listPrice',
    'fromQuantity',
    'unitPrice',
    'lineAmount',
    'paid',
    'quantity',
    'discount',
    'taxRate',
    'score',
    'amount',
    'currency',
    'probability',
    'isPrimary',
    'website',
  ]);
  const suggestions = suggest(
    object,
    columns.map(column => column.name),
    own,
  );
  return suggestions.map((field, at) => {
    const samples = columns[at]?.samples ?? [];
    if (!field || !picky.has(field) || samples.length === 0) return field;
    const fits = samples.some(
      sample =>
        'value' in readValue(field, sample, style, object) ||
        'value' in readValue(field, sample, { ...style, dayFirst: true }, object),
    );
    return fits ? field : null;
  });
}
