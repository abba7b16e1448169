// What columns of quotes and orders and of their lines are called elsewhere; the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const orders: Record<FieldOf<'order'>, string> = {
  number:
    '订单编号|订单号|销售订单号|合同编号|合同号|报价单编号|报价单号|单据编号|Order Number|OrderNumber|Order Reference|Order No|Order #|Sales Order Number|SO Number|Quote Number|Quotation Number|Number',
  name: '订单名称|合同名称|订单主题|合同主题|报价单名称|报价主题|标题|主题|Order Name|Quote Name|Quotation|Sales Order Name|Title|Subject',
  kind: '单据类型|业务类型|类型|Document Type|Kind|Record Type|Order Type|Type',
  status:
    '订单状态|合同状态|报价状态|单据状态|审批状态|状态|Order Status|Fulfillment Status|Quote Status|Status|State|Stage|Invoice Status',
  customer:
    '客户名称|所属客户|购货单位|购买单位|签约客户|客户|公司名称|企业名称|Account Name|accountName|Customer|Customer Name|partner_id|Associated Company|Associated Company (Primary)|Company|Company Name|Account|Bill To Name',
  customerForeignId:
    '客户编号|客户ID|客户编码|Account ID|AccountId|Company Id|customer.id|Customer id|Customer/External ID|Customer/ID|partner_id/id|Associated Company IDs|Associated Company IDs (Primary)',
  contact:
    '联系人|联系人姓名|客户签约人|收货人|Contact|Contact Name|contactName|billingContactName|Associated Contact|Bill To Contact',
  issuedOn:
    '下单日期|下单时间|订单日期|签约日期|签约时间|签订日期|合同日期|报价日期|单据日期|Order Start Date|EffectiveDate|Order Date|date_order|dateOrdered|Ordered At|Order Created Date|Quote Date|dateQuoted|Issue Date|Date',
  validUntil:
    '有效期至|报价有效期|有效期|Expiration Date|ExpirationDate|Expiration|validity_date|Valid Until|validUntil|dateValidUntil|Quote Expiration',
  deliveryOn:
    '交货日期|交付日期|发货日期|要求交货日期|预计交货日期|Delivery Date|commitment_date|Expected Delivery Date|Ship Date|dateShipped|Shipping Date|Requested Delivery Date',
  currency:
    '币种|货币|Currency|Order Currency|Currency Code|CurrencyIsoCode|currency_id|amountCurrency|Order Amount Currency|Total Amount Currency',
  taxIncluded: '是否含税|含税|单价含税|价格含税|Tax Included|Prices Include Tax|taxInclusive|isTaxInclusive',
  amount:
    '订单金额|合同金额|订单总额|合同总金额|总金额|报价金额|成交金额|金额|Order Amount|Total Amount|TotalAmount|Amount|Total|amount_total|Grand Total|grandTotalAmount|Total Price|Order Total',
  paid: '已收金额|已回款金额|回款金额|已付金额|已收款|Paid|Amount Paid|Paid Amount|Payments|amount_paid|Received',
  paidOn: '收款日期|回款日期|最近回款日期|Payment Date|Paid On|Date Paid|Received On',
  terms:
    '付款条件|付款方式|条款|合同条款|交易条款|Terms|Terms and conditions|Terms & Conditions|Payment Terms|payment_term_id|note',
  remark: '备注|订单备注|合同备注|描述|说明|Description|Notes|Note|Remark|Remarks|Comments|Internal Notes',
  owner:
    '负责人|订单负责人|合同负责人|所有人|销售|所属销售|业务员|签约人|我方签约人|Order Owner|Owner|Owner Name|Salesperson|user_id|assignedUserName|Assigned User|Sales Rep|负责人邮箱|HubSpot Owner',
  createdAt:
    '创建时间|创建日期|录入时间|Created Date|CreatedDate|Create Date|createdAt|Created at|Created on|Creation Date|create_date',
  foreignId: '订单ID|合同ID|数据ID|Order ID|OrderId|Record ID|External ID|Foreign id|Id|唯一标识|系统编号',
  product:
    '产品名称|产品|商品名称|商品|品名|物料名称|明细名称|Product: Product Name|Product Name|Product|Item|Item Name|Line Item|Line Item Name|Order Lines/Product|Order Lines/Description|order_line/product_id|order_line/name|Line item: Name',
  productCode:
    '产品编码|产品编号|商品编码|商品编号|物料编码|货号|Product Code|Product: Product Code|ProductCode|SKU|Product SKU|Item Code|Order Lines/Product/Internal Reference|order_line/product_id/default_code|Line item: SKU',
  quantity:
    '数量|订购数量|销售数量|购买数量|Quantity|Qty|Order Lines/Quantity|Order Lines/Ordered Quantity|order_line/product_uom_qty|Line item: Quantity',
  unit: '单位|计量单位|Unit|Unit of Measure|UoM|Order Lines/Unit of Measure|order_line/product_uom',
  unitPrice:
    '单价|销售单价|成交单价|售价|Unit Price|UnitPrice|Sales Price|Price|Order Lines/Unit Price|order_line/price_unit|Line item: Unit price',
  discount:
    '折扣|折扣(%)|折扣率|优惠率|Discount|Discount (%)|Discount %|Line Item Discount|Order Lines/Discount (%)|Order Lines/Discount|order_line/discount',
  taxRate: '税率|税率(%)|Tax Rate|Tax (%)|Tax|VAT|Order Lines/Taxes|order_line/tax_id|taxRate',
  lineAmount:
    '小计|明细金额|产品金额|销售小计|行金额|Subtotal|Line Total|Line Amount|Order Lines/Subtotal|order_line/price_subtotal|Line item: Amount|Line Item Total|Net Price',
};
