// What columns of deals are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const deals: Record<FieldOf<'deal'>, string> = {
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
  wonReason: '赢单原因|赢单理由|成交原因|Closed Won Reason|Win Reason|Won Reason',
  owner:
    '负责人|商机负责人|所有人|商机所有人|销售|所属销售|销售员|业务员|负责人邮箱|Opportunity Owner|Deal owner|Deal Owner|Owner|Owner Name|Salesperson|user_id|assignedUserName|Assigned User|Deal - Owner',
  createdAt:
    '创建时间|创建日期|Created Date|CreatedDate|Create Date|createdAt|Created at|Creation date|Created on|create_date|Deal - Deal created',
  closedAt:
    '实际成交日期|成交日期|赢单时间|结单日期|实际结束日期|Closed Date|Date Closed|date_closed|Won date|Deal - Won time',
  foreignId:
    '商机编号|商机ID|机会编号|编号|Opportunity ID|OpportunityId|Record ID|Deal ID|External ID|Foreign id|Id|Deal - ID',
};
