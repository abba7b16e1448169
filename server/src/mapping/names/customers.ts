// What columns of customers are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const customers: Record<FieldOf<'customer'>, string> = {
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
