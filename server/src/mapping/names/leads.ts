// What columns of leads are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const leads: Record<FieldOf<'lead'>, string> = {
  name: '线索名称|姓名|联系人|联系人姓名|线索姓名|客户姓名|Full Name|Contact Name|contact_name|Lead Name|Name|Contact|Person|Lead|Lead - Title|personName',
  givenName: '名|名字|First Name|FirstName|Given name|Name First Name',
  familyName: '姓|姓氏|Last Name|LastName|Family name|Surname|Name Last Name',
  company:
    '公司名称|公司|企业名称|单位名称|客户名称|所属公司|公司全称|企业|单位|Company / Account|Company Name|partner_name|Company|Account Name|accountName|Organization|Associated Company|Associated Company (Primary)|Lead - Organization',
  title: '职务|职位|岗位|头衔|Title|Job Title|Job Position|Position|function',
  phone:
    '手机|手机号|手机号码|移动电话|联系电话|电话|电话号码|座机|联系方式|Mobile|Mobile Phone|Mobile Phone Number|MobilePhone|Phone|Phone Number|phoneNumber|Telephone|Tel|Phones Primary Phone Number',
  email:
    '邮箱|电子邮箱|电子邮件|邮件|Email|E-mail|Email Address|emailAddress|email_from|Emails Primary Email',
  wechat: '微信|微信号|WeChat|WeChat ID|微信号码',
  source:
    '线索来源|来源|来源渠道|渠道|获客渠道|Lead Source|LeadSource|Source|source_id|Original Traffic Source|Original Source|Lead - Source',
  city: '城市|市|所在城市|City|addressCity|Address City|Address Address City',
  address:
    '详细地址|地址|联系地址|省份|省|Address|Street|Street Address|Street2|addressStreet|addressState|addressCountry|addressPostalCode|State/Province|State|Zip/Postal Code|Postal Code|Zip|Country|State/Region|Country/Region',
  tags: '标签|线索标签|Tags|Tag|Labels|tag_ids|Lead - Label',
  remark:
    '备注|线索备注|描述|说明|需求描述|Description|Notes|Note|Internal Notes|Remark|Remarks|Comments|Comment',
  status:
    '线索状态|跟进状态|状态|线索阶段|处理状态|Lead Status|Status|Lead Stage|Pipeline Stage|Stage|stage_id|Lead - Status',
  unqualifiedReason:
    '无效原因|不合格原因|关闭原因|Unqualified Reason|Disqualification Reason|Lost Reason|lost_reason_id|Rejection Reason',
  score: '评分|线索评分|得分|Score|Lead Score|HubSpot Score',
  owner:
    '负责人|线索负责人|跟进人|所有人|所属销售|销售|业务员|负责人姓名|负责人邮箱|Lead Owner|Owner|Owner Name|Salesperson|user_id|assignedUserName|Assigned User|Assigned to|Lead owner email|Lead - Owner',
  nextFollowUpAt:
    '下次跟进时间|下次联系时间|下次跟进日期|下次回访时间|Next Activity Date|Next Activity Deadline|Next follow-up|activity_date_deadline',
  createdAt:
    '创建时间|创建日期|录入时间|添加时间|线索创建时间|Created Date|CreatedDate|Create Date|createdAt|Created at|Created on|Creation date|create_date|Lead - Lead created',
  foreignId:
    '线索编号|线索ID|编号|数据ID|Lead ID|LeadId|Record ID|External ID|Foreign id|Id|Lead - ID|唯一标识|系统编号',
};
