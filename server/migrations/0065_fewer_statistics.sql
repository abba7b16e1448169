-- Two thousand common keys of each table tell enough, and half the rows are looked at to know them.
alter table customer_keys alter keys set statistics 200;
alter table contact_keys alter keys set statistics 200;
alter table lead_keys alter keys set statistics 200;
alter table deal_keys alter keys set statistics 200;
alter table order_keys alter keys set statistics 200;
alter table task_keys alter keys set statistics 200;
alter table activity_keys alter keys set statistics 200;
