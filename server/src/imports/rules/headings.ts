// Recognises columns by their headings: our own names, usual words, and the headings that other CRMs export.
import { type importFields, joinedFields } from '../contract.ts';

export type ImportObject = keyof typeof importFields;
export type ImportField = (typeof importFields)[ImportObject][number];

// In each line the best heading comes first. The sources of the CRM headings are named in fixtures/README.md.
const customer: Record<(typeof importFields)['customer'][number], string> = {
  name: '客户名称|客户名|公司名称|企业名称|单位名称|客户全称|客户|公司|单位|企业|Account Name|Company name|Customer name|Organization - Name|Organization name|Name|Company|Customer|Account|Organization',
  phone:
    '公司电话|客户电话|联系电话|电话|电话号码|固定电话|座机|手机|手机号|手机号码|Phone|Phone Number|Company phone|Main Phone|Telephone|Tel|Organization - Phone|Mobile|Mobile Phone',
  email:
    '公司邮箱|客户邮箱|邮箱|电子邮箱|电子邮件|邮件|Email|E-mail|Email Address|Company email|Account Email',
  website:
    '公司网址|网址|网站|公司网站|官网|主页|Website|Website URL|Company Domain Name|Web site|Homepage|Organization - Website|URL|Web',
  industry:
    '所属行业|客户行业|行业|一级行业|Industry|Industry Sector|Organization - Industry|Account Industry',
  source:
    '客户来源|线索来源|来源|来源渠道|渠道|Account Source|Lead Source|Original Traffic Source|Original Source|Source|Customer source|Lead source detail',
  level:
    '客户级别|客户等级|级别|等级|客户分级|客户类型|Rating|Customer level|Level|Account Rating|Priority|Tier|Type|Account Type|Customer type',
  stage:
    '客户阶段|跟进阶段|跟进状态|客户状态|成交状态|销售阶段|阶段|状态|Stage|Lifecycle Stage|Status|Account Status|Lead Status|Customer stage',
  city: '城市|市|所在城市|City|Billing City|BillingCity|Shipping City|Organization - City|Town',
  address:
    '详细地址|地址|公司地址|客户地址|联系地址|街道|省|省份|省/市/区|国家|区|邮编|Address|Street|Street Address|Street Address 2|Billing Street|BillingStreet|Billing State/Province|Billing State|BillingState|Billing Zip/Postal Code|Billing Code|BillingPostalCode|Billing Country|BillingCountry|Billing Address|State/Region|Postal Code|Country/Region|Country|State|Province|Zip|Organization - Address',
  tags: '标签|客户标签|Tags|Tag|Labels|Organization - Labels|Label',
  remark:
    '备注|客户备注|描述|说明|客户描述|简介|Remark|Remarks|Notes|Note|Description|Account Description|Comments|About Us',
  owner:
    '负责人|跟进人|客户负责人|所属销售|所有人|客户所有人|业务员|销售|销售代表|归属人|Account Owner|Company owner|Owner|Owner Name|Assigned to|Sales Rep|Organization - Owner|Salesperson|Account Owner Email|Owner Email',
  createdAt:
    '创建时间|创建日期|录入时间|建档时间|添加时间|Created Date|Create Date|CreatedDate|Created Time|Created at|Created|Date created|Organization - Organization created|Organization created',
  nextFollowUpAt:
    '下次联系时间|下次跟进时间|下次跟进日期|下次回访时间|Next Activity Date|Next follow-up|Next follow up|Next Step Date|Organization - Next activity date',
  foreignId:
    '客户编号|客户ID|编号|数据ID|唯一性ID|Account ID|AccountId|Record ID|Record Id|Company ID|External ID|Organization - ID|Foreign id|Id',
  contactName:
    '联系人|联系人姓名|主联系人|首要联系人|联系人名称|姓名|Contact|Contact Name|Primary Contact|Contact person',
  contactTitle: '联系人职务|联系人职位|职务|职位|Contact Title|Contact Job Title|Job Title',
  contactPhone:
    '联系人手机|联系人电话|联系人手机号|联系人联系方式|手机|手机号|手机号码|Contact Phone|Contact Mobile|Mobile|Mobile Phone',
  contactEmail: '联系人邮箱|联系人电子邮箱|Contact Email|Contact E-mail',
  contactWechat: '联系人微信|微信|微信号|WeChat|Contact WeChat|WeChat ID',
};

const contact: Record<(typeof importFields)['contact'][number], string> = {
  name: '联系人姓名|联系人|姓名|联系人名称|Contact Name|Full Name|Name|Contact|Person - Name',
  givenName: '名|名字|First Name|FirstName|Given name|Person - First name',
  familyName: '姓|姓氏|Last Name|LastName|Family name|Surname|Person - Last name',
  customer:
    '客户名称|公司名称|所属客户|所属公司|客户|公司|单位|企业名称|Account Name|Associated Company|Company Name|Company|Customer|Customer name|Person - Organization|Organization|Account',
  title: '职务|职位|岗位|头衔|Title|Job Title|Position|Person - Job title|Contact Title',
  phone:
    '手机|手机号|手机号码|移动电话|联系电话|电话|电话号码|办公电话|座机|Mobile|Mobile Phone|Mobile Phone Number|MobilePhone|Phone|Phone Number|Business Phone|Person - Phone - Mobile|Person - Phone|Person - Phone - Work|Telephone|Tel|Home Phone|Other Phone',
  email:
    '邮箱|电子邮箱|电子邮件|邮件|联系人邮箱|Email|E-mail|Email Address|Person - Email|Person - Email - Work|Person - Email - Other',
  wechat: '微信|微信号|WeChat|WeChat ID',
  isPrimary: '主联系人|首要联系人|是否主联系人|是否关键决策人|Primary|Is primary|Primary Contact',
  remark: '备注|描述|说明|Remark|Remarks|Notes|Note|Description|Comments',
  owner:
    '负责人|跟进人|所有人|联系人所有人|所属销售|业务员|Contact owner|Contact Owner|Owner|Owner Name|Assigned to|Sales Rep|Person - Owner|Contact Owner Email',
  createdAt:
    '创建时间|创建日期|录入时间|Created Date|Create Date|CreatedDate|Created Time|Created at|Created|Date created|Person - Person created',
  foreignId:
    '联系人编号|联系人ID|编号|数据ID|Contact ID|ContactId|Record ID|Record Id|Person - ID|Foreign id|Id',
};

/** The form in which headings are compared: no case, space, sign, or mark of a mandatory column. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:必填|选填|必填项|required|optional)\)/g, '')
    .replace(/[\s_*.:·•"'’/()-]+/gu, '');
}

type Known = Map<string, { field: ImportField; rank: number }[]>;

function index(words: Record<string, string>): Known {
  const known: Known = new Map();
  for (const [field, headings] of Object.entries(words)) {
    for (const [rank, heading] of [field, ...headings.split('|')].entries()) {
      const key = headingKey(heading);
      const there = known.get(key) ?? [];
      if (!there.some(other => other.field === field))
        known.set(key, [...there, { field: field as ImportField, rank }]);
    }
  }
  return known;
}

const known: Record<ImportObject, Known> = { customer: index(customer), contact: index(contact) };
const joined = new Set<string>(joinedFields);

/**
 * A field for every column, or null. A field that takes one column goes to the best heading; the next best column takes
 * another field it may stand for (手机 beside 电话 is the contact's), else none.
 */
export function suggest(object: ImportObject, columns: string[]): (ImportField | null)[] {
  const answers: (ImportField | null)[] = columns.map(() => null);
  const taken = new Set<string>();
  const offers = columns.flatMap((column, at) =>
    (known[object].get(headingKey(column)) ?? []).map(offer => ({ at, ...offer })),
  );
  const hasContact = offers.some(offer => offer.field === 'contactName');
  const weigh = (offer: (typeof offers)[number]) =>
    hasContact && offer.field === 'contactPhone' ? -1 : offer.rank;
  offers.sort((a, b) => weigh(a) - weigh(b) || a.at - b.at);
  for (const { at, field } of offers) {
    if (answers[at] !== null || (taken.has(field) && !joined.has(field))) continue;
    if (field.startsWith('contact') && !hasContact && object === 'customer') continue;
    answers[at] = field;
    taken.add(field);
  }
  // A second telephone or address is no reason to lose it.
  for (const { at, field } of offers)
    if (answers[at] === null && (field === 'phone' || field === 'email')) answers[at] = 'remark';
  return answers;
}

/** The fields that a heading is known to stand for. */
export function fieldsOf(object: ImportObject, heading: string): ImportField[] {
  return (known[object].get(headingKey(heading)) ?? []).map(offer => offer.field);
}

/** Names for all columns, each once: an empty heading is called by its number, a second one gets one. */
export function columnNames(cells: string[]): string[] {
  const seen = new Map<string, number>();
  const used = new Set<string>();
  return cells.map((cell, at) => {
    const base =
      cell
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, 100) || `#${at + 1}`;
    let count = seen.get(base) ?? 0;
    let name = base;
    do {
      count++;
      name = count === 1 ? base : `${base} (${count})`;
    } while (used.has(name));
    seen.set(base, count);
    used.add(name);
    return name;
  });
}
