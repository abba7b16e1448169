-- Why deals were lost is a list that administrators make, as why they were won is.
alter table deal_win_reasons rename to deal_reasons;
alter table deal_reasons add column kind text not null default 'won' check (kind in ('won', 'lost'));
alter table deal_reasons alter column kind drop default;
alter table deal_reasons drop constraint deal_win_reasons_pkey;
alter table deal_reasons add constraint deal_reasons_pkey primary key (workspace_id, kind);
