// What columns of contacts are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const contacts: Record<FieldOf<'contact'>, string> = {
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
