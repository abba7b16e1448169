// Recognises columns by their headings: our own names, usual words, and the headings that other CRMs export.
import { type importFields, joinedFields } from '../contract.ts';

export type ImportObject = keyof typeof importFields;
export type ImportField = (typeof importFields)[ImportObject][number] | `custom.${string}`;

// In each line the best heading comes first. The sources of the CRM headings are named in fixtures/README.md.
const customer: Record<(typeof importFields)['customer'][number], string> = {
  name: '客户名称|客户名|公司名称|企业名称|单位名称|客户全称|客户|公司|单位|企业|Account Name|Company name|Customer name|Organization - Name|Organization name|Name|Company|Customer|Account|Organization|客户简称|往来单位|单位|Partner|Display Name|Complete Name|accountName|Empresa',
  phone:
    '公司电话|客户电话|联系电话|电话|电话号码|固定电话|座机|手机|手机号|手机号码|Phone|Phone Number|Company phone|Main Phone|Telephone|Tel|Organization - Phone|Mobile|Mobile Phone|phoneNumber|企业电话|联系方式|Phones Primary Phone Number',
  email:
    '公司邮箱|客户邮箱|邮箱|电子邮箱|电子邮件|邮件|Email|E-mail|Email Address|Company email|Account Email|emailAddress|企业邮箱|Emails Primary Email',
  website:
    '公司网址|网址|网站|公司网站|官网|主页|Website|Website URL|Company Domain Name|Web site|Homepage|Organization - Website|URL|Web|Domain Name|Domain Name Primary Link Url|Domain Name Link URL|Website Link|官方网站',
  industry:
    '所属行业|客户行业|行业|一级行业|Industry|Industry Sector|Organization - Industry|Account Industry|Industry ID|客户所属行业|行业类型',
  source:
    '客户来源|线索来源|来源|来源渠道|渠道|Account Source|Lead Source|Original Traffic Source|Original Source|Source|Customer source|Lead source detail|客户来源渠道|获客渠道|添加渠道|来源类型|Lead source',
  level:
    '客户级别|客户等级|级别|等级|客户分级|客户类型|Rating|Customer level|Level|Account Rating|Priority|Tier|Type|Account Type|Customer type|客户分层|客户类别|重要程度',
  stage:
    '客户阶段|跟进阶段|跟进状态|客户状态|成交状态|销售阶段|阶段|状态|Stage|Lifecycle Stage|Status|Account Status|Lead Status|Customer stage|Relationship Stage|跟进阶段/状态|生命状态',
  city: '城市|市|所在城市|City|Billing City|BillingCity|Shipping City|Organization - City|Town|billingAddressCity|Address Address City|Address City|所在地区|市区',
  address:
    '详细地址|地址|公司地址|客户地址|联系地址|街道|省|省份|省/市/区|国家|区|邮编|Address|Street|Street Address|Street Address 2|Billing Street|BillingStreet|Billing State/Province|Billing State|BillingState|Billing Zip/Postal Code|Billing Code|BillingPostalCode|Billing Country|BillingCountry|Billing Address|State/Region|Postal Code|Country/Region|Country|State|Province|Zip|Organization - Address|billingAddressStreet|billingAddressState|billingAddressCountry|billingAddressPostalCode|Billing Address Street|Billing Address State|Billing Address Country|Billing Address Postal Code|Street2|Street 2|Address Address Street 1|Address Address Street1|Address Address 1|Address Address Street 2|Address Address Street2|Address Address 2|Address Address State|Address Address Postcode|Address Address Post Code|Address Address Country|所在省|区县|定位地址|State Name|Country Name',
  tags: '标签|客户标签|Tags|Tag|Labels|Organization - Labels|Label|企业标签|category_id|Tags Display Name',
  remark:
    '备注|客户备注|描述|说明|客户描述|简介|Remark|Remarks|Notes|Note|Description|Account Description|Comments|About Us|其他备注|备注信息|客户描述信息|Comment|Internal Notes|个人简介',
  owner:
    '负责人|跟进人|客户负责人|所属销售|所有人|客户所有人|业务员|销售|销售代表|归属人|Account Owner|Company owner|Owner|Owner Name|Assigned to|Sales Rep|Organization - Owner|Salesperson|Account Owner Email|Owner Email|负责人姓名|客户经理|负责人(必填)|所属员工|添加人|负责人主属部门负责人|assignedUserName|Assigned User|user_id|Account Owner Name|负责人邮箱|Owner Id Name',
  createdAt:
    '创建时间|创建日期|录入时间|建档时间|添加时间|Created Date|Create Date|CreatedDate|Created Time|Created at|Created|Date created|Organization - Organization created|Organization created|建立时间|首次添加时间|添加日期|createdAt|Creation date|Created on|create_date',
  nextFollowUpAt:
    '下次联系时间|下次跟进时间|下次跟进日期|下次回访时间|Next Activity Date|Next follow-up|Next follow up|Next Step Date|Organization - Next activity date|下次跟进|下次联系日期|预计下次跟进时间|activity_date_deadline|Next Activity Deadline',
  foreignId:
    '客户编号|客户ID|编号|数据ID|唯一性ID|Account ID|AccountId|Record ID|Record Id|Company ID|External ID|Organization - ID|Foreign id|Id|客户编码|企业编号|External ID|Company Record ID|唯一标识|系统编号',
  contactName:
    '联系人|联系人姓名|主联系人|首要联系人|联系人名称|姓名|Contact|Contact Name|Primary Contact|Contact person|对接人|主要联系人|联系人1|联系人姓名1',
  contactTitle: '联系人职务|联系人职位|职务|职位|Contact Title|Contact Job Title|Job Title|联系人职位1|职称',
  contactPhone:
    '联系人手机|联系人电话|联系人手机号|联系人联系方式|手机|手机号|手机号码|Contact Phone|Contact Mobile|Mobile|Mobile Phone|联系人1手机|联系人电话1|联系人手机1',
  contactEmail: '联系人邮箱|联系人电子邮箱|Contact Email|Contact E-mail|联系人邮箱1',
  contactWechat: '联系人微信|微信|微信号|WeChat|Contact WeChat|WeChat ID|联系人微信号',
  dealName: '商机名称|商机|机会名称|销售机会|项目名称|Opportunity|Opportunity Name|Deal Name|Deal',
  dealAmount: '商机金额|预计金额|机会金额|项目金额|Deal Amount|Opportunity Amount|Expected Revenue',
  dealCurrency: '商机币种|币种|Deal Currency|Opportunity Currency',
  dealStage: '商机阶段|商机销售阶段|机会阶段|Deal Stage|Opportunity Stage',
  dealExpectedOn: '预计成交日期|预计签单日期|预计结单日期|预计成交时间|Deal Close Date|Expected Closing',
};

const contact: Record<(typeof importFields)['contact'][number], string> = {
  name: '联系人姓名|联系人|姓名|联系人名称|Contact Name|Full Name|Name|Contact|Person - Name|联系人名|客户姓名|客户昵称|好友名称|Display Name|Complete Name|personName',
  givenName: '名|名字|First Name|FirstName|Given name|Person - First name|Name First Name|名(First Name)',
  familyName:
    '姓|姓氏|Last Name|LastName|Family name|Surname|Person - Last name|Name Last Name|姓(Last Name)',
  customer:
    '客户名称|公司名称|所属客户|所属公司|客户|公司|单位|企业名称|Account Name|Associated Company|Company Name|Company|Customer|Customer name|Person - Organization|Organization|Account|企业|所属企业|客户全称|公司全称|所在公司|任职企业|accountName|Primary Account|Related Company|parent_id|Company Name Entity|Associated Company (Primary)|Primary Associated Company',
  title:
    '职务|职位|岗位|头衔|Title|Job Title|Position|Person - Job title|Contact Title|任职岗位|function|Job Position|accountRole|Account Title',
  phone:
    '手机|手机号|手机号码|移动电话|联系电话|电话|电话号码|办公电话|座机|Mobile|Mobile Phone|Mobile Phone Number|MobilePhone|Phone|Phone Number|Business Phone|Person - Phone - Mobile|Person - Phone|Person - Phone - Work|Telephone|Tel|Home Phone|Other Phone|联系方式|联系人手机|联系人电话|联系人手机号|手机1|手机(必填)|phoneNumber|Phones Primary Phone Number|Phones|Phone 2|Mobile Number',
  email:
    '邮箱|电子邮箱|电子邮件|邮件|联系人邮箱|Email|E-mail|Email Address|Person - Email|Person - Email - Work|Person - Email - Other|emailAddress|Emails Primary Email|Emails|Other Email|Work Email|邮件地址',
  wechat: '微信|微信号|WeChat|WeChat ID|微信号码|企业微信|X-WECHAT',
  isPrimary:
    '主联系人|首要联系人|是否主联系人|是否关键决策人|Primary|Is primary|Primary Contact|是否首要联系人|首要|是否主要联系人',
  remark: '备注|描述|说明|Remark|Remarks|Notes|Note|Description|Comments|备注信息|描述信息|Comment',
  owner:
    '负责人|跟进人|所有人|联系人所有人|所属销售|业务员|Contact owner|Contact Owner|Owner|Owner Name|Assigned to|Sales Rep|Person - Owner|Contact Owner Email|负责人姓名|跟进员工|添加人|所属员工|客户经理|assignedUserName|Assigned User|user_id|负责人邮箱',
  createdAt:
    '创建时间|创建日期|录入时间|Created Date|Create Date|CreatedDate|Created Time|Created at|Created|Date created|Person - Person created|添加时间|添加日期|createdAt|Creation date|Created on|create_date',
  foreignId:
    '联系人编号|联系人ID|编号|数据ID|Contact ID|ContactId|Record ID|Record Id|Person - ID|Foreign id|Id|联系人编码|External ID|UID|系统编号|唯一标识',
  customerForeignId:
    '客户编号|客户ID|客户编码|所属客户编号|Account ID|AccountId|Customer id|Company Id|customer.id|Associated Company IDs|Associated Company ID|Associated Company IDs (Primary)|Parent Account ID|Related Company/External ID|Related Company/ID|parent_id/id',
};

const deal: Record<(typeof importFields)['deal'][number], string> = {
  name: '商机名称|商机主题|商机|机会名称|机会主题|销售机会|销售机会名称|项目名称|Opportunity Name|Deal Name|Opportunity|Name|Deal|Title|Deal - Title',
  customer:
    '客户名称|所属客户|公司名称|客户|公司|企业|企业名称|Account Name|accountName|Account|Company|Company Name|Associated Company|Associated Company (Primary)|Customer|Customer name|Organization|Deal - Organization|Partner|partner_id|partner_name',
  customerForeignId:
    '客户编号|客户ID|客户编码|Account ID|AccountId|Company Id|customer.id|Customer id|Associated Company IDs|Associated Company IDs (Primary)|Customer/External ID|Customer/ID|partner_id/id',
  contact:
    '联系人|联系人姓名|主要联系人|决策人|Primary Contact|Contact Name|contactName|Contact|Associated Contact|Point of Contact|contact_name|Person|Deal - Contact person',
  amount:
    '商机金额|预计金额|预计销售金额|预计成交金额|机会金额|销售金额|金额|项目金额|成交金额|Amount|Deal Amount|Expected Revenue|expected_revenue|Amount Amount|Value|Deal - Value|Amount in company currency',
  currency:
    '币种|货币|Amount Currency|amountCurrency|Currency|Opportunity Currency|Deal Currency Code|Amount Currency Code|Deal - Currency of Value|company_currency',
  pipeline: '销售流程|商机流程|商机类型|业务类型|Pipeline|Deal Pipeline|Sales Process|Deal - Pipeline',
  stage:
    '商机阶段|销售阶段|商机状态|阶段|当前阶段|机会阶段|赢单状态|Stage|Deal Stage|Stage Name|stage_id|Deal - Stage|Status',
  probability:
    '赢率|成交概率|赢单率|可能性|Probability (%)|Probability|Deal probability|Forecast Probability',
  expectedOn:
    '预计成交日期|预计成交时间|预计签单日期|预计结单日期|结束日期|预计结束日期|Close Date|closeDate|CloseDate|Expected Closing|Expected Close Date|date_deadline|Deal - Expected close date',
  source:
    '商机来源|来源|机会来源|Lead Source|leadSource|LeadSource|Original Traffic Source|Original Source|Source|source_id',
  nextStep: '下一步|下一步计划|下一步行动|Next Step|NextStep|Next Activity Summary|下步动作',
  lostReason:
    '输单原因|丢单原因|输单理由|失败原因|Closed Lost Reason|Loss Reason|Lost Reason|lost_reason_id|Deal - Lost reason',
  owner:
    '负责人|商机负责人|所有人|商机所有人|销售|所属销售|销售员|业务员|负责人邮箱|Opportunity Owner|Deal owner|Deal Owner|Owner|Owner Name|Salesperson|user_id|assignedUserName|Assigned User|Deal - Owner',
  createdAt:
    '创建时间|创建日期|Created Date|CreatedDate|Create Date|createdAt|Created at|Creation date|Created on|create_date|Deal - Deal created',
  closedAt:
    '实际成交日期|成交日期|赢单时间|结单日期|实际结束日期|Closed Date|Date Closed|date_closed|Won date|Deal - Won time',
  foreignId:
    '商机编号|商机ID|机会编号|编号|Opportunity ID|OpportunityId|Record ID|Deal ID|External ID|Foreign id|Id|Deal - ID',
};

const activity: Record<(typeof importFields)['activity'][number], string> = {
  body: '跟进内容|跟进记录|沟通内容|销售记录内容|拜访内容|内容|主题|摘要|描述|备注|Subject|Full Comments|Comments|Description|Note body|Call notes|Meeting description|Activity|Body|Text|Notes|Note|Summary|Title',
  kind: '跟进方式|跟进类型|记录类型|联系方式|销售记录类型|方式|类型|Activity Type|Activity type|Type|TaskSubtype|Task Subtype|Kind|activity_type_id',
  customer:
    '客户名称|所属客户|客户|公司名称|企业名称|关联客户|Company / Account|Account Name|accountName|Company|Company Name|Associated Company|Customer|Customer name|Related To|parentName|Account|Related Document Name',
  customerForeignId:
    '客户编号|客户ID|Account ID|AccountId|WhatId|What ID|parentId|Company Id|customer.id|Customer id|Associated Company IDs',
  contact: '联系人|联系人姓名|对接人|Contact|Contact Name|Name|Who|Associated Contact|contactName',
  at: '跟进时间|跟进日期|拜访时间|沟通时间|发生时间|实际跟进时间|日期|时间|Date|Activity date|ActivityDate|Activity Date|Due Date|dateStart|Start|Date Completed|date_done|At|Meeting start time',
  author:
    '跟进人|记录人|创建人|填写人|负责人|员工|Assigned|Assigned To|Activity assigned to|Assigned to|assignedUserName|Created By|createdByName|Created by|Owner|Author|user_id',
  nextStep: '下一步|下一步计划|下次跟进内容|Next Step|Next step',
  nextAt: '下次跟进时间|下次联系时间|下次跟进日期|下次回访时间|Next follow-up|Next At|Next follow up',
  createdAt:
    '创建时间|录入时间|记录时间|Created Date|CreatedDate|Create Date|createdAt|Created at|Created on|create_date',
  foreignId: '记录编号|跟进编号|编号|Activity ID|Task ID|Record ID|Engagement ID|External ID|Foreign id|Id',
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

const known: Record<ImportObject, Known> = {
  customer: index(customer),
  contact: index(contact),
  deal: index(deal),
  activity: index(activity),
};
const joined = new Set<string>(joinedFields);

/**
 * A field for every column, or null. A field that takes one column goes to the best heading; the next best column takes
 * another field it may stand for (手机 beside 电话 is the contact's), else none.
 */
export function suggest(
  object: ImportObject,
  columns: string[],
  own: (ImportField | null)[] = [],
): (ImportField | null)[] {
  const answers: (ImportField | null)[] = columns.map((_, at) => own[at] ?? null);
  const taken = new Set<string>();
  const offers = columns.flatMap((column, at) =>
    (known[object].get(headingKey(column)) ?? []).map(offer => ({ at, ...offer })),
  );
  const hasContact = offers.some(offer => offer.field === 'contactName');
  const hasDeal = offers.some(offer => offer.field === 'dealName');
  const weigh = (offer: (typeof offers)[number]) =>
    hasContact && offer.field === 'contactPhone' ? -1 : offer.rank;
  offers.sort((a, b) => weigh(a) - weigh(b) || a.at - b.at);
  for (const { at, field } of offers) {
    if (answers[at] !== null || (taken.has(field) && !joined.has(field))) continue;
    if (object === 'customer' && field.startsWith('contact') && !hasContact) continue;
    if (field.startsWith('deal') && !hasDeal) continue;
    answers[at] = field;
    taken.add(field);
  }
  if (object === 'deal' || object === 'activity') return answers;
  // A second telephone or address is no reason to lose it.
  for (const { at, field } of offers)
    if (answers[at] === null && (field === 'phone' || field === 'email')) answers[at] = 'remark';
  return answers.map((answer, at) => answer ?? (isTold(object, columns[at] ?? '') ? 'remark' : null));
}

const told = new Set(['birthday', 'website', 'address', 'categories', '生日', '地址', '网址']);

/** Whether a contact's column has no field of its own, and is worth a line in the remarks. */
export function isTold(object: ImportObject, heading: string): boolean {
  return object === 'contact' && told.has(headingKey(heading));
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
