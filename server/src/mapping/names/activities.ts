// What columns of activities are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const activities: Record<FieldOf<'activity'>, string> = {
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
