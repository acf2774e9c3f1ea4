create table access."user" (
  color_scheme text,
  created_at timestamp(3) with time zone not null,
  email text not null,
  email_verified boolean not null default false,
  id text not null,
  image text,
  language text,
  last_seen_at timestamp(3) with time zone,
  name text not null,
  two_factor_enabled boolean not null default false,
  updated_at timestamp(3) with time zone not null,
  constraint user_email_unique UNIQUE (email),
  constraint user_pkey PRIMARY KEY (id)
);

create table access.account (
  access_token text,
  access_token_expires_at timestamp(3) with time zone,
  account_id text not null,
  created_at timestamp(3) with time zone not null,
  id text not null,
  id_token text,
  password text,
  provider_id text not null,
  refresh_token text,
  refresh_token_expires_at timestamp(3) with time zone,
  scope text,
  updated_at timestamp(3) with time zone not null,
  user_id text not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);

create table access.api_key (
  begins text not null,
  created_at timestamp(3) with time zone not null,
  created_by text not null,
  expires_at timestamp(3) with time zone,
  hash text not null,
  id uuid not null,
  last_used_at timestamp(3) with time zone,
  name text not null,
  scopes jsonb not null,
  workspace_id text not null,
  constraint api_key_hash_unique UNIQUE (hash),
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table access.invitation (
  created_at timestamp(3) with time zone not null,
  email text not null,
  expires_at timestamp(3) with time zone not null,
  id text not null,
  inviter_id text,
  organization_id text not null,
  role text,
  status text not null,
  constraint invitation_inviter_id_user_id_fk FOREIGN KEY (inviter_id) REFERENCES access."user"(id) ON DELETE SET NULL,
  constraint invitation_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES access.organization(id) ON DELETE CASCADE,
  constraint invitation_pkey PRIMARY KEY (id)
);

create table access.member (
  created_at timestamp(3) with time zone not null,
  id text not null,
  organization_id text not null,
  role text not null,
  user_id text not null,
  constraint member_organization_id_organization_id_fk FOREIGN KEY (organization_id) REFERENCES access.organization(id) ON DELETE CASCADE,
  constraint member_pkey PRIMARY KEY (id),
  constraint member_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);

create table access.organization (
  created_at timestamp(3) with time zone not null,
  id text not null,
  logo text,
  metadata text,
  name text not null,
  slug text not null,
  constraint organization_pkey PRIMARY KEY (id),
  constraint organization_slug_unique UNIQUE (slug)
);

create table access.session (
  active_organization_id text,
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  id text not null,
  ip_address text,
  seen_at timestamp(3) with time zone,
  token text not null,
  updated_at timestamp(3) with time zone not null,
  user_agent text,
  user_id text not null,
  verified_at timestamp(3) with time zone,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_unique UNIQUE (token),
  constraint session_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);

create table access.sign_in_failure (
  blocked_until timestamp(3) with time zone not null,
  count integer not null,
  key text not null,
  last_at timestamp(3) with time zone not null,
  constraint sign_in_failure_pkey PRIMARY KEY (key)
);

create table access.two_factor (
  backup_codes text not null,
  failed_verification_count integer not null default 0,
  id text not null,
  last_used_step integer,
  locked_until timestamp(3) with time zone,
  secret text not null,
  user_id text not null,
  verified boolean not null default true,
  constraint two_factor_pkey PRIMARY KEY (id),
  constraint two_factor_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);

create table access.verification (
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  id text not null,
  identifier text not null,
  updated_at timestamp(3) with time zone not null,
  value text not null,
  constraint verification_pkey PRIMARY KEY (id)
);

create table public.address_state (
  address text not null,
  at timestamp(3) with time zone not null,
  invitation_id text,
  kind text not null,
  reason text not null,
  workspace_id text not null,
  constraint address_state_invitation_id_invitation_id_fk FOREIGN KEY (invitation_id) REFERENCES invitation(id) ON DELETE SET NULL,
  constraint address_state_workspace_id_address_kind_pk PRIMARY KEY (workspace_id, address, kind),
  constraint address_state_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.audit (
  action text not null,
  actor text not null,
  at timestamp(3) with time zone not null,
  detail jsonb not null default '{}'::jsonb,
  id bigint not null default nextval('audit_id_seq'::regclass),
  subject text not null,
  workspace_id text not null,
  constraint audit_pkey PRIMARY KEY (id),
  constraint audit_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.brand (
  content jsonb not null,
  encrypted_smtp_url text,
  id uuid not null,
  key text not null,
  updated_at timestamp(3) with time zone not null,
  workspace_id text not null,
  constraint brand_pkey PRIMARY KEY (id),
  constraint brand_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.connection (
  account text,
  active_since timestamp(3) with time zone not null,
  add_ticket_notes boolean not null default false,
  checked_at timestamp(3) with time zone,
  clearing_since timestamp(3) with time zone,
  clock_difference integer,
  connector text not null,
  create_contacts boolean not null default false,
  created_at timestamp(3) with time zone not null,
  field_names jsonb not null default '{}'::jsonb,
  field_profile text,
  findings jsonb not null default '[]'::jsonb,
  host text,
  id uuid not null,
  keys_changed_at timestamp(3) with time zone,
  last_event_at timestamp(3) with time zone,
  last_polled_at timestamp(3) with time zone,
  name text,
  origin text not null,
  poll_cursor text,
  poll_due_at timestamp(3) with time zone not null,
  polled_until timestamp(3) with time zone not null,
  provision_due_at timestamp(3) with time zone not null,
  quota_share integer not null default 50,
  read_back_due_at timestamp(3) with time zone not null,
  resync_count integer not null default 0,
  resync_since timestamp(3) with time zone,
  status text not null,
  status_detail jsonb,
  surveys_enabled boolean not null default true,
  surveys_paused_at timestamp(3) with time zone,
  tag_tickets boolean not null default true,
  time_zone text,
  unauthorized_at timestamp(3) with time zone,
  workspace_id text not null,
  write_back_enabled boolean not null default true,
  write_back_paused_at timestamp(3) with time zone,
  constraint connection_pkey PRIMARY KEY (id),
  constraint connection_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.contact (
  company text,
  created_at timestamp(3) with time zone not null,
  do_not_survey boolean not null default false,
  erased_at timestamp(3) with time zone,
  id uuid not null,
  language text,
  last_asked_at timestamp(3) with time zone,
  merged_into uuid,
  name text,
  test boolean not null default false,
  time_zone text,
  unsubscribed_at timestamp(3) with time zone,
  workspace_id text not null,
  constraint contact_pkey PRIMARY KEY (id),
  constraint contact_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.contact_email (
  address text not null,
  contact_id uuid not null,
  workspace_id text not null,
  constraint contact_email_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint contact_email_workspace_id_address_pk PRIMARY KEY (workspace_id, address),
  constraint contact_email_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.contact_key (
  contact_id uuid not null,
  value text not null,
  workspace_id text not null,
  constraint contact_key_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint contact_key_workspace_id_value_pk PRIMARY KEY (workspace_id, value),
  constraint contact_key_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.credential (
  connection_id uuid not null,
  encrypted text not null,
  name text not null,
  updated_at timestamp(3) with time zone not null,
  constraint credential_connection_id_connection_id_fk FOREIGN KEY (connection_id) REFERENCES connection(id) ON DELETE CASCADE,
  constraint credential_connection_id_name_pk PRIMARY KEY (connection_id, name)
);

create table public.crm_fields (
  "values" jsonb not null,
  changed_at timestamp(3) with time zone not null,
  contact_id uuid not null,
  last_change text,
  revision integer not null,
  workspace_id text not null,
  constraint crm_fields_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint crm_fields_pkey PRIMARY KEY (contact_id),
  constraint crm_fields_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.decision (
  contact_id uuid,
  decided_at timestamp(3) with time zone not null,
  id uuid not null,
  notes jsonb not null default '[]'::jsonb,
  reason text not null,
  reason_params jsonb not null,
  requester_by text,
  resolution_id uuid,
  survey_id uuid,
  survey_request_id uuid,
  verdict text not null,
  workspace_id text not null,
  constraint decision_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE SET NULL,
  constraint decision_occasion CHECK (((resolution_id IS NULL) <> (survey_request_id IS NULL))),
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_resolution_id_resolution_id_fk FOREIGN KEY (resolution_id) REFERENCES resolution(id) ON DELETE CASCADE,
  constraint decision_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint decision_survey_request_id_survey_request_id_fk FOREIGN KEY (survey_request_id) REFERENCES survey_request(id) ON DELETE CASCADE,
  constraint decision_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.dry_run (
  content jsonb not null,
  created_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  findings jsonb not null default '{}'::jsonb,
  id uuid not null,
  place jsonb not null default '{}'::jsonb,
  since timestamp(3) with time zone not null,
  status text not null,
  survey_id uuid not null,
  why jsonb,
  workspace_id text not null,
  constraint dry_run_pkey PRIMARY KEY (id),
  constraint dry_run_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint dry_run_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.email_server (
  failures integer not null default 0,
  id text not null,
  identity text not null,
  kind text,
  next_try_at timestamp(3) with time zone,
  per_second double precision,
  since timestamp(3) with time zone,
  throttled_at timestamp(3) with time zone,
  throttled_since timestamp(3) with time zone,
  why jsonb,
  constraint email_server_pkey PRIMARY KEY (id)
);

create table public.event (
  attempts integer not null default 0,
  claimed_until timestamp(3) with time zone,
  connection_id uuid not null,
  due_at timestamp(3) with time zone,
  happened_at timestamp(3) with time zone not null,
  id bigint not null default nextval('event_id_seq'::regclass),
  into_id text,
  key text not null,
  kind text not null,
  object_id text not null,
  outcome jsonb,
  received_at timestamp(3) with time zone not null,
  workspace_id text not null,
  constraint event_connection_id_connection_id_fk FOREIGN KEY (connection_id) REFERENCES connection(id),
  constraint event_pkey PRIMARY KEY (id),
  constraint event_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.idempotency (
  at timestamp(3) with time zone not null,
  body jsonb,
  fingerprint text not null,
  key text not null,
  status integer,
  workspace_id text not null,
  constraint idempotency_workspace_id_key_pk PRIMARY KEY (workspace_id, key),
  constraint idempotency_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.intent (
  at timestamp(3) with time zone not null,
  id bigint not null default nextval('intent_id_seq'::regclass),
  invitation_id text not null,
  kind text not null default 'open'::text,
  network text,
  page bigint,
  rating integer,
  scanner text,
  visitor text,
  workspace_id text not null,
  constraint intent_invitation_id_invitation_id_fk FOREIGN KEY (invitation_id) REFERENCES invitation(id) ON DELETE CASCADE,
  constraint intent_pkey PRIMARY KEY (id),
  constraint intent_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.invitation (
  attempts integer not null default 0,
  claimed_until timestamp(3) with time zone,
  clearance jsonb,
  cleared_until timestamp(3) with time zone,
  connection_id uuid,
  contact_id uuid not null,
  created_at timestamp(3) with time zone not null,
  decision_id uuid not null,
  due_at timestamp(3) with time zone,
  email text not null,
  email_server_id text,
  end_reason jsonb,
  expires_at timestamp(3) with time zone,
  finalize_at timestamp(3) with time zone,
  id text not null,
  language text,
  reminders_sent integer not null default 0,
  reopened_at timestamp(3) with time zone,
  resolution_id uuid,
  sent_at timestamp(3) with time zone,
  status text not null,
  survey_id uuid not null,
  survey_request_id uuid,
  survey_version integer not null,
  test boolean not null default false,
  ticket_id uuid,
  waiting_for jsonb,
  workspace_id text not null,
  constraint invitation_connection_id_connection_id_fk FOREIGN KEY (connection_id) REFERENCES connection(id) ON DELETE SET NULL,
  constraint invitation_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint invitation_decision_id_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE CASCADE,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_resolution_id_resolution_id_fk FOREIGN KEY (resolution_id) REFERENCES resolution(id) ON DELETE CASCADE,
  constraint invitation_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint invitation_survey_request_id_survey_request_id_fk FOREIGN KEY (survey_request_id) REFERENCES survey_request(id) ON DELETE CASCADE,
  constraint invitation_ticket_id_ticket_id_fk FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE,
  constraint invitation_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.lease (
  holder text not null,
  key text not null,
  note jsonb,
  until timestamp(3) with time zone not null,
  constraint lease_pkey PRIMARY KEY (key)
);

create table public.received_event (
  events text not null,
  id bigint not null default nextval('received_event_id_seq'::regclass),
  received_at timestamp(3) with time zone not null,
  constraint received_event_pkey PRIMARY KEY (id)
);

create table public.record_link (
  addresses jsonb not null default '[]'::jsonb,
  attempts integer not null default 0,
  claimed_until timestamp(3) with time zone,
  connection_id uuid not null,
  contact_id uuid not null,
  do_not_survey boolean not null default false,
  due_at timestamp(3) with time zone,
  failed_at timestamp(3) with time zone,
  gone_check_at timestamp(3) with time zone,
  gone_checks integer not null default 0,
  id uuid not null,
  out_of_sync_since timestamp(3) with time zone,
  outcome jsonb,
  receipt text,
  record_id text,
  searched_at timestamp(3) with time zone,
  state text not null,
  uncertain boolean not null default false,
  workspace_id text not null,
  writing_revision integer,
  written_at timestamp(3) with time zone,
  written_revision integer not null default 0,
  constraint record_link_connection_id_connection_id_fk FOREIGN KEY (connection_id) REFERENCES connection(id),
  constraint record_link_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint record_link_pkey PRIMARY KEY (id),
  constraint record_link_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.resolution (
  "group" text,
  agent text,
  brand text,
  channel text,
  exact boolean not null,
  first_seen_at timestamp(3) with time zone not null,
  handler text,
  id uuid not null,
  n integer not null,
  resolved_at timestamp(3) with time zone not null,
  seen_open boolean not null,
  subject text,
  tags jsonb not null default '[]'::jsonb,
  ticket_id uuid not null,
  workspace_id text not null,
  constraint resolution_pkey PRIMARY KEY (id),
  constraint resolution_ticket_id_ticket_id_fk FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE,
  constraint resolution_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.response (
  agent text,
  answered_at timestamp(3) with time zone not null,
  before_reopening boolean not null default false,
  changed_at timestamp(3) with time zone not null,
  channel text not null default 'email'::text,
  comment text,
  confirmed_by text,
  contact_id uuid not null,
  id uuid not null,
  invitation_id text,
  language text,
  may_contact boolean,
  metric text not null,
  on_record boolean not null default true,
  rated_at timestamp(3) with time zone not null,
  rating integer not null,
  scale integer not null,
  status text not null default 'confirmed'::text,
  status_reason jsonb,
  survey_id uuid not null,
  survey_key text not null,
  survey_version integer not null,
  test boolean not null default false,
  workspace_id text not null,
  constraint response_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint response_invitation_id_invitation_id_fk FOREIGN KEY (invitation_id) REFERENCES invitation(id) ON DELETE CASCADE,
  constraint response_pkey PRIMARY KEY (id),
  constraint response_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint response_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.suppression (
  at timestamp(3) with time zone not null,
  hash text not null,
  reason text not null,
  survey text not null default ''::text,
  workspace_id text not null,
  constraint suppression_workspace_id_hash_survey_pk PRIMARY KEY (workspace_id, hash, survey),
  constraint suppression_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.survey (
  "position" integer not null,
  draft jsonb,
  id uuid not null,
  key text not null,
  origin text not null,
  status text not null,
  version integer not null,
  workspace_id text not null,
  constraint survey_pkey PRIMARY KEY (id),
  constraint survey_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.survey_request (
  contact_id uuid not null,
  created_at timestamp(3) with time zone not null,
  email text not null,
  id uuid not null,
  key text,
  requested_by text not null,
  survey_id uuid not null,
  test boolean not null default false,
  workspace_id text not null,
  constraint survey_request_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint survey_request_pkey PRIMARY KEY (id),
  constraint survey_request_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint survey_request_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.survey_version (
  content jsonb not null,
  created_at timestamp(3) with time zone not null,
  survey_id uuid not null,
  version integer not null,
  workspace_id text not null,
  constraint survey_version_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint survey_version_survey_id_version_pk PRIMARY KEY (survey_id, version),
  constraint survey_version_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.ticket (
  connection_id uuid not null,
  contact_id uuid,
  external_id text not null,
  id uuid not null,
  mark_attempts integer not null default 0,
  mark_due_at timestamp(3) with time zone,
  mark_outcome jsonb,
  marked_answer_at timestamp(3) with time zone,
  refreshed_at timestamp(3) with time zone not null,
  resolutions integer not null default 0,
  state text not null,
  updated_at timestamp(3) with time zone,
  workspace_id text not null,
  constraint ticket_connection_id_connection_id_fk FOREIGN KEY (connection_id) REFERENCES connection(id),
  constraint ticket_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE SET NULL,
  constraint ticket_pkey PRIMARY KEY (id),
  constraint ticket_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.unsubscription (
  at timestamp(3) with time zone not null,
  contact_id uuid not null,
  survey_id uuid not null,
  workspace_id text not null,
  constraint unsubscription_contact_id_contact_id_fk FOREIGN KEY (contact_id) REFERENCES contact(id) ON DELETE CASCADE,
  constraint unsubscription_contact_id_survey_id_pk PRIMARY KEY (contact_id, survey_id),
  constraint unsubscription_survey_id_survey_id_fk FOREIGN KEY (survey_id) REFERENCES survey(id),
  constraint unsubscription_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.verdict (
  at timestamp(3) with time zone not null,
  decision_id uuid not null,
  id bigint not null default nextval('verdict_id_seq'::regclass),
  reason text not null,
  reason_params jsonb not null,
  verdict text not null,
  workspace_id text not null,
  constraint verdict_decision_id_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decision(id) ON DELETE CASCADE,
  constraint verdict_pkey PRIMARY KEY (id),
  constraint verdict_workspace_id_workspace_id_fk FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

create table public.worker (
  id text not null,
  seen_at timestamp(3) with time zone not null,
  started_at timestamp(3) with time zone not null,
  works boolean not null,
  constraint worker_pkey PRIMARY KEY (id)
);

create table public.workspace (
  created_at timestamp(3) with time zone not null,
  id text not null,
  language text not null default 'en'::text,
  machine_addresses jsonb not null default '[]'::jsonb,
  name text,
  own_addresses jsonb not null default '[]'::jsonb,
  own_domains jsonb not null default '[]'::jsonb,
  require_two_factor boolean not null default false,
  retention text,
  retention_due_at timestamp(3) with time zone,
  surveys_paused_at timestamp(3) with time zone,
  time_zone text not null default 'UTC'::text,
  write_back_paused_at timestamp(3) with time zone,
  constraint workspace_pkey PRIMARY KEY (id)
);

CREATE INDEX account_user ON access.account USING btree (user_id);

CREATE INDEX api_key_workspace ON access.api_key USING btree (workspace_id);

CREATE INDEX invitation_email ON access.invitation USING btree (email);

CREATE INDEX invitation_organization ON access.invitation USING btree (organization_id);

CREATE INDEX member_organization ON access.member USING btree (organization_id);

CREATE UNIQUE INDEX member_once ON access.member USING btree (user_id, organization_id);

CREATE INDEX "session_user" ON access.session USING btree (user_id);

CREATE INDEX sign_in_failure_last ON access.sign_in_failure USING btree (last_at);

CREATE INDEX two_factor_user ON access.two_factor USING btree (user_id);

CREATE INDEX verification_identifier ON access.verification USING btree (identifier);

CREATE INDEX address_state_invitation ON public.address_state USING btree (invitation_id);

CREATE INDEX audit_action ON public.audit USING btree (workspace_id, action, at);

CREATE INDEX audit_actor ON public.audit USING btree (workspace_id, actor, at);

CREATE INDEX audit_subject ON public.audit USING btree (workspace_id, subject);

CREATE INDEX audit_workspace ON public.audit USING btree (workspace_id, at);

CREATE UNIQUE INDEX brand_key ON public.brand USING btree (workspace_id, key);

CREATE INDEX connection_workspace ON public.connection USING btree (workspace_id);

CREATE UNIQUE INDEX connection_account ON public.connection USING btree (connector, account) WHERE (status <> 'disconnected'::text);

CREATE INDEX contact_asked ON public.contact USING btree (workspace_id, last_asked_at DESC NULLS LAST, id DESC);

CREATE INDEX contact_erased ON public.contact USING btree (erased_at) WHERE (erased_at IS NOT NULL);

CREATE INDEX contact_name ON public.contact USING btree (workspace_id, lower("left"(name, 100)) DESC NULLS LAST, id DESC);

CREATE INDEX contact_workspace ON public.contact USING btree (workspace_id, created_at, id);

CREATE INDEX contact_email_contact ON public.contact_email USING btree (contact_id);

CREATE INDEX contact_key_contact ON public.contact_key USING btree (contact_id);

CREATE INDEX crm_fields_advocate ON public.crm_fields USING btree (contact_id) WHERE (("values" ->> 'feedback_advocate'::text) = 'true'::text);

CREATE INDEX crm_fields_at_risk ON public.crm_fields USING btree (contact_id) WHERE (("values" ->> 'feedback_at_risk'::text) = 'true'::text);

CREATE INDEX crm_fields_ces_comment ON public.crm_fields USING btree (workspace_id, (
CASE
    WHEN (("values" ->> 'ces_latest_comment'::text) IS NOT NULL) THEN ("values" ->> 'ces_latest_date'::text)
    ELSE NULL::text
END) DESC NULLS LAST, contact_id DESC) WHERE (
CASE
    WHEN (("values" ->> 'ces_latest_comment'::text) IS NOT NULL) THEN ("values" ->> 'ces_latest_date'::text)
    ELSE NULL::text
END IS NOT NULL);

CREATE INDEX crm_fields_ces_date ON public.crm_fields USING btree (workspace_id, (("values" ->> 'ces_latest_date'::text)) DESC NULLS LAST, contact_id DESC) WHERE (("values" ->> 'ces_latest_date'::text) IS NOT NULL);

CREATE INDEX crm_fields_ces_rating ON public.crm_fields USING btree (workspace_id, ((("values" ->> 'ces_latest_rating'::text))::double precision) DESC NULLS LAST, contact_id DESC) WHERE ((("values" ->> 'ces_latest_rating'::text))::double precision IS NOT NULL);

CREATE INDEX crm_fields_csat_comment ON public.crm_fields USING btree (workspace_id, (
CASE
    WHEN (("values" ->> 'csat_latest_comment'::text) IS NOT NULL) THEN ("values" ->> 'csat_latest_date'::text)
    ELSE NULL::text
END) DESC NULLS LAST, contact_id DESC) WHERE (
CASE
    WHEN (("values" ->> 'csat_latest_comment'::text) IS NOT NULL) THEN ("values" ->> 'csat_latest_date'::text)
    ELSE NULL::text
END IS NOT NULL);

CREATE INDEX crm_fields_csat_date ON public.crm_fields USING btree (workspace_id, (("values" ->> 'csat_latest_date'::text)) DESC NULLS LAST, contact_id DESC) WHERE (("values" ->> 'csat_latest_date'::text) IS NOT NULL);

CREATE INDEX crm_fields_csat_rating ON public.crm_fields USING btree (workspace_id, ((("values" ->> 'csat_latest_rating'::text))::double precision) DESC NULLS LAST, contact_id DESC) WHERE ((("values" ->> 'csat_latest_rating'::text))::double precision IS NOT NULL);

CREATE INDEX crm_fields_nps_comment ON public.crm_fields USING btree (workspace_id, (
CASE
    WHEN (("values" ->> 'nps_latest_comment'::text) IS NOT NULL) THEN ("values" ->> 'nps_latest_date'::text)
    ELSE NULL::text
END) DESC NULLS LAST, contact_id DESC) WHERE (
CASE
    WHEN (("values" ->> 'nps_latest_comment'::text) IS NOT NULL) THEN ("values" ->> 'nps_latest_date'::text)
    ELSE NULL::text
END IS NOT NULL);

CREATE INDEX crm_fields_nps_date ON public.crm_fields USING btree (workspace_id, (("values" ->> 'nps_latest_date'::text)) DESC NULLS LAST, contact_id DESC) WHERE (("values" ->> 'nps_latest_date'::text) IS NOT NULL);

CREATE INDEX crm_fields_nps_rating ON public.crm_fields USING btree (workspace_id, ((("values" ->> 'nps_latest_rating'::text))::double precision) DESC NULLS LAST, contact_id DESC) WHERE ((("values" ->> 'nps_latest_rating'::text))::double precision IS NOT NULL);

CREATE INDEX decision_contact ON public.decision USING btree (contact_id);

CREATE INDEX decision_workspace ON public.decision USING btree (workspace_id, decided_at);

CREATE UNIQUE INDEX decision_no_survey ON public.decision USING btree (resolution_id) WHERE (survey_id IS NULL);

CREATE UNIQUE INDEX decision_survey ON public.decision USING btree (resolution_id, survey_id);

CREATE UNIQUE INDEX decision_survey_request ON public.decision USING btree (survey_request_id);

CREATE INDEX dry_run_due ON public.dry_run USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX event_due ON public.event USING btree (connection_id, due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX event_happened ON public.event USING btree (workspace_id, happened_at);

CREATE INDEX event_kind ON public.event USING btree (workspace_id, kind, received_at);

CREATE INDEX event_object ON public.event USING btree (workspace_id, object_id);

CREATE INDEX event_outcome ON public.event USING btree (workspace_id, ((outcome ->> 'code'::text)), received_at);

CREATE INDEX event_workspace ON public.event USING btree (workspace_id, received_at);

CREATE UNIQUE INDEX event_key ON public.event USING btree (connection_id, key);

CREATE INDEX idempotency_at ON public.idempotency USING btree (at);

CREATE INDEX intent_invitation ON public.intent USING btree (invitation_id);

CREATE INDEX invitation_cleared ON public.invitation USING btree (email_server_id, cleared_until) WHERE (cleared_until IS NOT NULL);

CREATE INDEX invitation_contact ON public.invitation USING btree (contact_id);

CREATE INDEX invitation_decision ON public.invitation USING btree (decision_id);

CREATE INDEX invitation_due ON public.invitation USING btree (connection_id, due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX invitation_due_order ON public.invitation USING btree (workspace_id, due_at DESC NULLS LAST) WHERE (due_at IS NOT NULL);

CREATE INDEX invitation_finalize ON public.invitation USING btree (finalize_at) WHERE (finalize_at IS NOT NULL);

CREATE INDEX invitation_place ON public.invitation USING btree (workspace_id, md5(id));

CREATE INDEX invitation_resolution ON public.invitation USING btree (resolution_id);

CREATE INDEX invitation_sent ON public.invitation USING btree (survey_id, sent_at);

CREATE INDEX invitation_sent_order ON public.invitation USING btree (workspace_id, sent_at DESC NULLS LAST);

CREATE INDEX invitation_survey_request ON public.invitation USING btree (survey_request_id);

CREATE INDEX invitation_ticket ON public.invitation USING btree (ticket_id);

CREATE INDEX invitation_workspace ON public.invitation USING btree (workspace_id, created_at);

CREATE UNIQUE INDEX invitation_open ON public.invitation USING btree (decision_id) WHERE (status = ANY (ARRAY['scheduled'::text, 'sent'::text, 'answered'::text]));

CREATE INDEX record_link_contact ON public.record_link USING btree (contact_id);

CREATE INDEX record_link_due ON public.record_link USING btree (connection_id, state, due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX record_link_gone ON public.record_link USING btree (connection_id, gone_check_at) WHERE (gone_check_at IS NOT NULL);

CREATE INDEX record_link_unfinished ON public.record_link USING btree (connection_id, receipt) WHERE (writing_revision IS NOT NULL);

CREATE INDEX record_link_written ON public.record_link USING btree (connection_id, written_at);

CREATE UNIQUE INDEX record_link_record ON public.record_link USING btree (connection_id, record_id);

CREATE UNIQUE INDEX resolution_n ON public.resolution USING btree (ticket_id, n);

CREATE INDEX response_agent ON public.response USING btree (workspace_id, agent DESC NULLS LAST, id DESC);

CREATE INDEX response_changed ON public.response USING btree (workspace_id, changed_at, id);

CREATE INDEX response_comment ON public.response USING btree (workspace_id, (
CASE
    WHEN (comment IS NOT NULL) THEN answered_at
    ELSE NULL::timestamp with time zone
END) DESC NULLS LAST, id DESC);

CREATE INDEX response_contact ON public.response USING btree (contact_id);

CREATE INDEX response_rating ON public.response USING btree (workspace_id, rating, id);

CREATE INDEX response_survey ON public.response USING btree (survey_id, answered_at);

CREATE INDEX response_survey_key ON public.response USING btree (workspace_id, survey_key, id);

CREATE INDEX response_workspace ON public.response USING btree (workspace_id, answered_at, id);

CREATE UNIQUE INDEX response_invitation ON public.response USING btree (invitation_id);

CREATE UNIQUE INDEX survey_key ON public.survey USING btree (workspace_id, key);

CREATE INDEX survey_request_contact ON public.survey_request USING btree (contact_id);

CREATE UNIQUE INDEX survey_request_key ON public.survey_request USING btree (workspace_id, survey_id, key);

CREATE INDEX ticket_contact ON public.ticket USING btree (contact_id);

CREATE INDEX ticket_mark_due ON public.ticket USING btree (connection_id, mark_due_at) WHERE (mark_due_at IS NOT NULL);

CREATE INDEX ticket_number ON public.ticket USING btree (external_id);

CREATE UNIQUE INDEX ticket_external ON public.ticket USING btree (connection_id, external_id);

CREATE INDEX verdict_decision ON public.verdict USING btree (decision_id);

-- public.audit_id_seq: S

-- public.event_id_seq: S

-- public.intent_id_seq: S

-- public.received_event_id_seq: S

-- public.verdict_id_seq: S
