// Files of leads, products, tasks and orders as other systems write them, and what is to become of each.
import { expect } from 'vitest';

export type Found = Record<string, unknown>;
export const has = (fields: Found) => expect.objectContaining(fields);
const rp = { owner: has({ name: 'rep person' }) };

export const files: [system: string, object: string, file: string, look: string, like: Found][] = [
  [
    'Salesforce, leads',
    'lead',
    `"Lead Owner","First Name","Last Name","Title","Company / Account","Lead Source","Street","City","Email","Mobile","Lead Status","Created Date","Lead ID"
"rep person","Dana","Whitfield","Buyer","Northwind Bearings, Inc.","Web","1 Low Rd","Oakland","Dana@northwind.example","+1 510 555 0142","Working - Contacted","5/6/2025","00Q5g001"`,
    '/leads?q=Whitfield',
    {
      ...rp,
      name: 'Dana Whitfield',
      company: 'Northwind Bearings, Inc.',
      email: 'dana@northwind.example',
      status: 'contacted',
      city: 'Oakland',
      createdAt: '2025-05-06T00:00:00.000Z',
    },
  ],
  [
    'Odoo, leads',
    'lead',
    `External ID,Contact Name,Company Name,Email,Phone,Salesperson,Source,Lost Reason,Stage,Notes
__export__.crm_lead_3,Bo Ek,Lund Pumps AB,bo@lund.example,+46 46 000 000,rep person,Fair,Too expensive,Lost,Asks for steel`,
    '/leads?q=Lund',
    {
      ...rp,
      name: 'Bo Ek',
      status: 'unqualified',
      unqualifiedReason: 'no-budget',
      remark: 'Asks for steel',
    },
  ],
  [
    'EspoCRM, leads',
    'lead',
    `id,firstName,lastName,title,accountName,status,source,emailAddress,phoneNumber,addressCity,description,createdAt,assignedUserName
65aa,Ann,Lee,CTO,Kestrel Optics,In Process,Call,ann@kestrel.example,+1 555 010 9999,Boston,Wants lenses,2023-01-02 03:04:05,rep person`,
    '/leads?q=Kestrel',
    {
      ...rp,
      name: 'Ann Lee',
      title: 'CTO',
      status: 'contacted',
      city: 'Boston',
      createdAt: '2023-01-02T03:04:05.000Z',
    },
  ],
  [
    'a Chinese template, leads',
    'lead',
    `线索名称(必填),公司名称,手机,线索来源,线索状态,无效原因,负责人姓名,下次跟进时间,创建时间
周敏,苏州澄湖食品有限公司,13600136000,展会,无效,联系不上,rep person,,2024年5月6日 13:04`,
    '/leads?q=%E5%91%A8%E6%95%8F',
    { ...rp, status: 'unqualified', unqualifiedReason: 'no-reply', source: '展会', phone: '13600136000' },
  ],
  [
    'Salesforce, products',
    'product',
    `"Product Name","Product Code","Product Family","Product Description","Active","List Price","Currency","Product ID"
"Ball bearing 608","BB-608","Bearings","Sealed","1","1,250.50","USD","01t5g001"`,
    '/products?q=BB-608',
    {
      name: 'Ball bearing 608',
      category: 'Bearings',
      price: 125_050,
      currency: 'USD',
      active: true,
    },
  ],
  [
    'HubSpot, products',
    'product',
    `"Record ID","Name","SKU","Unit price","Product description","Create Date"
"91","Onboarding","SKU-9","9000","Two days","2024-02-01 10:00"`,
    '/products?q=SKU-9',
    { name: 'Onboarding', price: 900_000, description: 'Two days', createdAt: '2024-02-01T10:00:00.000Z' },
  ],
  [
    'Odoo, products',
    'product',
    `External ID,Name,Internal Reference,Sales Price,Product Category,Unit of Measure,Customer Taxes,Active
__export__.product_7,Steel pump,PUMP-7,40000.0,All / Pumps,Units,15%,False`,
    '/products?q=PUMP-7',
    { name: 'Steel pump', price: 4_000_000, taxRate: 1_500, unit: 'Units', active: false },
  ],
  [
    'EspoCRM, products; one without a code gets one',
    'product',
    `id,name,unitPrice,unitPriceCurrency,categoryName,description
66p1,Lens cloth,2.5,EUR,Accessories,Soft`,
    '/products?q=Lens',
    { name: 'Lens cloth', code: expect.stringMatching(/^P-/), price: 250, currency: 'EUR' },
  ],
  [
    'a Chinese template, products',
    'product',
    `产品编码,产品名称,规格型号,单位,产品分类,标准价格,税率,上架状态
LK-100,不锈钢泵,DN50,台,泵阀,1.2万,13%,已上架`,
    '/products?q=LK-100',
    { name: '不锈钢泵', unit: '台', category: '泵阀', price: 1_200_000, taxRate: 1_300, active: true },
  ],
  [
    'Salesforce, tasks',
    'task',
    `"Subject","Due Date","Priority","Status","Company / Account","Assigned","Task Subtype","Comments","Created Date","Activity ID"
"Call about terms","3/31/2026","High","Not Started","Northwind Bearings, Inc.","rep person","Call","Net 45?","5/6/2025","00T5g001"`,
    '/tasks?q=terms',
    {
      ...rp,
      kind: 'call',
      priority: 'high',
      dueOn: '2026-03-31',
      note: 'Net 45?',
      about: has({ type: 'customer', name: 'Northwind Bearings, Inc.' }),
      createdAt: '2025-05-06T00:00:00.000Z',
    },
  ],
  [
    'HubSpot, tasks',
    'task',
    `"Record ID","Task Title","Task Type","Task Status","Priority","Due Date","Assigned to","Task Notes","Associated Company","Completed at"
"55","Send deck","EMAIL","COMPLETED","LOW","2026-02-01 10:30","rep person","The long one","Lumen Foods","2026-01-31 09:00"`,
    '/tasks?status=done&q=deck',
    {
      ...rp,
      kind: 'email',
      priority: 'low',
      dueAt: '2026-02-01T10:30:00.000Z',
      doneAt: '2026-01-31T09:00:00.000Z',
    },
  ],
  [
    'EspoCRM, tasks, at an opportunity and by somebody who has left',
    'task',
    `id,name,status,priority,dateEnd,description,parentId,assignedUserName,createdByName,createdAt
66t1,Check stock,Started,Urgent,2026-03-04 09:30:00,Twice,0065g001,rep person,Old Hand,2024-01-02 03:04:05`,
    '/tasks?q=stock',
    {
      ...rp,
      priority: 'high',
      note: 'Twice\n— Old Hand',
      about: has({ type: 'deal', name: 'Bearings 2026' }),
    },
  ],
  [
    'Twenty, tasks',
    'task',
    `Id,Title,Body,Due Date,Status,Assignee,Creation date
c0ffee00-0000-4000-8000-000000000009,Ring Leeds,Ask for Ann,2026-05-01T09:00:00.000Z,IN_PROGRESS,rep person,2024-05-06T07:08:09.000Z`,
    '/tasks?q=Leeds',
    { ...rp, note: 'Ask for Ann', dueAt: '2026-05-01T09:00:00.000Z', createdAt: '2024-05-06T07:08:09.000Z' },
  ],
  [
    'a Chinese template, tasks',
    'task',
    `任务名称,关联客户,联系人,执行人,截止时间,优先级,任务状态,任务描述,创建人
寄样品,苏州澄湖食品有限公司,周敏,rep person,2026年5月1日,紧急,未完成,两箱,rep2 person`,
    '/tasks?q=%E5%AF%84%E6%A0%B7%E5%93%81',
    {
      ...rp,
      priority: 'high',
      dueOn: '2026-05-01',
      about: has({ type: 'contact', name: '周敏' }),
      createdBy: has({ name: 'rep2 person' }),
    },
  ],
  [
    'Salesforce, orders with a product a row',
    'order',
    `"Order Number","Account Name","Status","Order Start Date","Order Owner","Product: Product Name","Product Code","Quantity","Unit Price","Order ID"
"00000100","Northwind Bearings, Inc.","Activated","3/31/2026","rep person","Ball bearing 608","BB-608","10","1,250.50","8015g001"
"00000100","Northwind Bearings, Inc.","Activated","3/31/2026","rep person","Freight","","1","99","8015g001"`,
    '/orders?q=00000100',
    {
      ...rp,
      status: 'confirmed',
      issuedOn: '2026-03-31',
      total: 1_260_400,
      lines: [
        has({ code: 'BB-608', quantity: '10', productId: expect.any(String) }),
        has({ name: 'Freight' }),
      ],
    },
  ],
  [
    'Odoo, orders with further lines below',
    'order',
    `External ID,Order Reference,Customer,Order Date,Salesperson,Status,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Discount (%),Order Lines/Taxes
__export__.sale_order_1,S00021,Lund Pumps AB,2026-05-01 08:00:00,rep person,Sales Order,[PUMP-7] Steel pump,2.0,100.0,10.0,15%
,,,,,,Delivery,1.0,20.0,0.0,`,
    '/orders?q=S00021',
    {
      ...rp,
      kind: 'order',
      status: 'confirmed',
      issuedOn: '2026-05-01',
      net: 20_000,
      tax: 2_700,
      lines: [has({ code: 'PUMP-7', discount: 1_000, taxRate: 1_500 }), has({ name: 'Delivery' })],
    },
  ],
  [
    'EspoCRM, quotes with a sum alone',
    'order',
    `id,number,name,accountName,type,status,amount,amountCurrency,dateQuoted,assignedUserName
66q1,Q-7,Optics 2026,Kestrel Optics,Quote,Presented,4500,EUR,2026-03-04,rep person`,
    '/orders?q=Q-7',
    { ...rp, kind: 'quote', status: 'sent', total: 450_000, currency: 'EUR', title: 'Optics 2026' },
  ],
  [
    'HubSpot, orders',
    'order',
    `"Record ID","Order Name","Order Status","Total Price","Currency Code","Associated Company","Create Date"
"31","Lumen renewal","Shipped","9000","USD","Lumen Foods","2024-02-01 10:00"`,
    '/orders?q=Lumen%20renewal',
    { status: 'delivered', total: 900_000, number: 'O-2024-00001', customer: has({ name: 'Lumen Foods' }) },
  ],
  [
    'a Chinese template, orders, paid in part',
    'order',
    `合同编号,客户名称,签约日期,订单状态,产品编码,数量,单价,税率,是否含税,已收金额,负责人
HT-2026-001,苏州澄湖食品有限公司,2026/5/1,执行中,LK-100,2台,12000,13%,是,10000,rep person`,
    '/orders?q=HT-2026-001',
    {
      ...rp,
      total: 2_400_000,
      tax: 276_106,
      paid: 1_000_000,
      outstanding: 1_400_000,
      lines: [has({ name: '不锈钢泵', unit: '台' })],
    },
  ],
];
