// What columns of products are called elsewhere; in each line the best heading comes first.
import type { FieldOf } from '../fields.ts';

export const products: Record<FieldOf<'product'>, string> = {
  name: '产品名称|商品名称|物料名称|货品名称|品名|产品|商品|名称|Product Name|Product|Name|Product - Name|Display Name|Item Name|Item',
  code: '产品编码|产品编号|商品编码|商品编号|物料编码|货号|型号|SKU|Product Code|ProductCode|Internal Reference|default_code|Part Number|partNumber|Code|Item Code|Product SKU|Product - Product code|Stock Keeping Unit',
  price:
    '标准价格|标准单价|销售价格|销售单价|产品单价|参考价格|零售价|单价|价格|List Price|listPrice|Standard Price|Unit Price|unitPrice|UnitPrice|Sales Price|list_price|lst_price|Price|Product - Price',
  currency:
    '币种|货币|Currency|Currency Code|List Price Currency|listPriceCurrency|unitPriceCurrency|List Price (Currency)|CurrencyIsoCode|currency_id|Price Currency',
  taxRate:
    '税率|税率(%)|销项税率|增值税率|Tax Rate|taxRate|Tax|VAT|Tax (%)|Customer Taxes|taxes_id|Sales Taxes',
  unit: '单位|计量单位|销售单位|Unit|Quantity Unit Of Measure|QuantityUnitOfMeasure|Unit of Measure|uom_id|UoM|Product - Unit',
  category:
    '产品类别|产品分类|商品分类|产品类型|分类|类别|Product Family|Family|Product Category|categ_id|categoryName|Category|Folder|Product Type|Product - Category',
  description:
    '产品描述|产品介绍|产品说明|规格|规格型号|描述|说明|备注|Product Description|Description|Sales Description|description_sale|Notes|Internal Notes',
  active:
    '是否上架|上架状态|上下架|产品状态|是否启用|启用|状态|Active|IsActive|Is Active|Can be Sold|sale_ok|Status|isActive',
  priceList:
    '价格表|价格表名称|价目表|价格手册|价格手册名称|Price List|Price List Name|Pricelist|Pricelist Name|pricelist_id|Price Book|Price Book Name|Pricebook|Pricebook Name|Pricebook2.Name',
  listPrice:
    '价格表价格|价目表价格|价格手册价格|协议价|单价|价格|Price List Price|Price Book Price|Fixed Price|fixed_price|List Price|Unit Price|UnitPrice|Price',
  listCurrency: '价格表币种|价目表币种|Price List Currency|Price Book Currency|Pricebook Currency',
  fromQuantity: '起订量|起订数量|最小数量|最低数量|Min. Quantity|Minimum Quantity|min_quantity|From Quantity',
  createdAt:
    '创建时间|创建日期|录入时间|Created Date|CreatedDate|Create Date|createdAt|Created at|Created on|create_date',
  foreignId:
    '产品ID|商品ID|数据ID|Product ID|Product2Id|ProductId|Record ID|External ID|Foreign id|Id|Product - ID|唯一标识|系统编号',
};
