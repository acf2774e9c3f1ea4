CREATE SCHEMA "access";
--> statement-breakpoint
CREATE TABLE "access"."account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_state" (
	"workspace_id" text NOT NULL,
	"address" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"invitation_id" text,
	CONSTRAINT "address_state_workspace_id_address_kind_pk" PRIMARY KEY("workspace_id","address","kind")
);
--> statement-breakpoint
CREATE TABLE "access"."api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"begins" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brand" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"content" jsonb NOT NULL,
	"encrypted_smtp_url" text,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"connector" text NOT NULL,
	"account" text,
	"name" text,
	"time_zone" text,
	"host" text,
	"field_names" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"field_profile" text,
	"origin" text NOT NULL,
	"keys_changed_at" timestamp (3) with time zone,
	"status" text NOT NULL,
	"status_detail" jsonb,
	"unauthorized_at" timestamp (3) with time zone,
	"clearing_since" timestamp (3) with time zone,
	"active_since" timestamp (3) with time zone NOT NULL,
	"polled_until" timestamp (3) with time zone NOT NULL,
	"poll_cursor" text,
	"last_polled_at" timestamp (3) with time zone,
	"poll_due_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"clock_difference" integer,
	"provision_due_at" timestamp (3) with time zone NOT NULL,
	"read_back_due_at" timestamp (3) with time zone NOT NULL,
	"surveys_enabled" boolean DEFAULT true NOT NULL,
	"write_back_enabled" boolean DEFAULT true NOT NULL,
	"quota_share" integer DEFAULT 50 NOT NULL,
	"create_contacts" boolean DEFAULT false NOT NULL,
	"tag_tickets" boolean DEFAULT true NOT NULL,
	"add_ticket_notes" boolean DEFAULT false NOT NULL,
	"surveys_paused_at" timestamp (3) with time zone,
	"write_back_paused_at" timestamp (3) with time zone,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"resync_since" timestamp (3) with time zone,
	"resync_count" integer DEFAULT 0 NOT NULL,
	"last_event_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text,
	"language" text,
	"time_zone" text,
	"company" text,
	"test" boolean DEFAULT false NOT NULL,
	"do_not_survey" boolean DEFAULT false NOT NULL,
	"unsubscribed_at" timestamp (3) with time zone,
	"last_asked_at" timestamp (3) with time zone,
	"merged_into" uuid,
	"erased_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_email" (
	"workspace_id" text NOT NULL,
	"address" text NOT NULL,
	"contact_id" uuid NOT NULL,
	CONSTRAINT "contact_email_workspace_id_address_pk" PRIMARY KEY("workspace_id","address")
);
--> statement-breakpoint
CREATE TABLE "contact_key" (
	"workspace_id" text NOT NULL,
	"value" text NOT NULL,
	"contact_id" uuid NOT NULL,
	CONSTRAINT "contact_key_workspace_id_value_pk" PRIMARY KEY("workspace_id","value")
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"connection_id" uuid NOT NULL,
	"name" text NOT NULL,
	"encrypted" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credential_connection_id_name_pk" PRIMARY KEY("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "crm_fields" (
	"contact_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"revision" integer NOT NULL,
	"values" jsonb NOT NULL,
	"last_change" text,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"resolution_id" uuid,
	"survey_request_id" uuid,
	"survey_id" uuid,
	"contact_id" uuid,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"reason_params" jsonb NOT NULL,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"requester_by" text,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decision_occasion" CHECK (("decision"."resolution_id" is null) <> ("decision"."survey_request_id" is null))
);
--> statement-breakpoint
CREATE TABLE "dry_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"survey_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"status" text NOT NULL,
	"place" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"findings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"why" jsonb,
	"since" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "email_server" (
	"id" text PRIMARY KEY NOT NULL,
	"identity" text NOT NULL,
	"kind" text,
	"since" timestamp (3) with time zone,
	"next_try_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"why" jsonb,
	"throttled_since" timestamp (3) with time zone,
	"throttled_at" timestamp (3) with time zone,
	"per_second" double precision
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"into_id" text,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "intent" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"invitation_id" text NOT NULL,
	"kind" text DEFAULT 'open' NOT NULL,
	"rating" integer,
	"visitor" text,
	"network" text,
	"scanner" text,
	"page" bigint,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"decision_id" uuid NOT NULL,
	"resolution_id" uuid,
	"ticket_id" uuid,
	"survey_request_id" uuid,
	"survey_id" uuid NOT NULL,
	"survey_version" integer NOT NULL,
	"contact_id" uuid NOT NULL,
	"connection_id" uuid,
	"email" text NOT NULL,
	"status" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"cleared_until" timestamp (3) with time zone,
	"clearance" jsonb,
	"email_server_id" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"test" boolean DEFAULT false NOT NULL,
	"language" text,
	"reopened_at" timestamp (3) with time zone,
	"finalize_at" timestamp (3) with time zone,
	"waiting_for" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"reminders_sent" integer DEFAULT 0 NOT NULL,
	"end_reason" jsonb
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"key" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"note" jsonb
);
--> statement-breakpoint
CREATE TABLE "access"."member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text NOT NULL,
	"inviter_id" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "received_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"events" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"record_id" text,
	"state" text NOT NULL,
	"do_not_survey" boolean DEFAULT false NOT NULL,
	"addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"searched_at" timestamp (3) with time zone,
	"written_revision" integer DEFAULT 0 NOT NULL,
	"written_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"out_of_sync_since" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"writing_revision" integer,
	"receipt" text,
	"uncertain" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failed_at" timestamp (3) with time zone,
	"gone_checks" integer DEFAULT 0 NOT NULL,
	"gone_check_at" timestamp (3) with time zone,
	"outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "resolution" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"resolved_at" timestamp (3) with time zone NOT NULL,
	"exact" boolean NOT NULL,
	"seen_open" boolean NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"agent" text,
	"group" text,
	"handler" text,
	"brand" text,
	"channel" text,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"subject" text
);
--> statement-breakpoint
CREATE TABLE "response" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"invitation_id" text,
	"contact_id" uuid NOT NULL,
	"survey_id" uuid NOT NULL,
	"survey_version" integer NOT NULL,
	"metric" text NOT NULL,
	"scale" integer NOT NULL,
	"rating" integer NOT NULL,
	"comment" text,
	"status" text DEFAULT 'confirmed' NOT NULL,
	"status_reason" jsonb,
	"confirmed_by" text,
	"on_record" boolean DEFAULT true NOT NULL,
	"test" boolean DEFAULT false NOT NULL,
	"before_reopening" boolean DEFAULT false NOT NULL,
	"may_contact" boolean,
	"language" text,
	"channel" text DEFAULT 'email' NOT NULL,
	"survey_key" text NOT NULL,
	"agent" text,
	"answered_at" timestamp (3) with time zone NOT NULL,
	"rated_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	"ip_address" text,
	"user_agent" text,
	"verified_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "access"."sign_in_failure" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"blocked_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suppression" (
	"workspace_id" text NOT NULL,
	"hash" text NOT NULL,
	"survey" text DEFAULT '' NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppression_workspace_id_hash_survey_pk" PRIMARY KEY("workspace_id","hash","survey")
);
--> statement-breakpoint
CREATE TABLE "survey" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"status" text NOT NULL,
	"position" integer NOT NULL,
	"origin" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb
);
--> statement-breakpoint
CREATE TABLE "survey_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"survey_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"email" text NOT NULL,
	"requested_by" text NOT NULL,
	"key" text,
	"test" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey_version" (
	"survey_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "survey_version_survey_id_version_pk" PRIMARY KEY("survey_id","version")
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"state" text NOT NULL,
	"resolutions" integer DEFAULT 0 NOT NULL,
	"contact_id" uuid,
	"updated_at" timestamp (3) with time zone,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	"mark_due_at" timestamp (3) with time zone,
	"mark_attempts" integer DEFAULT 0 NOT NULL,
	"marked_answer_at" timestamp (3) with time zone,
	"mark_outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "access"."two_factor" (
	"id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"user_id" text NOT NULL,
	"verified" boolean DEFAULT true NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"last_used_step" integer
);
--> statement-breakpoint
CREATE TABLE "unsubscription" (
	"workspace_id" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"survey_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unsubscription_contact_id_survey_id_pk" PRIMARY KEY("contact_id","survey_id")
);
--> statement-breakpoint
CREATE TABLE "access"."user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"language" text,
	"color_scheme" text,
	"last_seen_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verdict" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"decision_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"reason_params" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"works" boolean NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"language" text DEFAULT 'en' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"own_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"own_domains" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"machine_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"retention" text,
	"retention_due_at" timestamp (3) with time zone,
	"require_two_factor" boolean DEFAULT false NOT NULL,
	"surveys_paused_at" timestamp (3) with time zone,
	"write_back_paused_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access"."account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "access"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_state" ADD CONSTRAINT "address_state_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_state" ADD CONSTRAINT "address_state_invitation_id_invitation_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."api_key" ADD CONSTRAINT "api_key_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand" ADD CONSTRAINT "brand_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection" ADD CONSTRAINT "connection_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_email" ADD CONSTRAINT "contact_email_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_email" ADD CONSTRAINT "contact_email_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_key" ADD CONSTRAINT "contact_key_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_key" ADD CONSTRAINT "contact_key_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_fields" ADD CONSTRAINT "crm_fields_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_fields" ADD CONSTRAINT "crm_fields_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_resolution_id_resolution_id_fk" FOREIGN KEY ("resolution_id") REFERENCES "public"."resolution"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_survey_request_id_survey_request_id_fk" FOREIGN KEY ("survey_request_id") REFERENCES "public"."survey_request"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dry_run" ADD CONSTRAINT "dry_run_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dry_run" ADD CONSTRAINT "dry_run_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intent" ADD CONSTRAINT "intent_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intent" ADD CONSTRAINT "intent_invitation_id_invitation_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_decision_id_decision_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decision"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_resolution_id_resolution_id_fk" FOREIGN KEY ("resolution_id") REFERENCES "public"."resolution"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_ticket_id_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_survey_request_id_survey_request_id_fk" FOREIGN KEY ("survey_request_id") REFERENCES "public"."survey_request"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "access"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "access"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "access"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."invitation" ADD CONSTRAINT "invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "access"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_link" ADD CONSTRAINT "record_link_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_link" ADD CONSTRAINT "record_link_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_link" ADD CONSTRAINT "record_link_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolution" ADD CONSTRAINT "resolution_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolution" ADD CONSTRAINT "resolution_ticket_id_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response" ADD CONSTRAINT "response_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response" ADD CONSTRAINT "response_invitation_id_invitation_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response" ADD CONSTRAINT "response_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response" ADD CONSTRAINT "response_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "access"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey" ADD CONSTRAINT "survey_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_request" ADD CONSTRAINT "survey_request_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_request" ADD CONSTRAINT "survey_request_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_request" ADD CONSTRAINT "survey_request_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_version" ADD CONSTRAINT "survey_version_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_version" ADD CONSTRAINT "survey_version_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."two_factor" ADD CONSTRAINT "two_factor_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "access"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsubscription" ADD CONSTRAINT "unsubscription_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsubscription" ADD CONSTRAINT "unsubscription_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsubscription" ADD CONSTRAINT "unsubscription_survey_id_survey_id_fk" FOREIGN KEY ("survey_id") REFERENCES "public"."survey"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_decision_id_decision_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decision"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "access"."account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "address_state_invitation" ON "address_state" USING btree ("invitation_id");--> statement-breakpoint
CREATE INDEX "api_key_workspace" ON "access"."api_key" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "audit_workspace" ON "audit" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("workspace_id","actor","at");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit" USING btree ("workspace_id","action","at");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("workspace_id","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "brand_key" ON "brand" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_account" ON "connection" USING btree ("connector","account") WHERE "connection"."status" <> 'disconnected';--> statement-breakpoint
CREATE INDEX "connection_workspace" ON "connection" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "contact_workspace" ON "contact" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contact_name" ON "contact" USING btree ("workspace_id",lower(left("name", 100)) desc nulls last,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "contact_asked" ON "contact" USING btree ("workspace_id","last_asked_at" DESC NULLS LAST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "contact_erased" ON "contact" USING btree ("erased_at") WHERE "contact"."erased_at" is not null;--> statement-breakpoint
CREATE INDEX "contact_email_contact" ON "contact_email" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contact_key_contact" ON "contact_key" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "crm_fields_nps_rating" ON "crm_fields" USING btree ("workspace_id",(("values" ->> 'nps_latest_rating')::double precision) desc nulls last,"contact_id" DESC NULLS FIRST) WHERE (("crm_fields"."values" ->> 'nps_latest_rating')::double precision) is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_nps_date" ON "crm_fields" USING btree ("workspace_id",("values" ->> 'nps_latest_date') desc nulls last,"contact_id" DESC NULLS FIRST) WHERE ("crm_fields"."values" ->> 'nps_latest_date') is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_nps_comment" ON "crm_fields" USING btree ("workspace_id",(case when "values" ->> 'nps_latest_comment' is not null then "values" ->> 'nps_latest_date' end) desc nulls last,"contact_id" DESC NULLS FIRST) WHERE (case when "crm_fields"."values" ->> 'nps_latest_comment' is not null then "crm_fields"."values" ->> 'nps_latest_date' end) is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_csat_rating" ON "crm_fields" USING btree ("workspace_id",(("values" ->> 'csat_latest_rating')::double precision) desc nulls last,"contact_id" DESC NULLS FIRST) WHERE (("crm_fields"."values" ->> 'csat_latest_rating')::double precision) is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_csat_date" ON "crm_fields" USING btree ("workspace_id",("values" ->> 'csat_latest_date') desc nulls last,"contact_id" DESC NULLS FIRST) WHERE ("crm_fields"."values" ->> 'csat_latest_date') is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_csat_comment" ON "crm_fields" USING btree ("workspace_id",(case when "values" ->> 'csat_latest_comment' is not null then "values" ->> 'csat_latest_date' end) desc nulls last,"contact_id" DESC NULLS FIRST) WHERE (case when "crm_fields"."values" ->> 'csat_latest_comment' is not null then "crm_fields"."values" ->> 'csat_latest_date' end) is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_ces_rating" ON "crm_fields" USING btree ("workspace_id",(("values" ->> 'ces_latest_rating')::double precision) desc nulls last,"contact_id" DESC NULLS FIRST) WHERE (("crm_fields"."values" ->> 'ces_latest_rating')::double precision) is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_ces_date" ON "crm_fields" USING btree ("workspace_id",("values" ->> 'ces_latest_date') desc nulls last,"contact_id" DESC NULLS FIRST) WHERE ("crm_fields"."values" ->> 'ces_latest_date') is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_ces_comment" ON "crm_fields" USING btree ("workspace_id",(case when "values" ->> 'ces_latest_comment' is not null then "values" ->> 'ces_latest_date' end) desc nulls last,"contact_id" DESC NULLS FIRST) WHERE (case when "crm_fields"."values" ->> 'ces_latest_comment' is not null then "crm_fields"."values" ->> 'ces_latest_date' end) is not null;--> statement-breakpoint
CREATE INDEX "crm_fields_at_risk" ON "crm_fields" USING btree ("contact_id") WHERE "crm_fields"."values" ->> 'feedback_at_risk' = 'true';--> statement-breakpoint
CREATE INDEX "crm_fields_advocate" ON "crm_fields" USING btree ("contact_id") WHERE "crm_fields"."values" ->> 'feedback_advocate' = 'true';--> statement-breakpoint
CREATE UNIQUE INDEX "decision_survey" ON "decision" USING btree ("resolution_id","survey_id");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_no_survey" ON "decision" USING btree ("resolution_id") WHERE "decision"."survey_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "decision_survey_request" ON "decision" USING btree ("survey_request_id");--> statement-breakpoint
CREATE INDEX "decision_workspace" ON "decision" USING btree ("workspace_id","decided_at");--> statement-breakpoint
CREATE INDEX "decision_contact" ON "decision" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "dry_run_due" ON "dry_run" USING btree ("due_at") WHERE "dry_run"."due_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "event_key" ON "event" USING btree ("connection_id","key");--> statement-breakpoint
CREATE INDEX "event_due" ON "event" USING btree ("connection_id","due_at") WHERE "event"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "event_workspace" ON "event" USING btree ("workspace_id","received_at");--> statement-breakpoint
CREATE INDEX "event_happened" ON "event" USING btree ("workspace_id","happened_at");--> statement-breakpoint
CREATE INDEX "event_object" ON "event" USING btree ("workspace_id","object_id");--> statement-breakpoint
CREATE INDEX "event_kind" ON "event" USING btree ("workspace_id","kind","received_at");--> statement-breakpoint
CREATE INDEX "event_outcome" ON "event" USING btree ("workspace_id",("outcome" ->> 'code'),"received_at");--> statement-breakpoint
CREATE INDEX "idempotency_at" ON "idempotency" USING btree ("at");--> statement-breakpoint
CREATE INDEX "intent_invitation" ON "intent" USING btree ("invitation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_open" ON "invitation" USING btree ("decision_id") WHERE "invitation"."status" in ('scheduled', 'sent', 'answered');--> statement-breakpoint
CREATE INDEX "invitation_workspace" ON "invitation" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "invitation_due" ON "invitation" USING btree ("connection_id","due_at") WHERE "invitation"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "invitation_cleared" ON "invitation" USING btree ("email_server_id","cleared_until") WHERE "invitation"."cleared_until" is not null;--> statement-breakpoint
CREATE INDEX "invitation_finalize" ON "invitation" USING btree ("finalize_at") WHERE "invitation"."finalize_at" is not null;--> statement-breakpoint
CREATE INDEX "invitation_contact" ON "invitation" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "invitation_ticket" ON "invitation" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "invitation_decision" ON "invitation" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "invitation_survey_request" ON "invitation" USING btree ("survey_request_id");--> statement-breakpoint
CREATE INDEX "invitation_resolution" ON "invitation" USING btree ("resolution_id");--> statement-breakpoint
CREATE INDEX "invitation_sent" ON "invitation" USING btree ("survey_id","sent_at");--> statement-breakpoint
CREATE INDEX "invitation_due_order" ON "invitation" USING btree ("workspace_id","due_at" DESC NULLS LAST) WHERE "invitation"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "invitation_sent_order" ON "invitation" USING btree ("workspace_id","sent_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "invitation_place" ON "invitation" USING btree ("workspace_id",md5("id"));--> statement-breakpoint
CREATE UNIQUE INDEX "member_once" ON "access"."member" USING btree ("user_id","organization_id");--> statement-breakpoint
CREATE INDEX "member_organization" ON "access"."member" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "invitation_organization" ON "access"."invitation" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "invitation_email" ON "access"."invitation" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "record_link_record" ON "record_link" USING btree ("connection_id","record_id");--> statement-breakpoint
CREATE INDEX "record_link_contact" ON "record_link" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "record_link_due" ON "record_link" USING btree ("connection_id","state","due_at") WHERE "record_link"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "record_link_unfinished" ON "record_link" USING btree ("connection_id","receipt") WHERE "record_link"."writing_revision" is not null;--> statement-breakpoint
CREATE INDEX "record_link_gone" ON "record_link" USING btree ("connection_id","gone_check_at") WHERE "record_link"."gone_check_at" is not null;--> statement-breakpoint
CREATE INDEX "record_link_written" ON "record_link" USING btree ("connection_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "resolution_n" ON "resolution" USING btree ("ticket_id","n");--> statement-breakpoint
CREATE UNIQUE INDEX "response_invitation" ON "response" USING btree ("invitation_id");--> statement-breakpoint
CREATE INDEX "response_contact" ON "response" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "response_workspace" ON "response" USING btree ("workspace_id","answered_at","id");--> statement-breakpoint
CREATE INDEX "response_rating" ON "response" USING btree ("workspace_id","rating","id");--> statement-breakpoint
CREATE INDEX "response_comment" ON "response" USING btree ("workspace_id",(case when "comment" is not null then "answered_at" end) desc nulls last,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "response_changed" ON "response" USING btree ("workspace_id","changed_at","id");--> statement-breakpoint
CREATE INDEX "response_agent" ON "response" USING btree ("workspace_id","agent" DESC NULLS LAST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "response_survey_key" ON "response" USING btree ("workspace_id","survey_key","id");--> statement-breakpoint
CREATE INDEX "response_survey" ON "response" USING btree ("survey_id","answered_at");--> statement-breakpoint
CREATE INDEX "session_user" ON "access"."session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_failure_last" ON "access"."sign_in_failure" USING btree ("last_at");--> statement-breakpoint
CREATE UNIQUE INDEX "survey_key" ON "survey" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "survey_request_key" ON "survey_request" USING btree ("workspace_id","survey_id","key");--> statement-breakpoint
CREATE INDEX "survey_request_contact" ON "survey_request" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_external" ON "ticket" USING btree ("connection_id","external_id");--> statement-breakpoint
CREATE INDEX "ticket_number" ON "ticket" USING btree ("external_id");--> statement-breakpoint
CREATE INDEX "ticket_contact" ON "ticket" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "ticket_mark_due" ON "ticket" USING btree ("connection_id","mark_due_at") WHERE "ticket"."mark_due_at" is not null;--> statement-breakpoint
CREATE INDEX "two_factor_user" ON "access"."two_factor" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verdict_decision" ON "verdict" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "access"."verification" USING btree ("identifier");