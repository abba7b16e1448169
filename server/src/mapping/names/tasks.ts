// What columns of tasks are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const tasks: Record<FieldOf<'task'>, string> = {
  name: '任务名称|任务主题|任务标题|任务|主题|标题|待办事项|待办内容|待办|Subject|Task Title|Task Name|Task|Title|Summary|Name|Activity - Subject',
  remark:
    '任务描述|任务详情|任务内容|描述|备注|说明|内容|Full Comments|Comments|Description|Task Notes|Notes|Note|Body|Body V2 Markdown|Internal Notes|Activity - Note',
  kind: '任务类型|类型|待办类型|跟进方式|Task Type|Type|TaskSubtype|Task Subtype|Activity Type|activity_type_id|Activity - Type',
  priority: '优先级|紧急程度|重要程度|Priority|Task Priority|High Priority',
  dueAt:
    '截止时间|截止日期|到期时间|到期日|到期日期|计划完成时间|要求完成时间|结束时间|Due Date|ActivityDate|Date Due|Deadline|date_deadline|dateEnd|dateEndDate|Due at|Due|End Date|Activity - Due date|Date',
  status:
    '任务状态|状态|完成状态|是否完成|完成情况|Status|Task Status|Stage|State|Completed|Closed|Activity - Done',
  doneAt:
    '完成时间|完成日期|实际完成时间|Completed Date|CompletedDateTime|Completed Date/Time|Completed at|dateCompleted|date_done|Date Completed|Activity - Marked as done time',
  customer:
    '关联客户|所属客户|客户名称|客户|公司名称|企业名称|Company / Account|Account Name|accountName|Related To|parentName|Associated Company|Company|Company Name|Customer|Account|Document Name|Partner|Activity - Organization',
  customerForeignId:
    '客户编号|客户ID|Account ID|AccountId|WhatId|What ID|Related To ID|parentId|Company Id|customer.id|Associated Company IDs|partner_id/id',
  contact:
    '联系人|联系人姓名|关联联系人|Contact|Contact Name|contactName|Who|Associated Contact|Person|Activity - Contact person',
  owner:
    '执行人|负责人|责任人|任务负责人|经办人|处理人|Assigned To|Assigned|Assigned to|Assignee|Assignees|assignedUserName|Assigned User|Task Owner|Owner|Owner Name|user_ids|user_id|负责人邮箱|Activity - Assigned to user',
  author: '创建人|发起人|分配人|指派人|Created By|createdByName|Created by|Creator|create_uid|Author',
  createdAt:
    '创建时间|创建日期|发起时间|Created Date|CreatedDate|Create Date|createdAt|Created at|Created on|Creation date|create_date',
  foreignId:
    '任务编号|任务ID|编号|数据ID|Task ID|Activity ID|Record ID|External ID|Foreign id|Id|Activity - ID|唯一标识',
};
